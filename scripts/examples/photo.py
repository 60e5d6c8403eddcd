"""Photographs: a board with notes on it, set by Typst, then tilted, lit and grained like a phone's picture."""

import io
import json
import random
from pathlib import Path

from examples.markup import FOOT, split_head

SIZE = (800, 600)
TEMPLATE = Path(__file__).with_name("board.typ")
NOTES = ("#f7e26b", "#f4a6b8", "#a8dba8", "#9fc9ee")


def make(text: str) -> bytes:
    """A JPEG of a board: a ``%`` line names its title, every other line is a note on it."""
    import typst
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    head, body = split_head(text)
    dice = random.Random(head["pealkiri"])
    notes = [
        {"text": line, "colour": NOTES[number % len(NOTES)], "turn": dice.uniform(-4, 4)}
        for number, line in enumerate(body.strip().splitlines())
    ]
    data = json.dumps({"title": head["pealkiri"], "notes": notes, "foot": FOOT}, ensure_ascii=False)
    png = typst.compile(
        str(TEMPLATE), format="png", ppi=72, ignore_system_fonts=True, sys_inputs={"board": data}, timestamp=0
    )
    wall = head.get("sein", "#c9c2b4")
    tilt = dice.uniform(-2.5, 2.5)
    board = Image.open(io.BytesIO(png)).convert("RGB")
    board = board.rotate(tilt, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=wall)
    shadow = Image.new("RGB", SIZE, "#ffffff")
    ImageDraw.Draw(shadow).rectangle((66, 66, 66 + board.width, 66 + board.height), fill="#8d8678")
    picture = ImageChops.multiply(Image.new("RGB", SIZE, wall), shadow.filter(ImageFilter.GaussianBlur(12)))
    picture.paste(board, ((SIZE[0] - board.width) // 2, (SIZE[1] - board.height) // 2 - 8))
    light = Image.radial_gradient("L").resize((1300, 1100)).crop((260, 120, 1060, 720))
    grain = Image.frombytes("L", (200, 150), dice.randbytes(30_000)).resize(SIZE)
    layers = (light.point([255 - v // 3 for v in range(256)]), grain.point([236 + v // 14 for v in range(256)]))
    for layer in layers:
        picture = ImageChops.multiply(picture, Image.merge("RGB", (layer, layer, layer)))
    made = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.7)).save(made, "JPEG", quality=46)
    return made.getvalue()
