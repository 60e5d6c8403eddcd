"""The unsigned container: as DigiDoc makes them, the same bytes for the same files."""

import io
import zipfile

from kaasav.documents.container import MIMETYPE, asice, kind
from kaasav.evidence import filetype
from kaasav.evidence.containers import open_container

FILES = {"Rõuge-kiri.docx": b"PK word", "Rõuge-kiri.pdf": b"%PDF-1.7", "a & <b>.txt": b"x"}


def test_its_type_comes_first_and_stored() -> None:
    content = asice(FILES)
    assert content[30:38] == b"mimetype"
    assert content[38 : 38 + len(MIMETYPE)] == MIMETYPE.encode()
    assert filetype.identify(content, content) == "asice"


def test_the_files_come_out_as_they_went_in_and_nobody_has_signed() -> None:
    opened = open_container("asice", asice(FILES))
    assert {one.name: one.data for one in opened.members} == FILES
    assert opened.signatures == ()


def test_the_manifest_names_every_file_with_its_type() -> None:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(asice(FILES))) as opened:
        entries = list(fromstring(opened.read("META-INF/manifest.xml")))
        dates = {one.date_time for one in opened.infolist()}
    values = [tuple(one.attrib.values()) for one in entries]
    assert values == [("/", MIMETYPE), *((name, kind(name)) for name in FILES)]
    assert kind("x.PDF") == "application/pdf"
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_files_give_the_same_bytes_and_others_do_not() -> None:
    assert asice(FILES) == asice(dict(FILES))
    assert asice(FILES) != asice({**FILES, "a & <b>.txt": b"y"})
