"""The files of a report: which there are, what each is made of, and that the clock is none of it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from kaasav.documents.report.recipes import FORMATS, recipes
from kaasav.documents.source import Source
from kaasav.language import use
from kaasav.plain import digest
from kaasav.problems import Refused
from kaasav.workspace.init import init

from .conftest import Gather, renamed


def test_each_format_says_what_it_is_and_what_makes_it(sources: Mapping[str, Source], gathered: Gather) -> None:
    one = gathered(sources["kuuseranna"])
    found = recipes(one, None, FORMATS)
    told = [(made.document, made.format, made.template and made.template.name) for made in found]
    assert told == [
        ("report", "pdf", "report.typ"),
        ("report", "docx", "chart.typ"),
        ("report", "html", "report.html.j2"),
        ("plan", "xlsx", None),
    ]
    assert {made.result for made in found} == {sources["kuuseranna"].hash}
    assert [set(made.versions) - {"kaasav"} for made in found] == [
        {"typst"}, {"python-docx", "lxml", "typst"}, {"jinja2", "typst"}, {"openpyxl"},
    ]  # fmt: skip
    assert len({made.digest for made in found}) == 4
    assert all(digest(made.data) for made in found)  # plain, without a float


def test_other_wishes_another_name_or_language_are_other_recipes(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    source = sources["kuuseranna"]
    known = [made.digest for made in recipes(gathered(source), None, FORMATS)]
    assert [made.digest for made in recipes(gathered(source), None, FORMATS)] == known
    for other in (gathered(source, avoid=("K1",)), gathered(renamed(source, "Other"))):
        assert not {made.digest for made in recipes(other, None, FORMATS)} & set(known)
    use("et")
    assert not {made.digest for made in recipes(gathered(source), None, FORMATS)} & set(known)


def test_a_workspaces_own_template_wins(tmp_path: Path, source: Source, gathered: Gather) -> None:
    (tmp_path / "templates").mkdir()
    own = '#import "/kaasav.typ": *\n#show: document-of\n#data.marks.join(" ") Ours: #data.municipality'
    (tmp_path / "templates" / "report.typ").write_text(own, encoding="utf-8")
    (tmp_path / "templates" / "report.html.j2").write_text(
        "{{ marks | join(' ') }} Ours: {{ municipality }}", encoding="utf-8"
    )
    pdf, html = recipes(gathered(source), tmp_path, ["pdf", "html"])
    assert pdf.template is not None and pdf.template.own
    assert pdf.render().startswith(b"%PDF")
    assert html.render() == "SAMPLE PROPOSAL Ours: Näidisvald".encode()
    (tmp_path / "templates" / "report.typ").write_text("#nothing", encoding="utf-8")
    (wrong,) = recipes(gathered(source), tmp_path, ["pdf"])
    with pytest.raises(Refused, match="template-failed"):
        wrong.render()


LATER = """
import datetime, sys, time
shift = float(sys.argv[1])
real = time.time
time.time = lambda: real() + shift
class Shifted(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=shift)
datetime.datetime = Shifted
from kaasav.cli.ends import finish
raise SystemExit(finish(sys.argv[2:], {"KAASAV_LANG": "et"}))
"""


def test_the_same_bytes_from_another_process_with_another_clock_and_time_zone(tmp_path: Path) -> None:
    made = []
    for number, (zone, shift) in enumerate((("Asia/Tokyo", "0"), ("America/Los_Angeles", "40000000"))):
        root = tmp_path / str(number)
        init(root)
        (root / "out").mkdir()
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(number), "KAASAV_CACHE": str(tmp_path / "cache")}
        arguments = ["improve", "assessments/2026/kuuseranna", "-o", "out"]
        subprocess.run(
            [sys.executable, "-c", LATER, shift, *arguments], cwd=root, env=environment, check=True, capture_output=True
        )
        made.append({path.name: sha256(path.read_bytes()).hexdigest() for path in (root / "out").iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {
        "kuuseranna-parendusraport.pdf", "kuuseranna-parendusraport.docx", "kuuseranna-parendusraport.html",
        "kuuseranna-tegevuskava.xlsx",
    }  # fmt: skip
