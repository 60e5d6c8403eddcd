"""How long the improvement reports of a whole round take, beside the typesetter alone on the same pages."""

import dataclasses
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import typst
from pytest_benchmark.fixture import BenchmarkFixture

from kaasav.assessment.assess import Shelf, assess
from kaasav.documents import press
from kaasav.documents.coverage import printable
from kaasav.documents.report.gather import Peers, Wishes, gather
from kaasav.documents.report.recipes import TEMPLATE, recipes
from kaasav.documents.source import Source, Sources
from kaasav.documents.template import SHIPPED, find
from kaasav.plain import digest
from kaasav.store.database import Store
from kaasav.workspace.place import Workspace

MUNICIPALITIES = 78
FOLDERS = ("naidisvald", "tammemae", "kuuseranna")


@pytest.fixture(scope="session")
def peers(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Peers:
    """A round of copies of the examples, each under a name and code of its own."""
    shelf, read, examples = Shelf(Workspace(example)), Sources(), []
    for folder in FOLDERS:
        one = assess(example / "assessments" / "2026" / folder, folder, shelf)
        assert one.record is not None
        blobs = {sha256(content).hexdigest(): content for content in one.inputs.values()}
        examples.append(read.source(digest(one.record), one.record, blobs.__getitem__))
    store = Store.open(tmp_path_factory.mktemp("reports") / "kaasav.db", create=True)
    made = Peers(Workspace(example), store, read)
    made._rounds["2026"] = tuple(_named(examples[n % 3], n) for n in range(MUNICIPALITIES))
    return made


def _named(source: Source, number: int) -> Source:
    municipality = {**source.municipality, "code": f"Y{number:03}", "name": f"Omavalitsus {number}"}
    return dataclasses.replace(source, record={**source.record, "municipality": municipality})


def kaasav(peers: Peers) -> Callable[[], int]:
    """Everything from the recorded results on: the way, the comparison, the words, the pages."""

    def make() -> int:
        made = [recipes(gather(one, peers, Wishes()), None, ["pdf"])[0].render() for one in peers.of("2026")]
        return sum(map(len, made))

    return make


def alone(peers: Peers) -> Callable[[], int]:
    """The typesetter with everything ready: the template and the data of each report."""
    template = find(TEMPLATE, "en", None)
    ready = [recipes(gather(one, peers, Wishes()), None, ["pdf"])[0].data for one in peers.of("2026")]
    texts = [json.dumps(printable(data), ensure_ascii=False, sort_keys=True) for data in ready]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(press.FONTS)])

    def make() -> int:
        sizes = 0
        for text in texts:
            compiler = typst.Compiler(template.content, root=str(SHIPPED), font_paths=fonts, sys_inputs={"data": text})
            made: Any = compiler.compile(format="pdf", pdf_standards=["ua-1"])
            sizes += len(made)
        return sizes

    return make


@pytest.mark.benchmark(group="78 reports as PDF (target: ≤ 1.5 times Typst alone on the same pages)")
@pytest.mark.parametrize("way", ["typst alone", "kaasav"])
def test_reports(benchmark: BenchmarkFixture, peers: Peers, way: str) -> None:
    made = benchmark.pedantic((alone if way == "typst alone" else kaasav)(peers), rounds=3, warmup_rounds=1)
    assert made > MUNICIPALITIES * 50_000


@pytest.mark.benchmark(group="78 reports in the other formats")
@pytest.mark.parametrize("format_", ["docx", "html", "xlsx"])
def test_other_formats(benchmark: BenchmarkFixture, peers: Peers, format_: str) -> None:
    def make() -> int:
        made = [recipes(gather(one, peers, Wishes()), None, [format_])[0].render() for one in peers.of("2026")]
        return sum(map(len, made))

    assert benchmark.pedantic(make, rounds=1) > 0
