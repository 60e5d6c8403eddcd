import zipfile

import pytest
from samples import digidoc, mails, old_office
from samples.compound import compound

from kaasav.evidence.filetype import identify, matches_ending
from kaasav.evidence.ziplist import names

DOCUMENT = "application/vnd.oasis.opendocument."


def kind(data: bytes, suffix: str = "") -> str:
    return identify(data, data, suffix)


SIMPLE = {
    "rtf": b"{\\rtf1\\ansi tere}",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
    "mov": b"\0\0\0\x14ftypqt  \0\0\2\0qt  ",
    "eml": b"Received: from x\r\n by y\r\nFrom: a@b.ee\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\ntere",
    "mhtml": b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
    "ddoc": b'<?xml version="1.0" encoding="UTF-8"?>\n<SignedDoc format="DIGIDOC-XML" version="1.3">',
    "cdoc": b'<?xml version="1.0"?><denc:EncryptedData xmlns:denc="http://www.w3.org/2001/04/xmlenc#">',
    "xml": b"<?xml version='1.0'?><!-- <html> --><note/>",
    "exe": b"MZ\x90\0\3\0\0\0" + b"\0" * 56 + b"PE\0\0",
    "elf": b"\x7fELF\2\1\1" + b"\0" * 60,
    "unknown": b"\x01\x02\x03\x04 midagi",
    "webp": b"RIFF\x1a\0\0\0WEBPVP8 ",
    "tiff": b"MM\0*\0\0\0\x08",
    "avif": b"\0\0\0\x1cftypavif\0\0\0\0avif",
    "7z": b"7z\xbc\xaf\x27\x1c\0\4",
}


@pytest.mark.parametrize(("expected", "data"), SIMPLE.items(), ids=list(SIMPLE))
def test_by_signature(expected, data):
    assert kind(data) == expected


@pytest.mark.parametrize("image", ["JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP"])
def test_pictures(make, image):
    assert kind(make.image(image)) == image.lower()


def test_documents_as_programs_write_them(make):
    assert kind(make.docx("Tere")) == "docx"
    assert kind(make.xlsx([1])) == "xlsx"
    assert kind(make.pdf("Tere")) == "pdf"
    assert kind(b"\r\n junk before\n" + make.pdf("Tere")) == "pdf"


@pytest.mark.parametrize(
    ("mimetype", "expected"),
    [
        (DOCUMENT + "text", "odt"),
        (DOCUMENT + "spreadsheet", "ods"),
        (DOCUMENT + "presentation", "odp"),
        ("application/vnd.etsi.asic-e+zip", "asice"),
        ("application/vnd.etsi.asic-s+zip", "asics"),
        ("application/octet-stream", "zip"),
    ],
)
def test_zips_that_state_their_type(make, mimetype, expected):
    assert kind(make.zip({"content.xml": "x", "META-INF/manifest.xml": "x"}, mimetype)) == expected


def test_zips_by_what_is_in_them(make):
    assert kind(make.zip({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"})) == "pptx"
    assert kind(make.zip({"word/kiri.txt": "x"})) == "zip"
    inner = make.docx("Tere")
    assert kind(make.zip({"leht.docx": inner}, method=zipfile.ZIP_STORED)) == "zip"
    assert kind(make.docx("Tere")[:-200]) == "zip-damaged"


def test_the_directory_of_a_zip_is_found_from_its_end(make):
    data = make.zip({f"{n}.txt": "x" for n in range(3)})
    assert names(data) == ["0.txt", "1.txt", "2.txt"]
    assert names(b"before" + data) == ["0.txt", "1.txt", "2.txt"]
    assert names(data[:-10]) is None
    assert names(data[-100:]) is None  # the directory began earlier
    assert names(b"PK\x05\x06" + b"\xff" * 18) is None
    assert names(b"") is None


@pytest.mark.parametrize(
    ("streams", "expected"),
    [
        (["WordDocument"], "doc"),
        (["Workbook"], "xls"),
        (["Book"], "xls"),
        (["PowerPoint Document"], "ppt"),
        (["__properties_version1.0"], "msg"),
        (["EncryptionInfo", "EncryptedPackage"], "office-encrypted"),
        (["Workbook", "WordDocument"], "xls"),  # a Word document inside a workbook
        (["midagi muud"], "ole"),
    ],
)
def test_ole_documents_by_their_streams(make, streams, expected):
    assert kind(make.ole(*streams)) == expected


def test_ole_documents_by_the_class_of_their_root():
    assert kind(old_office.doc("Tere")) == "doc"
    assert kind(old_office.xls(("A", [["x"]]))) == "xls"
    assert (
        kind(mails.msg("x", "y", {"a.doc": old_office.doc("Tere"), "b.xls": old_office.xls(("A", [["x"]]))})) == "msg"
    )


def test_outlooks_mails_without_a_class_that_carry_documents():
    tree = mails.message("x", "y", {f"{n}.doc": old_office.doc("Tere") for n in range(9)})
    assert kind(compound(tree)) == "msg"
    assert kind(compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}, old_office.EXCEL)) == "office-encrypted"


def test_containers_that_do_not_begin_with_their_type(make):
    files = {"a.txt": "x", "mimetype": "application/vnd.etsi.asic-e+zip", "META-INF/signatures0.xml": "<x/>"}
    assert kind(make.zip(files)) == "asice"
    assert kind(make.zip({"a.txt": "x", "META-INF/signatures0.xml": "<x/>"})) == "zip"
    assert kind(make.zip({"a.txt": "x"}, "application/vnd.bdoc-1.0")) == "asice"
    assert kind(digidoc.asics("a.txt", b"x")) == "asics"


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("From: a@b.ee\nSubject: x\n\ntere", ".eml", "eml"),
        ("From: a@b.ee\nSubject: x\n\ntere", ".txt", "txt"),
        ("From - Mon Jan 1\nMIME-Version: 1.0\nSubject: x\n\ntere", "", "eml"),
        ("<!DOCTYPE html><p>", "", "html"),
        ("\ufeff <!-- a --> <!-- b --><HTML>", ".txt", "html"),
        ("<p>lõik", "", "html"),
        ("<?xml version='1.0'?><html xmlns='x'>", "", "html"),
        ("<proovi>", "", "txt"),
        ("<!-- html> ", "", "txt"),
        ("Protokoll: öö ja õhk", "", "txt"),
        ("a;b\n1;2", ".csv", "csv"),
        ("a;b\n1;2", ".CSV", "csv"),
        ("a;b\n1;2", "", "txt"),
        ("lihtne tekst", ".html", "html"),
        ("Kellelt: a\nKellele: b\n\nTere", "", "txt"),
        ("MZ protokoll", "", "txt"),
        ("BMW", "", "txt"),
    ],
)
def test_texts(text, suffix, expected):
    assert kind(text.encode(), suffix) == expected


def test_texts_in_other_encodings():
    assert kind("öö ja õhk".encode("windows-1257")) == "txt"
    assert kind("öö ja õhk".encode("utf-16")) == "txt"


def test_many_comments_are_no_trap():
    assert kind(b"<!---->" * 9_000 + b"x") == "txt"
    assert kind(b"<!--" * 16_000) == "txt"
    assert kind(b"a:\n b\n" * 10_000) == "txt"


@pytest.mark.parametrize(
    ("content", "suffix"),
    [("jpeg", ".jpg"), ("jpeg", ".JPEG"), ("tiff", ".tif"), ("html", ".htm"), ("html", ".txt"), ("txt", ".csv"),
     ("txt", ".md"), ("txt", ".html"), ("docx", ".docm"), ("office-encrypted", ".xlsx"), ("zip-damaged", ".docx"),
     ("asice", ".bdoc"), ("asice", ".zip"), ("mp4", ".mov"), ("pdf", ""), ("exe", ".tundmatu")],
)  # fmt: skip
def test_endings_that_fit(content, suffix):
    assert matches_ending(content, suffix)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [("exe", ".docx"), ("html", ".pdf"), ("docx", ".pdf"), ("docx", ".doc"), ("zip", ".docx"), ("xlsx", ".docx"),
     ("pdf", ".txt"), ("heic", ".jpg"), ("unknown", ".pdf"), ("zip-damaged", ".pdf"), ("txt", ".jpg"),
     ("elf", ".txt"), ("office-encrypted", ".pdf")],
)  # fmt: skip
def test_endings_that_do_not(content, suffix):
    assert not matches_ending(content, suffix)
