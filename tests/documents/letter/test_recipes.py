"""The four files of a letter, and what makes them new."""

import dataclasses
import datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

from kaasav.documents.letter.contact import Contact
from kaasav.documents.letter.recipes import FORMATS, Attachment, recipes
from kaasav.documents.source import Source
from kaasav.evidence.containers import open_container
from kaasav.language import use

DAY = datetime.date
TO = Contact("Mari Mets", "vallavanem", "vald@naidis.example", "Kase 2", "7/1", None, "–", None)


def by_format(source: Source, **more: Any) -> dict[str, Any]:
    return {one.format: one for _ending, one in recipes(source, "naidisvald", None, **more)}


def test_names_and_formats(source: Source) -> None:
    use("et")
    assert [(ending, one.format) for ending, one in recipes(source, "n", None)] == [
        (f"-kiri.{one}", one) for one in FORMATS
    ]


def test_the_container_holds_the_files_themselves_and_what_goes_along(source: Source) -> None:
    made = by_format(source, contact=TO, attachments=[Attachment("t.pdf", b"%PDF-", "Certificate")])
    opened = open_container("asice", made["asice"].render())
    assert {one.name: one.data for one in opened.members} == {
        "naidisvald-letter.docx": made["docx"].render(),
        "naidisvald-letter.pdf": made["pdf"].render(),
        "t.pdf": b"%PDF-",
    }
    mail: Any = message_from_bytes(made["eml"].render(), policy=default)
    assert mail["To"] == "vald@naidis.example"
    assert [one.get_filename() for one in mail.iter_attachments()] == ["naidisvald-letter.pdf", "t.pdf"]
    assert made["docx"].data["letter"]["attachments"] == ["Certificate"]


def test_the_mails_day_is_the_letters_where_it_is_known(source: Source) -> None:
    for sent, said in ((None, source.submission.round.closing_date), (DAY(2026, 10, 12), DAY(2026, 10, 12))):
        contact = dataclasses.replace(TO, our_date=sent)
        mail: Any = message_from_bytes(by_format(source, contact=contact)["eml"].render(), policy=default)
        assert mail["Date"].datetime.date() == said


def test_no_quotation_stands_in_another(source: Source) -> None:
    mail: Any = message_from_bytes(by_format(source, contact=TO)["eml"].render(), policy=default)
    text = mail.get_body(("plain",)).get_content()
    assert "our letter: Label “Inclusive municipality”: feedback" in text
    assert "““" not in text
    assert text.count("“") == 1


def test_the_recipe_changes_with_what_it_is_made_of_and_with_nothing_else(source: Source) -> None:
    one, same = by_format(source, contact=TO), by_format(source, contact=TO)
    assert all(one[kind].digest == same[kind].digest for kind in FORMATS)
    bare = by_format(source)
    assert all(one[kind].digest != bare[kind].digest for kind in FORMATS)
    along = by_format(source, contact=TO, attachments=[Attachment("t.pdf", b"1", "Certificate")])
    other = by_format(source, contact=TO, attachments=[Attachment("t.pdf", b"2", "Certificate")])
    assert [kind for kind in FORMATS if along[kind].digest != other[kind].digest] == ["asice", "eml"]
