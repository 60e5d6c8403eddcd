"""Intake of 80 files (200 MB): hashing and text beside the libraries alone, the whole run, and its memory."""

import hashlib
import io
import random
import subprocess
import sys
import zlib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kaasav.catalogue.reader import read_file
from kaasav.intake import reading
from kaasav.intake.intake import intake
from kaasav.intake.staging import staging

ROOT = Path(__file__).parents[2]
SENTENCE = "Kogukonnakogu arutas üldplaneeringu eelnõu ja esitas vallavalitsusele ettepanekud. "


def _pdf(pages: int, ballast: int, seed: int) -> bytes:
    """A PDF of text with a picture's worth of ballast."""
    import pikepdf
    import typst

    text = "#set page(width: 21cm, height: 29.7cm)\n" + "#pagebreak()\n".join([SENTENCE * 30] * pages)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typst.compile(text.encode()))) as document:
        noise = random.Random(seed).randbytes(ballast)
        document.Root.Ballast = document.make_indirect(pikepdf.Stream(document, zlib.compress(noise, 1)))
        document.save(out)
    return out.getvalue()


def _docx(seed: int) -> bytes:
    import docx

    document = docx.Document()
    for number in range(300):
        document.add_paragraph(f"{seed}.{number} {SENTENCE * 3}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighty files, 200 MB: papers, tables, photos and a few films."""
    folder = tmp_path_factory.mktemp("post")
    for n in range(30):
        (folder / f"paber {n}.pdf").write_bytes(_pdf(20, 2_000_000, n))
    for n in range(20):
        (folder / f"kiri {n}.docx").write_bytes(_docx(n))
    for n in range(24):
        (folder / f"IMG_{n}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + random.Random(n).randbytes(3_000_000))
    for n in range(4):
        (folder / f"film {n}.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + random.Random(n).randbytes(16_000_000))
    for n in range(2):
        (folder / f"memo {n}.txt").write_text(f"{n} {SENTENCE}" * 2_000, encoding="utf-8")
    assert len(list(folder.iterdir())) == 80
    return folder


def bare(post: Path) -> int:
    """Read, hash and extract all text with the libraries alone."""
    import docx
    import pypdfium2

    characters = 0
    for path in sorted(post.iterdir()):
        content = path.read_bytes()
        hashlib.sha256(content).hexdigest()
        match path.suffix:
            case ".pdf":
                pdf = pypdfium2.PdfDocument(content)
                for page in pdf:
                    text = page.get_textpage()
                    characters += len(text.get_text_bounded())
                    text.close()
                    page.close()
                pdf.close()
            case ".docx":
                characters += sum(len(p.text) for p in docx.Document(io.BytesIO(content)).paragraphs)
            case ".txt":
                characters += len(content.decode("utf-8"))
    return characters


def hashed_and_read(post: Path) -> int:
    """The same by intake's own means: staged (hashed, copied), recognised, read."""
    characters = 0
    with staging(None) as stage:
        for path in sorted(post.iterdir()):
            with path.open("rb") as stream:
                staged = stage.take(stream, path.suffix, lasting=False)
            read = reading.read(path.name, staged.type, staged.path, staged.size)
            characters += sum(map(len, read.paper.texts))
            staged.path.unlink()
    return characters


def whole(post: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    from kaasav.workspace.init import init

    root = tmp_path_factory.mktemp("ws")
    init(root)
    folder = root / "assessments" / "2026" / "naidisvald"
    path = ROOT / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    return len(intake(folder, "x", [post], read_file(path, path.name)[0], at="x").rows)


@pytest.mark.benchmark(group="intake of 80 files, 200 MB (target: hashing and text ≤ 1.5 times the bare libraries)")
@pytest.mark.parametrize("way", ["bare libraries", "hashing and text", "whole intake, all written to the disk"])
def test_intake(benchmark: BenchmarkFixture, post: Path, way: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    ways: dict[str, Any] = {
        "bare libraries": partial(bare, post),
        "hashing and text": partial(hashed_and_read, post),
        "whole intake, all written to the disk": partial(whole, post, tmp_path_factory),
    }
    assert benchmark.pedantic(ways[way], rounds=5, warmup_rounds=1) > 0


def test_memory_does_not_grow_with_a_file(
    tmp_path: Path, clean: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Peak memory of taking in one film of 10 MB and one of 500 MB, as a file and in a zip: printed, nearly the same."""
    import zipfile

    program = (
        "import sys\n"
        "from kaasav.cli.ends import finish\n"
        "finish(['new', sys.argv[2], '--round', '2026'], {})\n"
        "code = finish(['evidence', 'intake', 'assessments/2026/' + sys.argv[3], sys.argv[1]], {'KAASAV_LANG': 'en'})\n"
        "peak = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "sys.stderr.write(f'MEASURED {code} {peak}')\n"
    )
    from kaasav.workspace.init import init

    init(tmp_path / "ws")
    sizes = {}
    places = (
        ("Rõuge vald", "rouge-vald"),
        ("Tori vald", "tori-vald"),
        ("Saue vald", "saue-vald"),
        ("Viimsi vald", "viimsi-vald"),
    )
    for (name, folder), (megabytes, zipped) in zip(places, ((10, 0), (500, 0), (10, 1), (500, 1)), strict=True):
        film = tmp_path / f"film{megabytes}{zipped}.mp4"
        with film.open("wb") as stream:
            stream.write(b"\0\0\0\x18ftypmp42")
            for n in range(megabytes):
                stream.write(random.Random(n + 1_000 * zipped).randbytes(1_000_000))
        if zipped:
            with zipfile.ZipFile(film.with_suffix(".zip"), "w", zipfile.ZIP_STORED) as archive:
                archive.write(film, "film.mp4")
            film = film.with_suffix(".zip")
        ended = subprocess.run(
            [sys.executable, "-c", program, str(film), name, folder],
            cwd=tmp_path / "ws", env=clean, capture_output=True, text=True, check=True,
        )  # fmt: skip
        code, peak = ended.stderr.rsplit("MEASURED ", 1)[1].split()
        assert code == "0", ended.stderr
        sizes[megabytes, bool(zipped)] = int(peak) / 1024
    with capsys.disabled():
        print("\n" + "\n".join(f"{key}: {peak:.0f} MiB" for key, peak in sizes.items()))  # noqa: T201
    for zipped_ in (False, True):
        assert sizes[500, zipped_] < sizes[10, zipped_] + 20
