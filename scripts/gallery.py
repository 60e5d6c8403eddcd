"""Draws docs/gallery anew: every document of the three examples, in both languages, as pictures to look at.

    python scripts/gallery.py

Needs LibreOffice (for the award list as Excel shows it) and Chromium (for pages), as the tests do.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from kaasav.cli.ends import finish

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "docs" / "gallery"
EXAMPLES = ("naidisvald", "tammemae", "kuuseranna")
SCALE = 1.0
"""Pictures have 72 dots an inch times this."""
COLOURS = 96
NAMES = {"certificate": "certificate", "letter": "letter", "improve": "report"}


def pages(pdf: bytes) -> Iterator[Image.Image]:
    """Each page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=SCALE).to_pil().convert("RGB")


def keep(picture: Image.Image, path: Path) -> None:
    """Write a small PNG: documents have few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)


def kaasav(language: str, *arguments: str) -> None:
    """Run a command; anything but success ends the script."""
    code = finish(arguments, {"KAASAV_LANG": language})
    if code:
        sys.exit(f"kaasav {' '.join(arguments)}: exit code {code}")


def as_pdf(path: Path) -> bytes:
    """An office file as LibreOffice prints it."""
    soffice = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(soffice, check=True, capture_output=True, timeout=180)
    return path.with_suffix(".pdf").read_bytes()


def page_picture(path: Path, width: int) -> Image.Image:
    """A web page as Chromium shows its beginning."""
    shot = path.with_suffix(".png")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"]
    command = ["chromium", *flags, f"--window-size={width},900", f"--screenshot={shot}", path.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")


def draw(language: str, work: Path) -> None:
    """Every picture of one language; ``work`` is a workspace of its own."""
    target = GALLERY / language
    for example in EXAMPLES:
        folder = f"assessments/2026/{example}"
        for command, name in NAMES.items():
            made = work / f"{example}-{name}.pdf"
            options = ["--format", "pdf"] if command == "improve" else []
            kaasav(language, command, folder, "-o", str(made), *options)
            drawn = list(pages(made.read_bytes()))
            for number, page in enumerate(drawn, start=1):
                suffix = f"-{number}" if name != "certificate" else ""
                keep(page, target / f"{example}-{name}{suffix}.png")
    listed = work / f"award-list-{language}.xlsx"
    kaasav(language, "award", "export", "2026", "-o", str(listed))
    keep(next(pages(as_pdf(listed))), target / "award-list-excel.png")
    web = listed.with_suffix(".html")
    kaasav(language, "award", "export", "2026", "-o", str(web))
    keep(page_picture(web, 1400), target / "award-list-page.png")
    report = work / f"tammemae-report-{language}.html"
    kaasav(language, "improve", "assessments/2026/tammemae", "-o", str(report))
    keep(page_picture(report, 1100), target / "tammemae-report-page.png")
    word = work / f"tammemae-letter-{language}.docx"
    kaasav(language, "letter", "assessments/2026/tammemae", "-o", str(word))
    keep(next(pages(as_pdf(word))), target / "tammemae-letter-word.png")


def index() -> str:
    """The page that shows them all."""
    lines = [
        "# Gallery",
        "",
        "The documents of the three example municipalities, as they come out of the box. The municipalities are",
        "fictional and the catalogue is a proposal, so every one of them is marked. `python scripts/gallery.py` draws",
        "them anew.",
    ]
    for language, title in (("et", "Estonian"), ("en", "English")):
        lines += ["", f"## {title}", ""]
        for path in sorted((GALLERY / language).glob("*.png")):
            lines.append(f"![{path.stem}]({language}/{path.name})")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw everything in a workspace that is thrown away."""
    for language in ("et", "en"):
        shutil.rmtree(GALLERY / language, ignore_errors=True)
        with tempfile.TemporaryDirectory() as place:
            work = Path(place)
            shutil.copy(ROOT / "kaasav.yaml", work)
            for name in ("criteria", "assessments"):
                shutil.copytree(ROOT / name, work / name)
            here = Path.cwd()
            os.chdir(work)
            try:
                kaasav(language, "assess", "--round", "2026")
                draw(language, work)
            finally:
                os.chdir(here)
    (GALLERY / "README.md").write_text(index(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
