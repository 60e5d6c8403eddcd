"""How long documents take: a certificate from the command line, a round beside the libraries alone, how much memory.

The same page is set by WeasyPrint too, which is no part of Kaasav: it runs where it happens to be installed.
"""

import base64
import datetime
import importlib.util
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import pytest

from kaasav.assessment.assess import Shelf, assess
from kaasav.documents import press
from kaasav.documents.award import Award
from kaasav.documents.certificate import TEMPLATE, context, recipe
from kaasav.documents.coverage import printable
from kaasav.documents.letter.recipes import recipes as letters
from kaasav.documents.made import make
from kaasav.documents.recipe import Recipe
from kaasav.documents.report.gather import Peers, Wishes, gather
from kaasav.documents.report.recipes import recipes as reports
from kaasav.documents.source import Source, Sources
from kaasav.documents.template import SHIPPED, find
from kaasav.documents.watermark import watermark
from kaasav.plain import digest
from kaasav.store.database import Store
from kaasav.workspace.place import Workspace

ROUNDS = 15
NAIDISVALD = "assessments/2026/naidisvald"


@pytest.fixture(scope="session")
def recorded(example: Path, command: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example round, one folder recorded."""
    root = tmp_path_factory.mktemp("recorded") / "ws"
    shutil.copytree(example, root)
    command("kaasav", "assess", NAIDISVALD, cwd=root)
    return root


MUNICIPALITIES = 78
TURNS = 3
NOW = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
DOCUMENTS = ("certificate", "letter docx", "letter pdf", "report")


def a_round(example: Path, path: Path, size: int) -> Path:
    """A database with a round of ``size``: the examples' results, each under a name and code of its own."""
    shelf = Shelf(Workspace(example))
    examples = [assess(one, one.name, shelf) for one in sorted((example / "assessments" / "2026").glob("*/"))]
    with Store.open(path, create=True) as store:
        for number in range(size):
            one = examples[number % len(examples)]
            assert one.record is not None
            municipality = {**one.record["municipality"], "code": f"Y{number:03}", "name": f"Omavalitsus {number}"}
            store.record({**one.record, "municipality": municipality}, one.inputs, at=NOW)
    return path


def wanted(store: Store, workspace: Path, *, report: bool = True) -> Iterator[tuple[str, str, Recipe]]:
    """What is to be made of each result recorded: the document, its file, its recipe; reports only where wanted."""
    sources = Sources()
    peers = Peers(Workspace(workspace), store, sources)
    template = find(TEMPLATE, "en", None)
    for one in store.results():
        found = store.result(one.hash)
        source = sources.source(found.hash, found.record, store.blob)
        yield "certificate", f"{one.code}-certificate.pdf", recipe(source, None, template)
        docx, pdf, *_others = letters(source, one.code, None)
        yield "letter docx", f"{one.code}-letter.docx", docx[1]
        yield "letter pdf", f"{one.code}-letter.pdf", pdf[1]
        if report:
            yield "report", f"{one.code}-report.pdf", reports(gather(source, peers, Wishes()), None, ["pdf"])[0]


def by_kaasav(database: Path, workspace: Path, folder: Path, *, report: bool = True) -> dict[str, float]:
    """Everything from the database on: read, put together, rendered, put in place, recorded; seconds by document."""
    seconds = dict.fromkeys(DOCUMENTS, 0.0)
    with Store.open(database) as store:
        started = time.process_time()
        for document, file, one in wanted(store, workspace, report=report):
            assert make(one, folder / file, store, at=NOW).fresh
            started, before = time.process_time(), started
            seconds[document] += started - before
    return seconds


def by_the_libraries(ready: list[tuple[str, Any, Any]]) -> dict[str, float]:
    """Typst and docxtpl with the same templates and data, ready made; seconds by document."""
    import typst
    from docxtpl import DocxTemplate

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(press.FONTS)])
    seconds = dict.fromkeys(DOCUMENTS, 0.0)
    for document, template, data in ready:
        started = time.process_time()
        if document == "letter docx":
            filled = DocxTemplate(io.BytesIO(template))
            filled.render(data, autoescape=True)
            filled.save(io.BytesIO())
        else:
            compiler = typst.Compiler(template, root=str(SHIPPED), font_paths=fonts, sys_inputs={"data": data})
            compiler.compile(format="pdf", pdf_standards=["ua-1"])
        seconds[document] += time.process_time() - started
    return seconds


def test_a_round_beside_the_libraries(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Target: at most 1.5 times what Typst and docxtpl need for the same pages."""
    clean = a_round(example, tmp_path / "kaasav.db", MUNICIPALITIES)
    ready: list[tuple[str, Any, Any]] = []
    with Store.open(clean) as store:
        for document, _file, one in wanted(store, example):
            data = one.data["letter"] if document.startswith("letter") else one.data
            if document == "certificate":
                data = {**data, "watermark": watermark(tuple(data["marks"]))}
            text = (
                data if document == "letter docx" else json.dumps(printable(data), ensure_ascii=False, sort_keys=True)
            )
            assert one.template is not None
            ready.append((document, one.template.content, text))
    turns: list[tuple[dict[str, float], dict[str, float]]] = []
    for turn in range(TURNS):
        folder = tmp_path / f"turn{turn}"
        folder.mkdir()
        shutil.copy(clean, folder / "kaasav.db")
        turns.append((by_kaasav(folder / "kaasav.db", example, folder), by_the_libraries(ready)))
    with capsys.disabled():
        for document in DOCUMENTS:
            told(f"{MUNICIPALITIES} × {document}", [(ours[document], bare[document]) for ours, bare in turns])
        whole = told("all of them", [(sum(ours.values()), sum(bare.values())) for ours, bare in turns])
    assert whole <= 1.5


def told(what: str, pairs: list[tuple[float, float]]) -> float:
    """Say the medians of ``pairs`` and give that of their ratios."""
    ratios = [ours / bare for ours, bare in pairs]
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    print(f"\n{what}: {ours:.3f} s beside {bare:.3f} s: {statistics.median(ratios):.2f} ({spread})", end="")  # noqa: T201
    return statistics.median(ratios)


PEAK = """
import importlib.util, resource, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("bench", sys.argv[1])
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)
bench.by_kaasav(*map(Path, sys.argv[2:5]), report=len(sys.argv) > 5)
status = Path("/proc/self/status")  # where there is one: what getrusage says begins with the parent's
lines = status.read_text().splitlines() if status.exists() else []
peak = next((line.split()[1] for line in lines if line.startswith("VmHWM")), 0)
print(int(peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024)
"""


def test_memory_is_flat(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """But for reports, each of which is compared with all of the round."""
    peaks = {}
    for size, more in ((10, []), (78, []), (200, []), (10, ["reports"]), (78, ["reports"])):
        folder = tmp_path / "".join((str(size), *more))
        folder.mkdir()
        database = a_round(example, folder / "kaasav.db", size)
        command = [sys.executable, "-c", PEAK, __file__, str(database), str(example), str(folder), *more]
        peaks[(size, *more)] = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    with capsys.disabled():
        print(f"\npeak memory in MiB by municipalities: {peaks}", end="")  # noqa: T201
    assert peaks[200,] <= 1.35 * peaks[10,]
    assert peaks[78, "reports"] <= 300


EVENTS = 10_000


def test_ten_thousand_events_cost_little(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that stands is found to stand as quickly in a database with a long past."""
    seconds = []
    for events in (0, EVENTS):
        folder = tmp_path / str(events)
        folder.mkdir()
        with Store.open(a_round(example, folder / "kaasav.db", 3), create=True) as store:
            with store._writing():
                from kaasav.store import events as chain

                for number in range(events):
                    data = {
                        "document": "letter", "format": "pdf", "language": "en", "result": f"{number:064x}",
                        "template": None, "recipe": "", "versions": {}, "file": f"{number}.pdf",
                    }  # fmt: skip
                    chain.append(store._connection, "document-made", f"{number:064x}", data, NOW)
            (_document, file, one), *_others = wanted(store, example)
            make(one, folder / file, store, at=NOW)
            assert one.digest
            started = time.process_time()
            for _again in range(100):
                assert not make(one, folder / file, store, at=NOW).fresh
            seconds.append(time.process_time() - started)
    with capsys.disabled():
        print(f"\n100 files that stand, without and with {EVENTS} events: {seconds}", end="")  # noqa: T201
    assert seconds[1] <= 1.5 * seconds[0] + 0.05


@pytest.fixture(scope="session")
def source(example: Path) -> Source:
    one = assess(example / NAIDISVALD, "naidisvald", Shelf(Workspace(example)))
    assert one.record is not None
    blobs = {sha256(content).hexdigest(): content for content in one.inputs.values()}
    return Sources().source(digest(one.record), one.record, blobs.__getitem__)


def test_certificate(command: Any, recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Target: at most 5 times the yardstick."""

    def seconds(*arguments: str) -> float:
        before = os.times()
        command(*arguments, cwd=recorded)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    made, stands = [], []
    for _turn in range(ROUNDS):
        (recorded / "a.pdf").unlink(missing_ok=True)
        first, again = (seconds("kaasav", "certificate", NAIDISVALD, "-o", "a.pdf") for _ in range(2))
        yardstick = seconds("sqlite-utils", "--version")
        made.append((first, yardstick))
        stands.append((again, yardstick))
    with capsys.disabled():
        ratio = told("a certificate from the command line, beside sqlite-utils --version", made[2:])
        told("the same, already there", stands[2:])
    assert ratio <= 5


AWARD = Award(
    "KO-2026-007",
    "kaasav_omavalitsus",
    datetime.date(2026, 11, 12),
    datetime.date(2026, 11, 15),
    datetime.date(2029, 11, 14),
    "minutes 5",
)


def as_if_real(source: Source) -> Source:
    """The same of a municipality that is not fictional, by an approved catalogue: without marks behind the page."""
    record = {**source.record, "municipality": {**source.municipality, "training": False}}
    return replace(source, record=record, catalogue=source.catalogue.model_copy(update={"status": "approved"}))


def test_typesetters(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    """Target: Typst at least 8 times faster than WeasyPrint, which is measured where it is installed."""
    if importlib.util.find_spec("weasyprint") is None:
        return
    for name, one, award in (("sample", source, None), ("real", as_if_real(source), AWARD)):
        by = recipe(one, award, find(TEMPLATE, "en", None)).render, weasy(page(one, award))
        pairs = []
        for _turn in range(ROUNDS):
            seconds = []
            for setter in by:
                started = time.process_time()
                assert setter()[:5] == b"%PDF-"
                seconds.append(time.process_time() - started)
            pairs.append((seconds[1], seconds[0]))
        with capsys.disabled():
            told(f"the {name} certificate by WeasyPrint, beside Typst", pairs[2:])


def weasy(html: str) -> Callable[[], bytes]:
    """Sets ``html`` by WeasyPrint."""

    def write() -> bytes:
        from weasyprint import HTML  # type: ignore[import-not-found]

        return bytes(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))

    return write


def page(source: Source, award: Award | None) -> str:
    """The certificate of ``source`` as HTML: the same texts, pictures and faces."""
    data = context(source, award)
    said = {key: escape(value) for key, value in data.items() if isinstance(value, str)}
    words = data["words"]

    def picture(svg: str, alt: str, style: str) -> str:
        inside = base64.b64encode(svg.encode()).decode()
        return f'<img alt="{escape(alt)}" style="{style}" src="data:image/svg+xml;base64,{inside}">'

    def at(x: float, y: float, width: float, html: str) -> str:
        return f'<div style="position:absolute;left:{x}mm;top:{y}mm;width:{width}mm">{html}</div>'

    marks = tuple(data["marks"])
    behind = picture(watermark(marks), "", "position:absolute;left:0;top:0;width:297mm;z-index:-1") if marks else ""
    facts = "".join(
        f"<div><p class=label>{escape(one['label'])}<p><b>{escape(one['value'])}</b></div>" for one in data["facts"]
    )
    faces = "".join(
        f"@font-face{{font-family:Open Sans;font-weight:{weight};src:url(file://{press.FONTS}/OpenSans-{name}.ttf)}}"
        for name, weight in (("Regular", 400), ("Semibold", 600), ("Bold", 700))
    )
    return f"""<html lang="{said["language"]}"><head><title>{said["title"]}</title><style>{faces}
    @page {{size: 297mm 210mm; margin: 0}} body {{margin: 0; font: 9.5pt Open Sans; color: #1b2733}}
    .label {{font-size: 7.5pt; color: #56626e; margin: 0}} .facts {{display: grid; grid-template-columns: 56mm 56mm}}
    </style></head><body>{behind}
    <div style="background:#9a3412;color:white;height:10mm;padding:4mm 0 0 24mm"><b>{" · ".join(data["marks"])}</b>
    {escape(" ".join(data["reasons"]))}</div>
    {at(24, 29, 146, f"<h1>{words['certificate']}</h1>")}
    {at(24, 50, 146, f'<p style="font-size:50pt">{said["municipality"]}</p>')}
    {at(24, 96, 146, f"<p>{said['link']}</p><p style='font-size:27pt;font-weight:700'>{said['tier']}</p>")}
    {at(24, 128, 146, f"<p>{said['statement']}</p>")}
    {at(179, 29, 94, picture(data["ring"], "", "width:94mm"))}
    {at(24, 152, 118, f'<div class="facts">{facts}</div>')}
    {at(152, 152, 62, f"<p class=label>{words['signature']}<hr><b>{escape(data['signatory']['name'])}</b>")}
    {at(241, 152, 32, picture(data["qr"], data["qr_alt"], "width:32mm"))}
    {at(24, 194, 249, f"<p>{words['record']} {said['hash']}</p>")}</body></html>"""
