"""What a document is made of: the same recipe, the same digest; anything that changes bytes changes it."""

import dataclasses

import pytest

from kaasav import __version__
from kaasav.documents.recipe import Recipe
from kaasav.documents.template import Template


def recipe(content: bytes = b"bytes") -> Recipe:
    template = Template("a.typ", b"template", False, "a.typ")
    return Recipe("certificate", "pdf", "et", "ab" * 32, {"name": "Õru"}, lambda: content, template, ("typst",))


def test_the_same_is_the_same_however_it_is_rendered() -> None:
    assert recipe(b"one").digest == recipe(b"two").digest
    assert recipe(b"one") == recipe(b"two")


@pytest.mark.parametrize(
    "change",
    [
        {"document": "letter"},
        {"format": "docx"},
        {"language": "en"},
        {"data": {"name": "Oru"}},
        {"template": Template("a.typ", b"another", False, "a.typ")},
        {"template": None},
        {"libraries": ()},
    ],
)
def test_whatever_changes_the_bytes_changes_the_digest(change: dict[str, object]) -> None:
    assert dataclasses.replace(recipe(), **change).digest != recipe().digest


def test_the_versions_are_those_installed() -> None:
    versions = recipe().versions
    assert versions["kaasav"] == __version__
    assert set(versions) == {"kaasav", "typst"}
    assert versions["typst"].startswith("0.15.")


def test_a_number_that_is_not_exact_is_no_data() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        _ = dataclasses.replace(recipe(), data={"share": float("nan")}).digest
