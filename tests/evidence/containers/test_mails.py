import datetime
import time

import pytest
from samples import mails
from samples.compound import compound

from kaasav.evidence.containers import ContainerError, Mail, open_container
from kaasav.evidence.containers import contents as bounds
from kaasav.evidence.text.pages import Why

SENT = mails.SENT


def mail(data: bytes) -> Mail:
    found = open_container("eml", data).mail
    assert found is not None
    return found


def names(kind: str, data: bytes) -> list[str]:
    return [member.name for member in open_container(kind, data).members]


def refusal(kind: str, data: bytes) -> tuple[Why, str]:
    with pytest.raises(ContainerError) as refused:
        open_container(kind, data)
    return refused.value.why, refused.value.detail


def test_a_mail_with_files():
    data = mails.eml("Küla kinnitus", "Tere!\nKinnitame.", {"õ kiri.pdf": b"%PDF", "b.txt": b"b"})
    contents = open_container("eml", data)
    assert {member.name: member.data for member in contents.members} == {"õ kiri.pdf": b"%PDF", "b.txt": b"b"}
    assert contents.mail == Mail(
        "Küla kinnitus",
        "Mari Männik <mari@naidisvald.naidis>",
        ("Vallavalitsus <info@naidisvald.naidis>",),
        SENT,
        "Tere!\r\nKinnitame.\r\n",
    )


def test_outlooks_mail_with_files():
    data = mails.msg("Küla kinnitus", "Tere!", {"õ kiri.pdf": b"%PDF" * 2_000, "b.txt": b"b"})
    contents = open_container("msg", data)
    assert {member.name: member.data for member in contents.members} == {"õ kiri.pdf": b"%PDF" * 2_000, "b.txt": b"b"}
    assert contents.mail == Mail(
        "Küla kinnitus", "Mari Männik <mari@naidisvald.naidis>", ("Vallavalitsus",), SENT, "Tere!"
    )


def test_of_a_text_written_twice_the_plain_one_is_read():
    assert mail(mails.eml("x", "Tere lihtsalt", html="<p>Tere ilusasti")).body.strip() == "Tere lihtsalt"
    only = b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>T\xc3\xb5si <b>on"
    assert mail(only).body.strip() == "Tõsi on"


def test_a_mail_in_a_mail_is_an_inner_mail():
    inner = mails.eml("Sisemine", "sees", {"k.txt": b"k"})
    contents = open_container("eml", mails.eml("Välimine", "väljas", attached=inner))
    assert [member.name for member in contents.members] == ["Sisemine.eml"]
    again = open_container("eml", contents.members[0].data, depth=2)
    assert (again.mail.subject, [member.name for member in again.members]) == ("Sisemine", ["k.txt"])


def test_a_mail_in_outlooks_mail_is_a_text_and_its_files():
    inner = mails.message("Sisemine", "sees", {"k.txt": b"k"}, head=24)
    members = open_container("msg", mails.msg("Välimine", "väljas", {"a.txt": b"a"}, attached=inner)).members
    assert [member.name for member in members] == ["a.txt", "Sisemine.txt", "k.txt"]
    assert "sees" in members[1].data.decode()


def test_mails_in_mails_in_mails_in_mails():
    tree = mails.message("4", "x", head=24)
    for number in (3, 2):
        tree = mails.message(str(number), "x", attached=tree, head=24)
    assert names("msg", mails.msg("1", "x", attached=mails.message("2", "x", head=24))) == ["2.txt"]
    assert refusal("msg", mails.msg("1", "x", attached=tree)) == (Why.BOMB, "too-deep")


HEADERS = b'From: a@b.ee\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="p"\r\n\r\n'
PART = b'--p\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n\r\nx\r\n'


def test_ten_thousand_files_in_a_mail():
    started = time.process_time()
    assert refusal("eml", HEADERS + PART * 10_000 + b"--p--\r\n") == (Why.BOMB, "too-many-members")
    assert time.process_time() - started < 3
    assert len(names("eml", HEADERS + PART * bounds.MOST_ATTACHMENTS + b"--p--\r\n")) == bounds.MOST_ATTACHMENTS
    assert refusal("eml", HEADERS + PART * (bounds.MOST_ATTACHMENTS + 1) + b"--p--\r\n") == (
        Why.BOMB, "too-many-members")  # fmt: skip


def test_ten_thousand_files_in_outlooks_mail(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ATTACHMENTS", 20)
    assert len(names("msg", mails.msg("x", "x", {f"{n}.txt": b"x" for n in range(20)}))) == 20
    assert refusal("msg", mails.msg("x", "x", {f"{n}.txt": b"x" for n in range(21)})) == (
        Why.BOMB, "too-many-members")  # fmt: skip


def nested(depth: int) -> bytes:
    data = b"Content-Type: text/plain\r\n\r\ntere\r\n"
    for number in range(depth):
        mark = b"p%d" % number
        data = b"Content-Type: multipart/mixed; boundary=" + mark + b"\r\n\r\n--" + mark + b"\r\n" + data + (
            b"\r\n--" + mark + b"--\r\n")  # fmt: skip
    return b"MIME-Version: 1.0\r\n" + data


def test_parts_in_parts_in_parts():
    assert mail(nested(20)).body.strip() == "tere"
    started = time.process_time()
    assert refusal("eml", nested(3_000)) == (Why.BOMB, "too-deep")
    assert time.process_time() - started < 3


def test_names_that_escape_and_names_twice():
    escaping = HEADERS + PART.replace(b"a.pdf", b"../../a.pdf") + PART + PART.replace(b"a.pdf", b"C:\\\\x\\\\b.pdf")
    assert names("eml", escaping + b"--p--") == ["a.pdf", "a (2).pdf", "x/b.pdf"]
    assert names("msg", mails.msg("x", "x", {"..\\a.txt": b"1", "a.txt": b"2"})) == ["a.txt", "a (2).txt"]


def test_encoded_names_and_headers():
    raw = HEADERS.replace(
        b"Subject: x", b"Subject: =?iso-8859-15?Q?K=FCla=A6?=\r\n =?utf-8?B?w7VpZ3Vz?="
    ) + PART.replace(b'"a.pdf"', b'"=?utf-8?Q?=C3=B5igus.pdf?="')
    assert mail(raw).subject == "KülaŠõigus"
    assert names("eml", raw) == ["õigus.pdf"]
    assert mail(b"Subject: k\xfcla\r\nMIME-Version: 1.0\r\n\r\nx").subject == "küla"
    assert mail(b"Subject: =?tundmatu?B?w7V?=\r\nDate: eile\r\n\r\nx").date is None


def test_bodies_that_break_their_encoding():
    broken = HEADERS + PART.replace(b"\r\n\r\nx", b"\r\nContent-Transfer-Encoding: base64\r\n\r\nc2lzdQ") + b"--p--"
    assert open_container("eml", broken).members[0].data == b"sisu"


def test_a_mail_cut_short_keeps_what_is_there():
    data = mails.eml("x", "Tere", {"a.txt": b"sisu" * 100})
    assert mail(data[: len(data) // 2]).subject == "x"
    assert refusal("eml", b"a: b\r\n" * 100_000)[0] is Why.DAMAGED


def test_outlooks_mail_cut_short_or_without_anything():
    data = mails.msg("x", "Tere", {"a.txt": b"sisu" * 2_000})
    for cut in (0, 100, 600, len(data) // 2):
        assert refusal("msg", data[:cut])[0] is Why.DAMAGED
    assert open_container("msg", compound({"x": b"y"})).mail == Mail("", "", (), None, "")


def test_times_without_a_zone():
    assert mail(b"Subject: x\r\nDate: Thu, 12 Mar 2026 10:30:00 -0000\r\n\r\nx").date == datetime.datetime(
        2026, 3, 12, 10, 30)  # fmt: skip
