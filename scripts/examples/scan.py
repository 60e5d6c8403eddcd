"""Scans: a paper printed, laid a little askew on an office scanner and kept in black and white, without any text."""

import datetime
import io
import random

from examples import pdf
from examples.markup import Paper

DOTS_PER_INCH = 150
SPECKS = 60


def make(paper: Paper) -> bytes:
    """A PDF of pictures of the pages of ``paper``; its date is the paper's own."""
    from PIL import Image, ImageFilter
    from pypdfium2 import PdfDocument

    dice = random.Random(paper.title)
    pages = []
    for page in PdfDocument(pdf.make(paper)):
        shown = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L")
        shown = shown.rotate(dice.uniform(-0.9, 0.9), resample=Image.Resampling.BICUBIC, fillcolor=255)
        shown = shown.filter(ImageFilter.GaussianBlur(0.4))
        for _ in range(SPECKS):
            shown.putpixel((dice.randrange(shown.width), dice.randrange(shown.height)), 0)
        pages.append(shown.point([255 * (v > 195) for v in range(256)]).convert("1", dither=Image.Dither.NONE))
    day = datetime.datetime.combine(paper.date, datetime.time(9)).timetuple()
    made = io.BytesIO()
    pages[0].save(
        made, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS_PER_INCH,
        title="Skaneeritud dokument", producer="", creationDate=day, modDate=day,
    )  # fmt: skip
    return made.getvalue()
