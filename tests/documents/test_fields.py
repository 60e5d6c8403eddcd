"""The fields listed are the fields there are: every document’s data have them and no others."""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kaasav.documents import certificate
from kaasav.documents.award import Award
from kaasav.documents.awardlist import html as award_html
from kaasav.documents.awardlist.context import listing
from kaasav.documents.fields.field import TRIALS, Field, paths, sample
from kaasav.documents.fields.known import known
from kaasav.documents.letter import context as letter
from kaasav.documents.report.recipes import recipes
from kaasav.documents.source import Source
from kaasav.documents.template import Template, names, neutral
from kaasav.language import LANGUAGES, use

from .report.conftest import Gather, gathered, recorded

__all__ = ["gathered", "recorded"]
NAMES = sorted({neutral(one) for one in names()})


def told(value: Any, field: Field, path: str = "") -> None:
    """Fails where plain data are not what a field says."""
    if value is None or (value == "" and field.kind in ("text", "picture")) or value == []:
        assert field.maybe or "" in field.codes, f"{path} is empty"
        return
    match field.kind:
        case "text":
            assert isinstance(value, str), path
            assert not field.codes or value in field.codes, f"{path}: {value}"
        case "picture":
            assert isinstance(value, int) or value.startswith(("<svg", "<?xml")), path
        case "number":
            assert isinstance(value, int | float), path
        case "flag":
            assert isinstance(value, bool), path
        case "list":
            assert all(isinstance(one, str) for one in value), path
        case "numbers":
            assert all(isinstance(one, int) for one in value), path
        case "rows":
            assert all(isinstance(one, str) for row in value for one in row), path
        case "group":
            group(value, field.inside, path)
        case "groups":
            for one in value:
                shapes = [shape for shape in field.shapes or (field.inside,) if fits(one, shape)]
                assert shapes, f"{path}: {one}"
                group(one, shapes[0], path)
        case "grid":
            for row in value:
                for one in row:
                    group(one, field.inside, path)
        case _:
            raise AssertionError(path)


def fits(value: Mapping[str, Any], shape: Sequence[Field]) -> bool:
    codes = {one.name: one.codes for one in shape if one.codes and one.name in ("type", "chart", "state")}
    return all(value.get(name) in known_ for name, known_ in codes.items() if name in value)


def group(value: Mapping[str, Any], inside: Sequence[Field], path: str) -> None:
    assert set(value) == {one.name for one in inside}, path
    for one in inside:
        told(value[one.name], one, f"{path}.{one.name}")


Got = list[Any]


@pytest.fixture
def got(monkeypatch: pytest.MonkeyPatch) -> Got:
    """What templates get while documents are made, the last one last."""
    seen: Got = []

    def filled(_template: Template, data: Any, *_pictures: Any, **_more: Any) -> bytes:
        seen.append(data)
        return b""

    monkeypatch.setattr("kaasav.documents.paper.pdf", filled)
    monkeypatch.setattr("kaasav.documents.webpage.write", filled)
    return seen


def test_every_template_has_its_fields() -> None:
    assert sorted(known()) == NAMES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", ["naidisvald", "tammemae", "kuuseranna"])
def test_every_document_has_the_fields_listed_and_no_others(
    sources: Mapping[str, Source], folder: str, language: str, gathered: Gather, award: Award, real: Any,
    got: Got,
) -> None:  # fmt: skip
    use(language)
    source, fields = sources[folder], known()
    for one, decided in ((source, None), (source, award), (real(), award), (real(), None)):
        told(letter.context(one, decided), fields["letter.docx"])
        certificate.recipe(one, decided, Template("c.typ", b"", False, "c.typ")).render()
        told(got[-1], fields["certificate.typ"])
    one_report = gathered(source)
    for format_, name in (("pdf", "report.typ"), ("html", "report.html.j2")):
        (recipe,) = recipes(one_report, None, [format_])
        recipe.render()
        told(got[-1], fields[name])
    for one in (source, real()):
        told(award_html.context(listing([one])), fields["awardlist.html.j2"])


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("name", NAMES)
def test_what_templates_are_tried_with_has_them_too(name: str, trial: Any) -> None:
    told(sample(known()[name], trial), known()[name])


@pytest.mark.parametrize("name", NAMES)
def test_what_may_be_missing_is_missing_in_a_trial(name: str) -> None:
    bare, full = (sample(known()[name], trial) for trial in ("bare", "full"))
    assert bare["marks"] == []
    assert len(full["marks"]) == 2
    assert bare != full


@pytest.mark.parametrize("name", NAMES)
def test_every_field_says_what_it_holds_or_its_group_does(name: str) -> None:
    explained = {path for path, field in paths(known()[name]) if field.about}
    for path, _field in paths(known()[name]):
        assert path in explained or path.rpartition(".")[0].removesuffix("[]") in explained, path


def test_no_field_hides_behind_a_method_of_its_group() -> None:
    """In Word; pages find fields before methods."""
    for path, field in paths(known()["letter.docx"]):
        assert not hasattr(dict, field.name), path


def test_a_page_of_the_report_has_the_fields_of_its_pdf_and_pictures() -> None:
    page, paper = ({path for path, _field in paths(known()[name])} for name in ("report.html.j2", "report.typ"))
    assert page - paper == {"sections[].blocks[].picture"}
    assert paper <= page


def test_what_is_made_of_the_source_is_up_to_date(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(root / "scripts")
    script = importlib.import_module("make_templates")
    for path, content in script.made().items():
        assert path.read_bytes() == content, f"run python scripts/make_templates.py: {path.name}"
