import gettext
import importlib
import importlib.util
import pkgutil
import re
import string
from collections import Counter
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import kaasav
from kaasav import language, problems, wording
from kaasav.language import N_, _, plural, use, using, words
from kaasav.scoring.usability import EMPTY

ROOT = Path(__file__).parents[1]
NBSP = "\u00a0"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _script()
EXTRACTED = messages.extracted()
PO = read_po(BytesIO(messages.PO.read_bytes()), locale="et", abort_invalid=True)
TRANSLATED: list[Message] = [message for message in PO if message.id]


def _forms(texts: object) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)  # type: ignore[arg-type]


def _pairs() -> list[tuple[str, str]]:
    """Every English form beside its Estonian one."""
    return [pair for one in TRANSLATED for pair in zip(_forms(one.id), _forms(one.string), strict=True)]


PAIRS = _pairs()


def _wrong(rule: object) -> list[tuple[str, str]]:
    return [pair for pair in PAIRS if not rule(*pair)]  # type: ignore[operator]


# --- What stands in the files -----------------------------------------------------------------------------------------


def test_every_message_of_the_source_is_translated() -> None:
    assert len(EXTRACTED) > 500
    assert EXTRACTED - {message.id for message in TRANSLATED} == set()
    assert [english for english, estonian in PAIRS if not estonian.strip()] == []


def test_nothing_is_guessed_or_left_over() -> None:
    assert [message.id for message in TRANSLATED if message.fuzzy] == []
    assert {message.id for message in TRANSLATED} - EXTRACTED == set()
    assert list(PO.obsolete) == []


def test_the_compiled_file_is_exactly_the_text_compiled() -> None:
    compiled = messages.as_mo(messages.updated(messages.PO.read_bytes(), EXTRACTED))
    assert messages.MO.read_bytes() == compiled


def test_the_script_finds_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--check"]) == 0
    assert capsys.readouterr().out == f"{len(EXTRACTED)} messages, 0 untranslated\n"


def test_the_files_know_no_day_and_no_machine() -> None:
    text = messages.PO.read_text(encoding="utf-8")
    assert "-Date:" not in text
    assert "Generated" not in text
    assert "#:" not in text


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(kaasav.__path__, "kaasav.")
    return [importlib.import_module(one.name) for one in found if not one.name.endswith("__main__")]


def test_every_problem_and_every_word_for_a_code_is_a_message() -> None:
    """A sentence somebody forgot to mark with `N_` would stay English."""
    kinds = {one for module in _modules() for one in vars(module).values() if isinstance(one, problems.ProblemKind)}
    shown = {sentence for kind in kinds for sentence in (kind.text, kind.hint) if sentence}
    for name, texts in vars(wording).items():
        if name.isupper() and isinstance(texts, dict):
            shown |= set(texts.values())
    assert len(shown) > 300
    assert shown - {form for ids in EXTRACTED for form in _forms(ids)} == set()


def test_hints_chosen_later_are_messages() -> None:
    """`DID_YOU_MEAN` and its like stand in for a kind's own hint."""
    later = {
        value
        for module in _modules()
        for name, value in vars(module).items()
        if name in ("DID_YOU_MEAN", "WRITE_NEW") and isinstance(value, str)
    }
    assert later
    assert later - EXTRACTED == set()


# --- How the sentences are written ------------------------------------------------------------------------------------


def _fields(sentence: str) -> Counter[str]:
    return Counter(name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None)


def test_placeholders_are_the_same() -> None:
    assert _wrong(lambda english, estonian: _fields(english).keys() == _fields(estonian).keys()) == []


def test_spaces_and_lines_at_the_ends_are_the_same() -> None:
    def ends(sentence: str) -> tuple[str, str]:
        return sentence[: len(sentence) - len(sentence.lstrip())], sentence[len(sentence.rstrip()) :]

    assert _wrong(lambda english, estonian: ends(english) == ends(estonian)) == []


def test_sentences_end_alike() -> None:
    def end(sentence: str) -> str:
        last = sentence.rstrip()[-1:]
        return last if last in tuple(".:?!…") else ""

    assert _wrong(lambda english, estonian: end(english) == end(estonian)) == []


def test_sentences_begin_alike() -> None:
    """A capital where English has one: screens put sentences together."""

    def capital(sentence: str) -> bool | None:
        first = sentence.lstrip()[:1]
        return first.isupper() if first.isalpha() else None

    def alike(english: str, estonian: str) -> bool:
        return None in (capital(english), capital(estonian)) or capital(english) == capital(estonian)

    named = ("SQLite", "Python", "Kaasav")  # names keep their capital wherever they stand
    wrong = [pair for pair in _wrong(alike) if not any(one.lstrip().startswith(named) for one in pair)]
    assert wrong == []


def test_quotes_are_estonian() -> None:
    def good(_english: str, estonian: str) -> bool:
        outside = re.sub("„[^„“”]*“", "", estonian)
        return not set(outside) & set('„“”"«»')

    assert _wrong(good) == []
    assert good("", "liik „foto“ ei sobi")
    assert not good("", "liik “foto” ei sobi")
    assert not good("", "liik „foto” ei sobi")


def test_as_much_is_quoted_as_in_english() -> None:
    """A quoted placeholder or keyword stays quoted, so that it stands out as what it is."""

    def quoted(sentence: str, pattern: str) -> list[str]:
        return re.findall(pattern, sentence)

    def good(english: str, estonian: str) -> bool:
        there = set(quoted(estonian, "„([^„“”]*)“"))
        return {one for one in quoted(english, "“([^“”]*)”") if "{" in one or "_" in one} <= there

    assert _wrong(good) == []


def test_percent_signs_keep_their_number() -> None:
    # the % of a template's tag, {{% … %}}, is no percent sign
    assert _wrong(lambda _english, estonian: not re.search(f"[^{NBSP}{{]%(?!}})", estonian)) == []


KEYWORD = re.compile(
    r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+\.(?:yaml|db)\b|--[a-z]+|\bkaasav (?:db [a-z]+|new|init|explain|catalogue show)"
    r"|id@version|assessments/\S*[a-z]|criteria/\S*[a-z]|KAASAV_LANG|SHA-256|EHAK|UTF-8|JSON|YAML|SQLite"
)


def test_what_stands_in_files_and_commands_is_not_translated() -> None:
    assert KEYWORD.findall("write in_force, see evidence.yaml, run: kaasav db check") == [
        "in_force",
        "evidence.yaml",
        "kaasav db check",
    ]

    def bare(sentence: str) -> str:
        return re.sub(r"\{\w+\}", "", sentence)

    assert _wrong(lambda en, et: set(KEYWORD.findall(bare(en))) <= set(KEYWORD.findall(bare(et)))) == []


# --- How the language is chosen ---------------------------------------------------------------------------------------


def test_estonian_and_english() -> None:
    use("et")
    assert (_("error"), _("warning"), language.active()) == ("viga", "hoiatus", "et")
    use("en")
    assert (_("error"), _("warning"), language.active()) == ("error", "warning", "en")


def test_a_sentence_without_translation_stays_english() -> None:
    use("et")
    assert _("a sentence nobody has translated") == "a sentence nobody has translated"
    assert plural("{n} unknown thing", "{n} unknown things", 2) == "{n} unknown things"


def test_marking_translates_nothing() -> None:
    use("et")
    assert N_("error") == "error"


def _kept(folder: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the Estonian sentences read anew, from a file of ``content``; None: there is no file."""
    path = folder / "et" / "LC_MESSAGES" / "kaasav.mo"
    if content is not None:
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    monkeypatch.setattr(language, "_LOCALE", folder)
    monkeypatch.setattr(language, "_lost", set())
    monkeypatch.setattr(language, "_loaded", {"en": gettext.NullTranslations()})


GOOD = messages.MO.read_bytes()
DAMAGED: dict[str, bytes | None] = {
    "missing": None,
    "empty": b"",
    "one byte": GOOD[:1],
    "cut short in its table": GOOD[:40],
    "cut short in the middle": GOOD[: len(GOOD) // 2],
    "cut short by one byte": GOOD[:-1],
    "filled up with zeros": GOOD[: len(GOOD) // 2] + bytes(len(GOOD) - len(GOOD) // 2),
    "zeros": bytes(1000),
    "one bit of a sentence": GOOD.replace("fail on tühi".encode(), "fail oo tühi".encode()),
    "a placeholder": GOOD.replace(b"{n}", b"{n "),
    "the charset": GOOD.replace(b"charset=UTF-8", b"charset=XXX-8"),
    "the plural": GOOD.replace(b"nplurals=", b"nplurals?"),
    "something else": b"<html>" * 100,
    "without its checksum": GOOD[:-4],
    "longer": GOOD + b"0",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_sentences_are_english_and_said_to_be_lost(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DAMAGED[damage] != GOOD
    _kept(tmp_path, DAMAGED[damage], monkeypatch)
    use("et")
    assert (_("error"), language.lost(), language.active()) == ("error", True, "et")
    assert plural("{n} item", "{n} items", 2).format(n=2) == "2 items"
    with using("en"):
        assert not language.lost()


def test_undamaged_sentences_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kept(tmp_path, GOOD, monkeypatch)
    use("et")
    assert (_("error"), language.lost()) == ("viga", False)


def test_other_programs_read_the_compiled_file_too() -> None:
    """The checksum stands behind everything gettext asks for."""
    assert gettext.GNUTranslations(BytesIO(GOOD)).gettext("error") == "viga"


@pytest.mark.parametrize("unknown", ["fr", "ET", "et_EE", ""])
def test_an_unknown_language_raises_and_changes_nothing(unknown: str) -> None:
    use("et")
    with pytest.raises(ValueError, match=f"^{unknown}$"):
        use(unknown)
    assert language.active() == "et"


def test_using_gives_the_former_language_back() -> None:
    use("en")
    with using("et"):
        assert _("error") == "viga"
        with using("en"):
            assert _("error") == "error"
        assert _("error") == "viga"
    assert _("error") == "error"


def test_using_gives_it_back_after_a_mistake_too() -> None:
    use("en")
    with pytest.raises(RuntimeError), using("et"):
        raise RuntimeError
    assert language.active() == "en"


@pytest.mark.parametrize(
    ("count", "estonian", "english"),
    [
        (0, "0 tõendit", "0 items"),
        (1, "1 tõend", "1 item"),
        (2, "2 tõendit", "2 items"),
        (21, "21 tõendit", "21 items"),
    ],
)
def test_plural(count: int, estonian: str, english: str) -> None:
    for code, expected in (("et", estonian), ("en", english)):
        with using(code):
            assert plural("{n} item", "{n} items", count).format(n=count) == expected


@pytest.mark.parametrize(
    ("texts", "estonian", "english"),
    [
        ({"et": "Kogukonnad", "en": "Communities"}, "Kogukonnad", "Communities"),
        ({"et": "Kogukonnad"}, "Kogukonnad", "Kogukonnad"),
        ({"en": "Communities"}, "Communities", "Communities"),
        ({}, "", ""),
    ],
)
def test_words_of_a_catalogue(texts: dict[str, str], estonian: str, english: str) -> None:
    with using("et"):
        assert words(texts) == estonian
    with using("en"):
        assert words(texts) == english


def test_a_problem_reads_in_either_language() -> None:
    one = EMPTY.at(problems.Location("evidence.yaml", 3, 5))
    with using("et"):
        assert (one.message, one.hint) == ("fail on tühi (0 baiti)", "küsige fail uuesti")
    with using("en"):
        assert (one.message, one.hint) == ("the file is empty (0 bytes)", "ask for it again")


# --- How messages are collected ---------------------------------------------------------------------------------------


def test_extraction_sees_calls_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "one.py").write_text(
        "\n".join(
            [
                'A = _("plain")',
                "B = f\"{_('inside an f-string')}: {1}\"",
                'C = _("two " "parts")',
                'D = error("code", N_("marked"), N_("hint"))',
                'E = plural("{n} thing", "{n} things", n)',
                "F = _(variable) + plural(one, many, n) + other('no message')",
                'G = language._("through the module")',
                "found, _ = pair",
            ]
        ),
        encoding="utf-8",
    )
    assert messages.extracted(tmp_path) == {
        "plain",
        "inside an f-string",
        "two parts",
        "marked",
        "hint",
        ("{n} thing", "{n} things"),
        "through the module",
    }


def test_a_changed_sentence_is_a_new_one() -> None:
    po = messages.as_po(messages.updated(b"", {"the file is empty", ("{n} item", "{n} items")}))
    filled = po.replace(
        b'msgid "the file is empty"\nmsgstr ""', 'msgid "the file is empty"\nmsgstr "fail on tühi"'.encode()
    )
    assert filled != po
    kept = messages.updated(filled, {"the file is empty", "the file is quite empty"})
    assert {message.id: message.string for message in kept if message.id} == {
        "the file is empty": "fail on tühi",
        "the file is quite empty": "",
    }
    assert list(messages.untranslated(kept)) == ["the file is quite empty"]
    now_two_forms = messages.updated(filled, {("the file is empty", "the files are empty")})
    assert list(messages.untranslated(now_two_forms)) == ["the file is empty"]


def test_the_same_words_give_the_same_bytes() -> None:
    po = messages.PO.read_bytes()
    backwards = messages.updated(po, dict.fromkeys(sorted(EXTRACTED, key=str, reverse=True)))
    assert messages.as_po(backwards) == po
    assert messages.as_mo(backwards) == messages.MO.read_bytes()


def test_the_script_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a copy with one translation taken away: told and not repaired by --check, written without it."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PO", tmp_path / "kaasav.po")
    monkeypatch.setattr(messages, "MO", tmp_path / "kaasav.mo")
    without = _script().PO.read_bytes().replace(b'msgstr "viga"', b'msgstr ""')
    messages.PO.write_bytes(without)
    assert messages.main(["--check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said == ["untranslated: error", "out of date: kaasav.mo", f"{len(EXTRACTED)} messages, 1 untranslated"]
    assert not messages.MO.exists()
    assert messages.main([]) == 0
    assert "written: kaasav.mo" in capsys.readouterr().out
    assert messages.MO.exists()


def test_the_script_writes_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off while it writes, it leaves the former file."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    for name in ("PO", "MO"):
        former: Path = getattr(messages, name)
        monkeypatch.setattr(messages, name, tmp_path / former.name)
        (tmp_path / former.name).write_bytes(former.read_bytes().replace(b"viga", b"vaga"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def cut_off(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            messages.main([])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    messages.main([])
    assert (tmp_path / "kaasav.mo").read_bytes() != before["kaasav.mo"]


def test_the_script_knows_one_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--chekc"]) == 2
    assert "--check" in capsys.readouterr().err
