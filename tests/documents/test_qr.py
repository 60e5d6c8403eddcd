"""QR codes are read again by another program than made them."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kaasav.documents.qr import qr


def picture(svg: str, square: int = 4) -> Image.Image:
    """The code drawn from its SVG: a path of horizontal strokes, one square high, with white around it."""
    size = int(re.search(r'width="(\d+)"', svg)[1])  # type: ignore[index]
    (path,) = re.findall(r' d="([^"]+)"', svg)[-1:]
    image = Image.new("L", ((size + 8) * square,) * 2, 255)
    draw = ImageDraw.Draw(image)
    x = y = 0.0
    for sign, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if sign == "h":
            left, top = (x + 4) * square, (y - 0.5 + 4) * square
            draw.rectangle((left, top, left + values[0] * square - 1, top + square - 1), fill=0)
            x += values[0]
        elif sign == "m":
            x, y = x + values[0], y + values[1]
        else:
            x, y = values
    return image


@pytest.mark.parametrize(
    "text",
    [
        "https://margisekoda.example/register/KO-2026-007",
        "NÄIDIS\nETTEPANEK\nTunnistus\nSHA-256 " + "0123456789abcdef" * 4,
        "õäöüšž",
        "Выру",
        "1",
        "x" * 1600,
    ],
)
def test_what_is_read_is_what_was_put_in(text: str) -> None:
    assert [found.text for found in zxingcpp.read_barcodes(picture(qr(text)))] == [text]


def test_the_same_text_gives_the_same_picture_and_another_another() -> None:
    assert qr("a") == qr("a") != qr("b")


def test_a_code_survives_a_stain() -> None:
    image = picture(qr("https://margisekoda.example/register/KO-2026-007"))
    ImageDraw.Draw(image).ellipse((60, 60, 84, 84), fill=128)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [
        "https://margisekoda.example/register/KO-2026-007"
    ]


def test_a_hostile_text_breaks_no_picture() -> None:
    svg = qr('"/><script>alert(1)</script>')
    assert "script" not in svg
    assert svg.startswith("<svg")
