"""``kaasav assess``: one folder, its scoring alone, the catalogue, a round of 78, and how it grows to 1,000."""

import io
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kaasav.assessment.assess import Shelf, assess, recompute
from kaasav.assessment.case import look_at
from kaasav.catalogue.reader import read
from kaasav.evidence.look import look
from kaasav.workspace.place import find

FOLDER = "assessments/2026/naidisvald"


@pytest.mark.benchmark(group="one folder (target: ≤ 3.5 times the yardstick)")
@pytest.mark.parametrize("arguments", ["sqlite-utils --version", f"kaasav assess {FOLDER}"])
def test_one_folder(benchmark: BenchmarkFixture, command: Any, example: Path, arguments: str) -> None:
    benchmark.pedantic(partial(command, cwd=example), args=tuple(arguments.split()), rounds=15, warmup_rounds=2)


@pytest.mark.benchmark(group="scoring within one folder (target: under 3 % of the whole run)")
@pytest.mark.parametrize("part", ["scoring", "whole run, warm"])
def test_scoring(benchmark: BenchmarkFixture, example: Path, part: str) -> None:
    workspace = find(example)
    shelf = Shelf(workspace)
    one = assess(example / FOLDER, FOLDER, shelf)
    assert one.submission is not None
    assert one.record is not None
    if part != "scoring":
        benchmark(assess, example / FOLDER, FOLDER, shelf)
        return
    looked = {item.id: look_at(item, partial(look, example / FOLDER)) for item in one.submission.evidence.items}
    catalogue, _content = shelf.catalogue(one.submission)
    wave, *_bytes = shelf.wave(one.submission)
    benchmark(recompute, one.submission, catalogue, wave, looked, one.record["municipality"])


@pytest.mark.benchmark(group="reading the catalogue (target: compiled ≤ 1/10 of ruamel.yaml)")
@pytest.mark.parametrize("reader", ["compiled form", "YAML with places and all checks", "ruamel.yaml alone"])
def test_catalogue(benchmark: BenchmarkFixture, root: Path, monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    content = (root / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml").read_bytes()
    if reader == "ruamel.yaml alone":
        from ruamel.yaml import YAML

        benchmark.pedantic(lambda: YAML(typ="safe", pure=True).load(io.BytesIO(content)), rounds=5)
        return
    if reader != "compiled form":
        monkeypatch.setenv("KAASAV_CACHE", "off")
    benchmark(read, content, "2026.1.yaml")


def bare(root: Path) -> int:
    """Read, hash and extract the text of every paper of a round with the libraries alone; the number of characters."""
    import docx
    import lxml.html
    import pypdfium2
    import python_calamine

    characters = 0
    for path in sorted((root / "assessments" / "2026").glob("*/evidence/*")):
        content = path.read_bytes()
        sha256(content).hexdigest()
        match path.suffix:
            case ".pdf" if content.startswith(b"%PDF"):  # one of the example's is something else
                pdf = pypdfium2.PdfDocument(content)
                for page in pdf:
                    text = page.get_textpage()
                    characters += len(text.get_text_bounded())
                    text.close()
                    page.close()
                pdf.close()
            case ".docx":
                characters += sum(len(p.text) for p in docx.Document(io.BytesIO(content)).paragraphs)
            case ".xlsx":
                book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
                for name in book.sheet_names:
                    characters += sum(
                        len(str(cell)) for row in book.get_sheet_by_name(name).to_python() for cell in row
                    )
            case ".html":
                characters += len(lxml.html.fromstring(content).text_content())
            case ".txt":
                characters += len(content.decode("utf-8"))
    return characters


@pytest.mark.benchmark(group="a round of 78 (target: ≤ 3 times the bare libraries on the same files)")
@pytest.mark.parametrize("way", ["bare libraries", "kaasav"])
def test_a_round(benchmark: BenchmarkFixture, rounds: Callable[[int], Path], way: str) -> None:
    root = rounds(78)
    workspace = find(root)

    def whole_round() -> int:
        shelf = Shelf(workspace)
        folders = sorted(path.parent for path in (root / "assessments" / "2026").glob("*/assessment.yaml"))
        return sum(assess(folder, folder.name, shelf).record is not None for folder in folders)

    if way == "kaasav":
        assert benchmark.pedantic(whole_round, rounds=3, warmup_rounds=1) == 78
    else:
        assert benchmark.pedantic(bare, args=(root,), rounds=3, warmup_rounds=1) > 0


def test_growth(rounds: Callable[[int], Path], clean: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Time and peak memory of ``kaasav assess`` on 10, 100 and 1,000 folders: printed, and the results all recorded."""
    program = (
        "import resource, sys, time\n"
        "from kaasav.cli.ends import finish\n"
        "start = time.perf_counter()\n"
        "code = finish(['assess', '--round', '2026'], {})\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "sys.stderr.write(f'\\nMEASURED {time.perf_counter() - start:.2f} {peak / 1024:.0f}')\n"
    )
    lines = ["", "folders  seconds  per folder (ms)  peak memory (MiB)"]
    for folders in (10, 100, 1000):
        ended = subprocess.run(
            [sys.executable, "-c", program], cwd=rounds(folders), env=clean, capture_output=True, text=True, check=True
        )
        seconds, peak = ended.stderr.rsplit("MEASURED ", 1)[1].split()
        lines.append(f"{folders:7}  {seconds:>7}  {float(seconds) / folders * 1000:15.1f}  {peak:>17}")
    with capsys.disabled():
        print("\n".join(lines))  # noqa: T201
