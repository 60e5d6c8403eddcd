"""Whether one use stands: each reason beside the good twin that passes."""

import datetime
from dataclasses import replace

import pytest

from kaasav.evidence.facts import Place, Sighting, State
from kaasav.scoring.case import Item, Use
from kaasav.scoring.usability import Check, check

from . import build
from .build import at, criterion, day, item, use

CATALOGUE = build.catalogue(
    criterion("K1"),
    criterion("K2", accepts=["minutes", "plan"]),
    criterion("K3", max_age=6),
    criterion("K4", max_age=48),
    build.SURVEYED,
)


def checked(one: Item, a_use: Use | None = None) -> tuple[str, list[str]]:
    """The check of one use and the codes of its reasons."""
    found = check(a_use or use(one.id), build.case(CATALOGUE, items=[one]))
    return found.check.value, [reason.code for reason in found.reasons]


USABLE: tuple[str, list[str]] = ("usable", [])


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.OK, USABLE),
        (State.MISSING, ("unusable", ["evidence-missing"])),
        (State.EMPTY, ("unusable", ["evidence-empty"])),
        (State.ENCRYPTED, ("unusable", ["evidence-encrypted"])),
        (State.UNREADABLE, ("unusable", ["evidence-unreadable"])),
        (State.MISLABELLED, ("unusable", ["evidence-mislabelled"])),
        (State.UNSAFE, ("unusable", ["evidence-unsafe"])),
        (State.NO_CAPTURE, ("unusable", ["evidence-no-capture"])),
    ],
)
def test_the_file(state: State, expected: tuple[str, list[str]]) -> None:
    assert checked(item("a", state=state)) == expected


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ("", "evidence-missing"),
        ("case", "evidence-other-case"),
        ("erased", "evidence-erased"),
        ("not-inside", "evidence-not-inside"),
        ("no-container", "evidence-no-container"),
    ],
)
def test_why_a_file_is_not_there(detail: str, code: str) -> None:
    one = item("a", state=State.MISSING)
    assert checked(replace(one, facts=replace(one.facts, detail=detail))) == ("unusable", [code])


def test_a_file_that_is_just_not_there_has_no_details() -> None:
    (reason,) = check(use("a"), build.case(CATALOGUE, items=[item("a", state=State.MISSING)])).reasons
    assert reason.details == ()


def test_a_bad_file_does_not_also_complain_about_places() -> None:
    assert checked(item("a", state=State.MISSING), Use("a", "K1")) == ("unusable", ["evidence-missing"])
    assert checked(item("a", state=State.MISSING), use("a", "K1", at("not-found", "words"))) == (
        "unusable",
        ["evidence-missing"],
    )


@pytest.mark.parametrize(
    ("kind", "expected"), [("minutes", USABLE), ("letter", ("unusable", ["evidence-kind-not-accepted"]))]
)
def test_the_kind(kind: str, expected: tuple[str, list[str]]) -> None:
    assert checked(item("a", kind), use("a", "K2")) == expected


def test_a_kind_not_accepted_is_said_with_its_criterion() -> None:
    (reason,) = check(use("a", "K2"), build.case(CATALOGUE, items=[item("a", "letter")])).reasons
    assert (reason.severity, dict(reason.details)) == ("warning", {"criterion": "K2", "kind": "letter"})


@pytest.mark.parametrize(
    ("kind", "date", "criterion_id", "expected"),
    [
        # minutes: at most 24 months before 30 September 2026
        ("minutes", "2024-09-30", "K1", "usable"),
        ("minutes", "2024-09-29", "K1", "evidence-too-old"),
        ("minutes", "2026-09-30", "K1", "usable"),
        ("minutes", "2026-10-01", "K1", "evidence-dated-later"),
        # the shorter of the kind's 24 and the criterion's 6 or 48 months
        ("minutes", "2026-03-30", "K3", "usable"),
        ("minutes", "2026-03-29", "K3", "evidence-too-old"),
        ("minutes", "2024-09-30", "K4", "usable"),
        ("minutes", "2024-09-29", "K4", "evidence-too-old"),
        # the kind has no limit: the criterion's alone, or none at all
        ("budget", "2022-09-30", "K4", "usable"),
        ("budget", "2022-09-29", "K4", "evidence-too-old"),
        ("budget", "1999-01-01", "K1", "usable"),
        # a snapshot ages as an event does
        ("page", "2025-09-30", "K1", "usable"),
        ("page", "2025-09-29", "K1", "evidence-too-old"),
    ],
)
def test_the_age_of_events_and_snapshots(kind: str, date: str, criterion_id: str, expected: str) -> None:
    found, reasons = checked(item("a", kind, date), use("a", criterion_id))
    assert [found, *reasons] == (["usable"] if expected == "usable" else ["unusable", expected])


@pytest.mark.parametrize("kind", ["minutes", "page", "budget"])
def test_an_event_without_date_is_open(kind: str) -> None:
    assert checked(item("a", kind, None)) == ("open", ["evidence-no-date"])
    assert checked(item("a", kind, "2026-09-01")) == USABLE


@pytest.mark.parametrize(
    ("judged_at", "date", "expected"),
    [
        ("2026-08-31", "2026-02-28", "usable"),
        ("2026-08-31", "2026-02-27", "unusable"),
        ("2024-08-31", "2024-02-29", "usable"),
        ("2024-08-31", "2024-02-28", "unusable"),
        ("2026-03-31", "2025-09-30", "usable"),
        ("2026-03-31", "2025-09-29", "unusable"),
    ],
)
def test_six_months_back_ends_with_the_month_and_takes_that_day_in(judged_at: str, date: str, expected: str) -> None:
    one = item("a", "minutes", date)
    case = build.changed(build.case(CATALOGUE, items=[one]), evidence_date=day(judged_at))
    assert check(use("a", "K3"), case).check.value == expected


@pytest.mark.parametrize(
    ("kind", "in_reply", "judged_at"),
    [
        ("minutes", False, build.EVIDENCE_DATE),
        ("minutes", True, build.CLOSING_DATE),
        ("interview", False, build.CLOSING_DATE),
        ("interview", True, build.CLOSING_DATE),
    ],
)
def test_the_day_an_item_is_judged_at(kind: str, in_reply: bool, judged_at: datetime.date) -> None:
    one = item("a", kind, in_reply=in_reply)
    assert build.case(CATALOGUE).judged_at(one) == judged_at


def test_an_item_lowered_to_the_assessors_origin_is_still_of_its_kind() -> None:
    assert build.case(CATALOGUE).judged_at(item("a", "letter", origin="assessor")) == build.EVIDENCE_DATE
    assert build.case(CATALOGUE).judged_at(item("a", "interview", origin="municipality")) == build.CLOSING_DATE


@pytest.mark.parametrize(
    ("kind", "date", "in_reply", "expected"),
    [
        ("minutes", "2026-11-01", False, "evidence-dated-later"),
        ("minutes", "2026-11-01", True, "usable"),
        ("interview", "2026-12-15", False, "usable"),
        ("interview", "2026-12-16", False, "evidence-dated-later"),
        ("minutes", "2024-09-30", False, "usable"),
        ("minutes", "2024-09-30", True, "evidence-too-old"),
        ("interview", "2025-12-15", False, "usable"),
        ("interview", "2025-12-14", False, "evidence-too-old"),
    ],
)
def test_what_comes_later_is_judged_later(kind: str, date: str, in_reply: bool, expected: str) -> None:
    found, reasons = checked(item("a", kind, date, in_reply=in_reply))
    assert [found, *reasons] == (["usable"] if expected == "usable" else ["unusable", expected])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-01-01", None, "usable"),
        ("2020-01-01", "2026-09-30", "usable"),
        ("2020-01-01", "2026-09-29", "evidence-not-in-force"),
        ("2026-09-30", None, "usable"),
        ("2026-09-30", "2026-09-30", "usable"),
        ("2026-10-01", None, "evidence-not-in-force"),
    ],
)
@pytest.mark.parametrize("date", [None, "1999-01-01"])
def test_an_act_in_force(start: str, end: str | None, expected: str, date: str | None) -> None:
    found, reasons = checked(item("a", "plan", date, in_force=(start, end)), use("a", "K3"))
    assert [found, *reasons] == (["usable"] if expected == "usable" else ["unusable", expected])


def test_an_act_that_ended_is_said_with_its_days() -> None:
    def details(end: str | None, start: str) -> dict[str, str]:
        one = item("a", "plan", None, in_force=(start, end))
        (reason,) = check(use("a"), build.case(CATALOGUE, items=[one])).reasons
        return dict(reason.details)

    assert details("2025-12-31", "2020-01-01") == {"from_": "2020-01-01", "to": "2025-12-31", "day": "2026-09-30"}
    assert details(None, "2027-01-01") == {"from_": "2027-01-01", "to": "…", "day": "2026-09-30"}


@pytest.mark.parametrize(
    ("date", "checked_on", "expected"),
    [
        ("2010-01-01", "2026-09-01", "usable"),
        ("2010-01-01", "2025-09-30", "usable"),
        ("2010-01-01", "2025-09-29", "open"),
        ("2010-01-01", None, "open"),
        (None, "2026-09-01", "open"),
        (None, None, "open"),
        ("2026-09-30", "2026-09-30", "usable"),
    ],
)
def test_an_act_without_in_force_needs_its_date_and_somebody_who_checked(
    date: str | None, checked_on: str | None, expected: str
) -> None:
    found = checked(item("a", "plan", date, checked_on=checked_on))
    assert found == (USABLE if expected == "usable" else ("open", ["evidence-force-unknown"]))


@pytest.mark.parametrize("in_force", [None, ("2020-01-01", None)])
def test_an_act_dated_later_is_unusable_even_if_in_force(in_force: tuple[str, None] | None) -> None:
    def at_date(date: str) -> tuple[str, list[str]]:
        return checked(item("a", "plan", date, in_force=in_force, checked_on="2026-09-30"))

    assert at_date("2026-10-01") == ("unusable", ["evidence-dated-later"])
    assert at_date("2026-09-30") == USABLE


@pytest.mark.parametrize(
    ("end", "in_reply", "expected"),
    [("2026-10-31", False, "usable"), ("2026-10-31", True, "unusable"), ("2026-12-15", True, "usable")],
)
def test_an_act_from_the_reply_must_be_in_force_at_the_closing_date(end: str, in_reply: bool, expected: str) -> None:
    assert checked(item("a", "plan", None, in_force=("2020-01-01", end), in_reply=in_reply))[0] == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (at("found"), USABLE),
        (at("found", "the elders met"), USABLE),
        (at("found", "the elders met", 3, [3]), USABLE),
        (at("found", None, 3), USABLE),
        (at("not-found", "the elders met"), ("unusable", ["passage-not-found"])),
        (at("not-found", None, 9), ("unusable", ["no-such-page"])),
        (at("not-found", "the elders met", 9), ("unusable", ["passage-not-found"])),
        (at("elsewhere", "the elders met", 3, [4, 7]), ("unusable", ["passage-elsewhere"])),
    ],
)
def test_the_place(place: tuple[Place, Sighting], expected: tuple[str, list[str]]) -> None:
    assert checked(item("a"), use("a", "K1", place)) == expected


def test_where_a_passage_really_stands_is_said() -> None:
    one = build.case(CATALOGUE, items=[item("a")])
    (reason,) = check(use("a", "K1", at("elsewhere", "the elders met", 3, [4, 7])), one).reasons
    assert reason.message == "not on page 3 but on page 4, 7: “the elders met”"
    assert reason.hint == "correct the page"


def test_a_use_without_place_is_open() -> None:
    assert checked(item("a"), Use("a", "K1")) == ("open", ["evidence-no-place"])
    assert checked(item("a"), Use("a", "K1", seen=True)) == ("open", ["evidence-no-place"])
    assert checked(item("a"), use("a")) == USABLE


def test_one_place_not_found_takes_all() -> None:
    good, bad, unseen = at("found", "the elders met"), at("not-found", "never said"), at("unsearchable", None, 2)
    assert checked(item("a"), use("a", "K1", good, good)) == USABLE
    assert checked(item("a"), use("a", "K1", good, bad)) == ("unusable", ["passage-not-found"])
    assert checked(item("a"), use("a", "K1", bad, unseen)) == ("unusable", ["passage-not-found", "page-uncheckable"])
    assert checked(item("a"), use("a", "K1", good, unseen)) == ("open", ["page-uncheckable"])


@pytest.mark.parametrize(
    ("searchable", "place", "reason"),
    [
        (False, at("unsearchable"), "evidence-unsearchable"),
        (False, at("unsearchable", "the elders met"), "evidence-unsearchable"),
        (False, at("unsearchable", None, 2), "evidence-unsearchable"),
        (True, at("unsearchable", None, 2), "page-uncheckable"),
        (True, at("unsearchable", "the elders met"), "evidence-unsearchable"),
    ],
)
def test_what_no_program_can_search_is_open_until_an_assessor_has_seen_it(
    searchable: bool, place: tuple[Place, Sighting], reason: str
) -> None:
    one = item("a", searchable=searchable)
    assert checked(one, use("a", "K1", place)) == ("open", [reason])
    assert checked(one, use("a", "K1", place, seen=True)) == USABLE


def test_having_seen_it_does_not_help_what_was_searched() -> None:
    assert checked(item("a"), use("a", "K1", at("not-found", "never said"), seen=True))[0] == "unusable"
    assert checked(item("a", "minutes", None), use("a", seen=True))[0] == "open"


def test_every_reason_is_told_and_the_worst_decides() -> None:
    one = item("a", "letter", "2020-01-01")
    assert checked(one, Use("a", "K2")) == (
        "unusable",
        ["evidence-kind-not-accepted", "evidence-too-old", "evidence-no-place"],
    )
    assert checked(item("a", "minutes", None), Use("a", "K2")) == ("open", ["evidence-no-date", "evidence-no-place"])


def looked(state: State, detail: str = "") -> Item:
    one = item("a", state=state)
    return replace(one, facts=replace(one.facts, detail=detail))


SCAN = item("a", searchable=False)


@pytest.mark.parametrize(
    ("one", "a_use", "message"),
    [
        (looked(State.MISSING), use("a"), "the file is not in the folder"),
        (
            looked(State.MISSING, "case"),
            use("a"),
            "a file of this name is in the folder, but written with other capital or small letters",
        ),
        (looked(State.EMPTY), use("a"), "the file is empty (0 bytes)"),
        (looked(State.ENCRYPTED, "encrypted"), use("a"), "the file is encrypted"),
        (looked(State.UNREADABLE, "damaged"), use("a"), "the file cannot be read (damaged)"),
        (
            looked(State.MISLABELLED, "ending-pdf-content-docx"),
            use("a"),
            "the name says pdf, but the content is docx",
        ),
        (
            looked(State.UNSAFE, "symlink"),
            use("a"),
            "the path does not lead to a plain file inside the folder: a link that leads elsewhere",
        ),
        (looked(State.NO_CAPTURE), use("a"), "a link without a stored capture"),
        (item("a", "letter"), use("a", "K2"), "K2 does not accept evidence of the kind “letter”"),
        (item("a", date="2026-10-01"), use("a"), "dated 2026-10-01, after 2026-09-30, the day it is judged at"),
        (
            item("a", date="2026-12-16", in_reply=True),
            use("a"),
            "dated 2026-12-16, after 2026-12-15, the day it is judged at",
        ),
        (item("a", "plan", "2026-10-01"), use("a"), "dated 2026-10-01, after 2026-09-30, the day it is judged at"),
        (
            item("a", date="2026-03-29"),
            use("a", "K3"),
            "dated 2026-03-29; for K3 it must not be older than 2026-03-30",
        ),
        (item("a", date=None), use("a"), "it has no date, so its age cannot be judged"),
        (item("a", "plan", None), use("a"), "nothing says that the act is in force on 2026-09-30"),
        (item("a"), Use("a", "K1"), "it is not said where in the file this is shown"),
        (item("a"), use("a", "K1", at("not-found", "never said")), "the passage is not in the file: “never said”"),
        (item("a"), use("a", "K1", at("not-found", None, 9)), "the file has no page 9"),
        (
            item("a"),
            use("a", "K1", at("unsearchable", None, 2)),
            "page 2 cannot be looked up by a program in this file (pdf)",
        ),
        (SCAN, use("a", "K1", at("unsearchable")), "no program can search this file (jpeg)"),
    ],
)
def test_every_reason_says_what_is_wrong(one: Item, a_use: Use, message: str) -> None:
    (reason,) = check(a_use, build.case(CATALOGUE, items=[one])).reasons
    assert reason.message == message


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("absolute", "an absolute path"),
        ("drive", "a drive letter"),
        ("parent", "it leads upwards with “..”"),
        ("backslash", "a backslash; write /"),
        ("nul", "a character no file name can have"),
        ("symlink", "a link that leads elsewhere"),
        ("directory", "a folder"),
        ("fifo", "a pipe, no file"),
        ("socket", "a socket, no file"),
        ("device", "a device, no file"),
        ("zip-bomb", "unpacked it would be huge"),
        ("entities", "it holds declarations no honest file of this kind has"),
        ("permission", "no permission"),
        ("changed", "it changed while being read"),
        ("io", "the disk or network reported an error"),
        ("damaged", "damaged"),
        ("truncated", "its end is missing"),
        ("no-pages", "it has no pages"),
    ],
)
def test_what_a_look_leaves_as_a_code_is_said_in_words(code: str, words: str) -> None:
    (reason,) = check(use("a"), build.case(CATALOGUE, items=[looked(State.UNREADABLE, code)])).reasons
    assert reason.details == (("why_word", code),)
    assert reason.message == f"the file cannot be read ({words})"


def test_a_survey_criterion_takes_no_evidence() -> None:
    with pytest.raises(TypeError, match="R9 takes no evidence"):
        check(use("a", "R9"), build.case(CATALOGUE, items=[item("a")]))


def test_checks_are_words_of_a_record() -> None:
    assert [one.value for one in Check] == ["usable", "open", "unusable"]
