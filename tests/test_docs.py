"""What the documentation says is so: its examples, its tables of keys, its reference pages, its links."""

import datetime
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from kaasav.assessment.assess import Shelf, assess
from kaasav.assessment.claim import SCHEMA as APPLICATION
from kaasav.assessment.claim import Application
from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE
from kaasav.assessment.evidence_list import EvidenceList
from kaasav.assessment.rating import SCHEMA as RATINGS
from kaasav.assessment.rating import Ratings
from kaasav.assessment.round import SCHEMA as ROUND
from kaasav.assessment.round import Round
from kaasav.catalogue.model import SCHEMA as CATALOGUE
from kaasav.catalogue.model import Catalogue
from kaasav.catalogue.reader import understand
from kaasav.dates import months_back
from kaasav.intake.ledger import SCHEMA as INTAKE
from kaasav.intake.ledger import LedgerText
from kaasav.intake.row import SCHEMA as INTAKE_FORM
from kaasav.intake.row import Answers
from kaasav.scoring import RULES
from kaasav.scoring.rule import THIRD
from kaasav.scoring.usability import CHECKED_WITHIN_MONTHS
from kaasav.store.database import Store
from kaasav.survey.estimate import Z
from kaasav.survey.imports.description import SCHEMA as SURVEY_FILE
from kaasav.survey.imports.description import SurveyFile
from kaasav.survey.imports.importing import take_in
from kaasav.survey.wave import SCHEMA as WAVE
from kaasav.survey.wave import Description
from kaasav.workspace.place import SETTINGS_SCHEMA, find
from kaasav.yamldoc import scalars
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse
from kaasav.yamldoc.schema import check_schema

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]
MODELS: dict[str, type[BaseModel]] = {
    CATALOGUE: Catalogue,
    WAVE: Description,
    ROUND: Round,
    APPLICATION: Application,
    EVIDENCE: EvidenceList,
    RATINGS: Ratings,
    INTAKE: LedgerText,
    INTAKE_FORM: Answers,
    SURVEY_FILE: SurveyFile,
}
FOLDER = "assessments/2026/naidisvald"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


# Examples --------------------------------------------------------------------------------------------------------


def laid_out(root: Path) -> Path:
    """The workspace that the examples of formats.md with a file's name above them make."""
    for name, content in re.findall(
        r"^\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)^```$", page("formats.md"), re.MULTILINE | re.DOTALL
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return root


@pytest.mark.parametrize("content", [c for path in PAGES for c in fenced(path.read_text("utf-8"), "yaml")])
def test_every_yaml_example_is_valid(content: str) -> None:
    document, problems = parse(content.encode(), "example.yaml")
    assert problems == []
    stated = document.data["schema"]
    if stated == SETTINGS_SCHEMA:
        assert check_schema(document, stated) == []
        return
    model, problems = bind(document, MODELS[stated], stated)
    assert problems == []
    assert model is not None


def test_a_wrong_example_would_be_found() -> None:
    content = fenced(page("formats.md"), "yaml")[-1].replace("level:", "levle:")
    document, _ = parse(content.encode(), "example.yaml")
    assert bind(document, Ratings, RATINGS)[0] is None


def test_the_examples_together_are_a_workspace_with_a_complete_result(tmp_path: Path) -> None:
    workspace = find(laid_out(tmp_path))
    assert workspace.language() == "et"
    content = workspace.catalogues()["example@1"].read_bytes()
    assert understand(content, "1.yaml")[1] == []
    one = assess(tmp_path / FOLDER, FOLDER, Shelf(workspace))
    assert one.problems == ()
    assert one.result is not None
    assert (one.result.status, one.result.tiers[0].state) == ("complete", "met")


def test_the_example_of_a_survey_file_gives_the_wave_the_page_tells(tmp_path: Path) -> None:
    surveys = laid_out(tmp_path) / "surveys"
    made = take_in([surveys / "autumn.csv"], surveys / "autumn.yaml", tmp_path / "criteria" / "waves")
    assert (made.problems, made.became) == ((), "new")
    assert made.csv is not None
    assert made.csv.decode().splitlines() == [
        "ehak,name,item,value,n,sd,outside",
        "X001,Näidisvald,kaasamine,62,400,,20",
    ]


# Tables of keys --------------------------------------------------------------------------------------------------

WORDS = {
    scalars.Whole: "whole number",
    scalars.Months: "months",
    scalars.Share: "share",
    scalars.Ratio: "exact number",
    scalars.Day: "date",
    scalars.YesNo: "true | false",
    scalars.Id: "id",
    scalars.Text: "text",
    scalars.Words: "words",
}


def keys_of(schema: str) -> dict[str, tuple[str, bool]]:
    """Every key of a format with its type, where that is a plain one, and whether it is needed."""
    found: dict[str, list[tuple[str, bool]]] = {}
    expanded: dict[type[BaseModel], str] = {}

    def model(one: type[BaseModel], path: str) -> None:
        if expanded.setdefault(one, path) != path:
            return  # a model that comes again elsewhere is told once
        hints = get_type_hints(one, include_extras=True)
        for name, field in one.model_fields.items():
            place = f"{path}{field.alias or name}"
            found.setdefault(place, []).append((said(hints[name]), field.is_required()))
            inside(hints[name], place)

    def inside(hint: Any, path: str) -> None:
        origin = get_origin(hint)
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            model(hint, f"{path}.")
        elif origin is Annotated or origin is tuple:
            inside(get_args(hint)[0], path if origin is Annotated else f"{path}[]")
        elif origin in (Union, UnionType):
            for one in get_args(hint):
                inside(one, path)
        elif origin is dict:
            inside(get_args(hint)[1], f"{path}.*")

    model(MODELS[schema], "")
    return {
        path: (" | ".join(dict.fromkeys(kind for kind, _ in ways)), all(needed for _, needed in ways))
        for path, ways in found.items()
    }


def said(hint: Any) -> str:
    """The words the tables use for a plain type; "" for anything else."""
    if get_origin(hint) in (Union, UnionType):
        return next(filter(None, (said(one) for one in get_args(hint) if one is not type(None))), "")
    if get_origin(hint) is Literal:
        return " | ".join(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " | ".join(one.value for one in hint)
    return next((word for known, word in WORDS.items() if known == hint), "")


def table_of(schema: str) -> dict[str, tuple[str, bool]]:
    """The table of the section that names the format (the evidence list's and others' nested keys included)."""
    section = next(part for part in page("formats.md").split("\n## ") if f"`{schema}`" in part.split("\n```")[0])
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \| (yes|no) \|", section, re.MULTILINE)
    return {key: (kind.replace("\\|", "|"), needed == "yes") for key, kind, needed in rows}


@pytest.mark.parametrize("schema", MODELS)
def test_every_key_is_told_with_its_type_and_whether_it_is_needed(schema: str) -> None:
    real, told = keys_of(schema), table_of(schema)
    assert told.keys() == real.keys()
    assert {key: needed for key, (_, needed) in told.items()} == {key: needed for key, (_, needed) in real.items()}
    plain = {key: kind for key, (kind, _) in real.items() if kind and not key.startswith("fieldwork.")}
    assert {key: told[key][0] for key in plain} == plain


# Numbers of the rules --------------------------------------------------------------------------------------------


def numbers_of_the_catalogue() -> dict[str, str]:
    """Every number the rules give in brackets, by the words before it, as the published catalogue has it."""
    path = ROOT / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    catalogue, problems = understand(path.read_bytes(), path.name)
    assert problems == []
    assert catalogue is not None
    assert catalogue.reference in page("rules.md")
    rule, practice = catalogue.award_rule, catalogue.scale.practice
    (floor,) = (one for one in rule.conditions if one.type == "dimension_floor")
    (total,) = (one for one in rule.conditions if one.type == "total")
    (gate,) = (one for one in rule.conditions if one.type == "gate")
    by_outcome: dict[str, list[str]] = {"met": [], "open": [], "failed": []}
    for state, outcome in gate.outcome.items():
        by_outcome[outcome].append(state.replace("_", " "))
    assert by_outcome["met"] == ["met"]
    return {
        "`practice.from_level`": str(practice.from_level),
        "`practice.months`": str(practice.months),
        "`from_level` − 1": str(practice.from_level - 1),
        "`min_assessors`": str(rule.min_assessors),
        "`max_age_months`": str(gate.max_age_months),
        "`min_respondents`": str(gate.min_respondents),
        "`reliable_from`": str(gate.reliable_from),
        "every dimension's share is at least `min_share`": str(floor.min_share),
        "the total is at least `min_share`": str(total.min_share),
        "`guard` g": str(total.guard),
        "`outcome` translates the survey state into met, open or failed": (
            f"{' and '.join(by_outcome['open'])}: open; {' and '.join(by_outcome['failed'])}: failed"
        ),
    }


def bracketed(text: str) -> list[str]:
    """What stands in brackets; links do not."""
    return re.findall(r"(?<=\S )\[([^\]]+)\](?!\()", text)


def test_every_number_of_the_rules_is_the_catalogue_s() -> None:
    text = " ".join(page("rules.md").split())
    numbers = numbers_of_the_catalogue()
    assert {before: f"{before} [{number}]" in text for before, number in numbers.items()} == dict.fromkeys(
        numbers, True
    )
    assert sorted(bracketed(text)) == sorted(numbers.values())


def test_what_the_rules_fix_is_what_is_computed_with() -> None:
    text = " ".join(page("rules.md").split())
    assert f"# The rules, number {RULES}:" in text
    assert f"z = {float(Z)!r}` (*fixed*" in text
    assert Fraction(repr(float(Z))) == Z
    assert f"no more than {CHECKED_WITHIN_MONTHS} months back (*fixed*)" in text
    assert f"{['', 'one', 'two', 'three'][THIRD]} people (*fixed*)" in text
    last_of_august = [datetime.date(year, 8, 31) for year in (2025, 2024)]
    assert [months_back(day, 6).day for day in last_of_august] == [28, 29]
    assert "Six months back from 31 August is 28 or 29 February." in text


# Reference pages -------------------------------------------------------------------------------------------------


def test_the_reference_pages_are_up_to_date() -> None:
    """In a process of its own, in an odd terminal and another language: neither may change a byte."""
    ended = subprocess.run(
        [sys.executable, ROOT / "scripts" / "reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={**_environment(), "COLUMNS": "40", "KAASAV_LANG": "et", "TERM": "dumb"},
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)


def test_every_command_is_documented() -> None:
    from kaasav.cli.app import app

    headings = set(re.findall(r"^#+ (kaasav.*)$", page("commands.md"), re.MULTILINE))
    runner = CliRunner()
    for group in ("", "result", "catalogue", "municipality", "survey", "evidence", "db"):
        shown = runner.invoke(app, [*group.split(), "--help"]).stdout.partition("Commands:")[2]
        names = re.findall(r"^  (\w[\w-]*)", shown, re.MULTILINE)
        assert names
        assert {" ".join(f"kaasav {group} {name}".split()) for name in names} <= headings


# Links and words -------------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(path: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in links(path):
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), target


def test_every_page_is_linked_from_another() -> None:
    linked = {Path(target.partition("#")[0]).name for path in PAGES for target in links(path)}
    assert {path.name for path in DOCS.glob("*.md")} <= linked


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_speak_of_the_product_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"/(?:work|home|root|tmp|Users)/|[\w.]*pypi\.org|pythonhosted|index-url|localhost", text) == []


# The record ------------------------------------------------------------------------------------------------------


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "src")}


def verified(snippet: Path, database: Path) -> subprocess.CompletedProcess[str]:
    """Run with Python alone: no Kaasav, no library (-I and -S)."""
    return subprocess.run(
        [sys.executable, "-I", "-S", snippet, database],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=_environment(),
    )


@pytest.fixture
def recorded(tmp_path: Path) -> tuple[Path, Path, str]:
    """The snippet of record.md, a database with one result recorded twice, and the hash of its last event."""
    import datetime

    snippet = tmp_path / "verify.py"
    (code,) = fenced(page("record.md"), "python")
    snippet.write_text(code, encoding="utf-8")
    workspace = find(laid_out(tmp_path))
    one = assess(tmp_path / FOLDER, FOLDER, Shelf(workspace))
    assert one.record is not None
    with Store.open(workspace.database, create=True) as store:
        for minute in (1, 2):
            store.record(
                one.record, one.inputs, at=datetime.datetime(2026, 10, 20, 9, minute, tzinfo=datetime.UTC),
                event={"folder": FOLDER, "kaasav": "x"},
            )  # fmt: skip
        head = store.head()
    assert head is not None
    return snippet, workspace.database, head.hash


def test_the_snippet_verifies_a_record_without_kaasav(recorded: tuple[Path, Path, str]) -> None:
    snippet, database, head = recorded
    ended = verified(snippet, database)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.split() == ["1", "results,", "2", "events,", "all", "hashes", "right;", "last:", head]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE result SET record = replace(record, '\"lower\":2', '\"lower\":1')",
        "UPDATE event SET at = '2020-01-01T00:00:00Z' WHERE seq = 1",
        "UPDATE event SET data = '{}' WHERE seq = 2",
        "UPDATE blob SET content = x'20', size = 1 WHERE sha256 = (SELECT min(sha256) FROM blob)",
        "DELETE FROM event WHERE seq = 1",
    ],
)
def test_the_snippet_finds_tampering(recorded: tuple[Path, Path, str], tampering: str) -> None:
    import sqlite3

    snippet, database, _ = recorded
    connection = sqlite3.connect(database)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(tampering).rowcount > 0
    connection.commit()
    connection.close()
    assert verified(snippet, database).returncode != 0


def test_the_record_has_the_keys_the_page_names(recorded: tuple[Path, Path, str]) -> None:
    _, database, _ = recorded
    with Store.open(database) as store:
        (summary,) = store.results()
        record = json.loads(json.dumps(store.result(summary.hash).record))
    text = page("record.md")
    assert {key for key in record if f"| `{key}` |" not in text} == set()
    assert {key for key in record["result"] if f"| `result.{key}` |" not in text} == set()
