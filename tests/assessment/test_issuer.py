"""The issuer's web addresses, which documents print: what leads somewhere and what does not."""

from typing import Any

import pytest

ISSUER = "issuer: {{name: {{et: Koda, en: Chamber}}, public_register: '{address}'}}\npeople:"


@pytest.mark.parametrize(
    "address",
    [
        "https://chamber.example",
        "https://chamber.example/register/",
        "https://xn--mrgis-gra.example:8443/a/b-c_d~e/%C3%A4",
    ],
)
def test_a_whole_address_is_fine(place: Any, address: str) -> None:
    assert place.change("round.yaml", "people:", ISSUER.format(address=address)).told() == []


@pytest.mark.parametrize(
    "address",
    [
        "http://chamber.example/register",
        "chamber.example/register",
        "https://",
        "https:///register",
        "https://localhost/register",
        "https://märgis.example/register",
        "https://chamber.example/a b",
        "https://chamber.example/ä",
        "https://me:secret@chamber.example/",
        "https://chamber.example:port/",
        "https://[::1/",
        "https://chamber.example/register?number=",
        "https://chamber.example/register#",
        "javascript:alert(1)",
    ],
)
def test_what_leads_nowhere_is_told_with_its_place(place: Any, address: str) -> None:
    told = place.change("round.yaml", "people:", ISSUER.format(address=address)).told()
    assert told == ["round.yaml:8:58 error issuer-address"]


MAIL = "issuer: {{name: {{et: Koda, en: Chamber}}, email: {address}}}\npeople:"


@pytest.mark.parametrize("address", ["label@chamber.example", "märgis@koda.example", "a.b+c@d-e.example.org"])
def test_an_email_address_is_one(place: Any, address: str) -> None:
    assert place.change("round.yaml", "people:", MAIL.format(address=f"'{address}'")).told() == []


@pytest.mark.parametrize(
    "address",
    [
        "'label'",
        "'label@chamber'",
        "'a@b.example, c@d.example'",
        "'Koda <a@b.example>'",
        '"a@b.example\\r\\nBcc: x@y.example"',
        "'a@b.example%0d%0aBcc:x@y.example'",
        "'a@b.example?bcc=x%40y.example'",
        '"a\\u200b@b.example"',
        "'a..b@c.example'",
    ],
)
def test_what_is_no_email_address_is_told_with_its_place(place: Any, address: str) -> None:
    told = place.change("round.yaml", "people:", MAIL.format(address=address)).told()
    assert told == ["round.yaml:8:48 error issuer-email"]
