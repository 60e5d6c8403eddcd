"""What a file is, by its content, and whether its ending says so too.

Zip and OLE documents are told apart by what is inside, text by having no control characters: that is where libraries
that go by the first bytes alone guess, and often from the very ending that is to be checked.
"""

import re
import struct

from kaasav.evidence import ziplist

HEAD = 64 * 1024
"""So many first bytes are enough for `identify`."""
TAIL = 4 * 1024 * 1024
"""So many last bytes are enough for `identify` to find a zip file's directory."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"CDOC", "cdoc"),
    (b"\x7fELF", "elf"),
    (b"\xcf\xfa\xed\xfe", "macho"),
    (b"\xca\xfe\xba\xbe", "macho"),
    (b"!BDN", "pst"),
)
_RIFF = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OLD_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})

_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/vnd.etsi.asic-e+zip": "asice",
    b"application/vnd.etsi.asic-s+zip": "asics",
    b"application/vnd.bdoc": "asice",
    b"application/epub+zip": "epub",
}
_ASIC_SIGNATURES = re.compile(r"META-INF/signatures\d*\.xml")
_OFFICE_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {
    "EncryptedPackage": "office-encrypted",
    "__properties_version1.0": "msg",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}
_OLE_CLASSES = {  # as the root entry names them, in the order of its bytes
    bytes.fromhex("0b0d020000000000c000000000000046"): "msg",
    bytes.fromhex("0609020000000000c000000000000046"): "doc",
    bytes.fromhex("0009020000000000c000000000000046"): "doc",
    bytes.fromhex("2008020000000000c000000000000046"): "xls",
    bytes.fromhex("1008020000000000c000000000000046"): "xls",
    bytes.fromhex("108d81649b4fcf1186ea00aa00b929e8"): "ppt",
}
_OLE_MARKS = (
    *(((name + "\0").encode("utf-16-le"), kind) for name, kind in _OLE_STREAMS.items()),
    *((name.encode("utf-16-le"), "msg") for name in ("__nameid_version1.0", "__substg1.0_", "__recip_version1.0_#")),
)

_HTML = re.compile(  # the tags of the WHATWG MIME sniffing standard, section 7.1
    rb"\s*+(?>(?><!--.*?-->)\s*+)*+"  # atomic: nothing is tried twice, however many comments there are
    rb"<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROOTS = {b"SignedDoc": "ddoc", b"EncryptedData": "cdoc", b"html": "html", b"svg": "svg"}
_MAIL = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.IGNORECASE)
_MAIL_ONLY = re.compile(rb"^(?:received|mime-version|message-id|return-path):", re.IGNORECASE | re.MULTILINE)
_MBOX = re.compile(rb"\A>?From [^\n]{1,200}\n")
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"


def identify(head: bytes, tail: bytes, suffix: str = "") -> str:
    """The type of a file, such as ``docx``, ``jpeg`` or ``txt``; ``unknown`` where nothing fits.

    Args:
        head: its first `HEAD` bytes or more.
        tail: its last `TAIL` bytes or more (the whole file is fine).
        suffix: its ending, such as ``.csv``; used only to say which kind of plain text it is.

    Zips without a readable directory are ``zip-damaged``; password-protected Office files ``office-encrypted``.
    """
    return _by_signature(head, tail) or _text(head[:HEAD], suffix.casefold()) or "unknown"


def _by_signature(head: bytes, tail: bytes) -> str:
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head, tail)
    if head.startswith(_OLE):
        return _ole(head, tail)
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _base_media(head[8:12])
    if head[4:8] in _OLD_QUICKTIME and head[:1] == b"\0":
        return "mov"
    if head.startswith((b"MZ", b"BM")) and b"\0" in head[:64]:
        return "exe" if head.startswith(b"MZ") else "bmp"
    return ""


def _base_media(brand: bytes) -> str:
    """ISO base media files (ISO/IEC 14496-12) by their brand."""
    if brand in _HEIF:
        return "heic"
    if brand.startswith(b"avi"):
        return "avif"
    return "mov" if brand == b"qt  " else "mp4"


def _zip(head: bytes, tail: bytes) -> str:
    if head[30:38] == b"mimetype":
        size = struct.unpack_from("<I", head, 22)[0]
        declared = head[38:][:size].strip() if size else head[38 : head.find(b"PK", 38)].strip()
        for mimetype, kind in _MIMETYPES.items():
            if declared.startswith(mimetype):
                return kind
    names = ziplist.names(tail)
    if names is None:
        return "zip-damaged"
    if "mimetype" in names and any(_ASIC_SIGNATURES.fullmatch(name) for name in names):
        return "asice"
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE_FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return kind
    return "zip"


def _ole(head: bytes, tail: bytes) -> str:
    """OLE documents by the class of their root, else by the streams they name.

    The directory may stand anywhere, so the earliest name decides.
    """
    whole = tail if tail.startswith(_OLE) else head + tail
    sector = 1 << min(struct.unpack_from("<H", head.ljust(64, b"\0"), 30)[0], 12)
    start = (struct.unpack_from("<I", head.ljust(64, b"\0"), 48)[0] + 1) * sector
    kind = _OLE_CLASSES.get(whole[start + 80 : start + 96])
    encrypted = "EncryptedPackage".encode("utf-16-le") in whole[start : start + sector]
    if kind and not encrypted:
        return kind
    for area in (whole[start : start + sector], whole):
        found = [(area.find(mark), kind) for mark, kind in _OLE_MARKS if mark in area]
        if found:
            return min(found)[1]
    return "ole"


def _text(head: bytes, suffix: str) -> str:
    if head.startswith(_UTF_16):
        return _PLAIN.get(suffix, "txt")
    body = head.removeprefix(_UTF_8_MARK)
    if body.lstrip().startswith(b"<?xml"):
        root = _ROOT.search(_COMMENT.sub(b"", body))
        return _ROOTS.get(root[1], "xml") if root else "xml"
    if _HTML.match(body):
        return "html"
    if b"%PDF-" in head[:1024]:  # readers allow so much before the header (ISO 32000-1, implementation note 13)
        return "pdf"
    if _BINARY.search(body):
        return ""
    mail = _MAIL.match(_MBOX.sub(b"", body, count=1))
    if mail and (suffix == ".eml" or _MAIL_ONLY.search(mail[0])):
        return "mhtml" if _MHTML.search(mail[0]) else "eml"
    return _PLAIN.get(suffix, "txt")


_PLAIN = {".csv": "csv", ".tsv": "csv", ".html": "html", ".htm": "html"}
_TEXTS = frozenset({"txt", "csv", "html", "xml", "eml", "mhtml", "svg"})
_ZIPS = frozenset({"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "odg", "asice", "asics", "epub"})
_FILMS = frozenset({"mp4", "mov"})
_OOXML = {name: frozenset({kind, "office-encrypted"}) for kind, names in {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "pptx": (".pptx", ".pptm", ".ppsx", ".potx"),
}.items() for name in names}  # fmt: skip
_ENDINGS: dict[str, frozenset[str]] = {
    **_OOXML,
    **dict.fromkeys((".txt", ".csv", ".tsv", ".md", ".log", ".html", ".htm"), _TEXTS),
    **dict.fromkeys((".json", ".yaml", ".yml"), frozenset({"txt"})),
    **dict.fromkeys((".doc", ".dot"), frozenset({"doc", "ole", "office-encrypted"})),
    **dict.fromkeys((".xls", ".xlt"), frozenset({"xls", "ole", "office-encrypted"})),
    **dict.fromkeys((".ppt", ".pps"), frozenset({"ppt", "ole", "office-encrypted"})),
    **dict.fromkeys((".jpg", ".jpeg", ".jfif"), frozenset({"jpeg"})),
    **dict.fromkeys((".tif", ".tiff"), frozenset({"tiff"})),
    **dict.fromkeys((".heic", ".heif"), frozenset({"heic"})),
    **dict.fromkeys((".mp4", ".m4v", ".m4a", ".mov", ".3gp"), _FILMS),
    **dict.fromkeys((".mkv", ".webm"), frozenset({"matroska"})),
    **dict.fromkeys((".asice", ".sce", ".bdoc", ".edoc"), frozenset({"asice"})),
    **dict.fromkeys((".asics", ".scs"), frozenset({"asics"})),
    **dict.fromkeys((".cdoc", ".cdoc2"), frozenset({"cdoc"})),
    **dict.fromkeys((".exe", ".dll", ".scr"), frozenset({"exe"})),
    **dict.fromkeys((".mht", ".mhtml"), frozenset({"mhtml"})),
    **{f".{kind}": frozenset({kind}) for kind in (
        "pdf", "rtf", "png", "gif", "webp", "bmp", "avif", "odt", "ods", "odp", "odg", "epub", "ddoc", "eml", "msg",
        "avi", "wav", "mp3", "ogg", "flac", "7z", "rar",
    )},
    ".zip": _ZIPS,
    ".xml": frozenset({"xml", "svg", "ddoc", "cdoc", "html"}),
    ".svg": frozenset({"svg", "xml"}),
    ".gz": frozenset({"gzip"}),
}  # fmt: skip


def matches_ending(kind: str, suffix: str) -> bool:
    """Whether a file of type ``kind`` may carry the ending ``suffix`` (with its dot, any case).

    Text formats pass for one another, as do ``.jpg`` and ``.jpeg`` and the like; a file without an ending, or with
    one nobody knows, claims nothing that could be wrong. A damaged zip passes for every format that is a zip.
    """
    allowed = _ENDINGS.get(suffix.casefold())
    if allowed is None:
        return True
    return kind in allowed or (kind == "zip-damaged" and not allowed.isdisjoint(_ZIPS))
