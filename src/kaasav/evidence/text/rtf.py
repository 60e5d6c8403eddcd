"""Rich Text Format (Microsoft's specification 1.9.1): the text people see, in time that grows with the size alone."""

import re

from kaasav.evidence.text.pages import Gathered, Pages

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_LEFT_OUT = frozenset(
    b"aftncn aftnsep aftnsepc annotation atnauthor atndate atnid atnref atntime atrfend atrfstart author background "
    b"buptim colorschememapping colortbl comment company creatim datafield datastore defchp defpap do docvar "
    b"doccomm doctemplate factoidname filetbl fldinst fonttbl formfield ftncn ftnsep ftnsepc generator hlinkbase "
    b"info keywords latentstyles levelnumbers leveltext list listname listoverride listoverridetable listpicture "
    b"listtable manager mmath nonshppict objclass objdata objname operator password pgptbl pict pntext printim "
    b"private revtbl revtim rsidtbl stylesheet subject tc template themedata title txe userprops wgrffmtfilter "
    b"xe xmlnstbl".split()
)
_SIGNS = {
    b"par": "\n", b"sect": "\n", b"page": "\n", b"line": "\n", b"column": "\n", b"row": "\n", b"cell": "\t",
    b"nestcell": "\t", b"nestrow": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"emspace": "\u2003",
    b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”",
}  # fmt: skip
_ESCAPES = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_CHARSETS = {
    b"0": "cp1252", b"161": "cp1253", b"162": "cp1254", b"163": "cp1258", b"177": "cp1255", b"178": "cp1256",
    b"186": "cp1257", b"204": "cp1251", b"222": "cp874", b"238": "cp1250", b"254": "cp437", b"255": "cp850",
}  # fmt: skip
_CODEPAGES = {b"1250": "cp1250", b"1251": "cp1251", b"1257": "cp1257", b"65001": "utf-8"}
_FONT = re.compile(rb"\\f(\d{1,5})(?=\D)[^{}\\]*(?:\\(?!f\d)[^{}\\]*){0,12}?\\fcharset(\d{1,3})")
_FONTS_WITHIN = 256 * 1024


def read(data: bytes) -> Pages:
    """One text; tracked deletions are not in it. Hidden text is: some programs hide what they only fold."""
    gathered, story = Gathered(), _Story(_fonts(data))
    at = 0
    while token := _TOKEN.match(data, at):
        at = token.end()
        if token[1] == b"bin" and token[2]:
            at += max(int(token[2]), 0)
        story.take(token)
        if story.over:
            break
    return Pages((gathered.count(story.whole()),), paged=False)


def _fonts(data: bytes) -> dict[bytes, str]:
    start = data.find(b"\\fonttbl")
    if start < 0:
        return {}
    table = data[start : start + _FONTS_WITHIN]
    return {font: _CHARSETS[charset] for font, charset in _FONT.findall(table) if charset in _CHARSETS}


class _Group:
    """What holds inside a pair of braces and ends with it."""

    __slots__ = ("deleted", "font", "left_out", "skip")

    def __init__(self, left_out: bool, deleted: bool, font: str, skip: int) -> None:
        self.left_out, self.deleted, self.font, self.skip = left_out, deleted, font, skip


class _Story:
    def __init__(self, fonts: dict[bytes, str]) -> None:
        self.over = False
        self._fonts, self._page = fonts, "cp1252"
        self._pieces: list[str] = []
        self._bytes: list[bytes] = []
        self._now = _Group(False, False, "", 1)
        self._outer: list[_Group] = []
        self._begins = False
        self._skip = 0

    def whole(self) -> str:
        """Everything gathered; the two halves of a sign beyond the first plane stand together again."""
        self._flush()
        return "".join(self._pieces).encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")

    def take(self, token: "re.Match[bytes]") -> None:
        """One token: a control word, a byte, a sign, a brace or text."""
        word, number, octet, sign, brace, text = token.groups()
        if brace:
            self._brace(brace)
            return
        begins, self._begins = self._begins, False
        if word:
            self._word(word, number, begins)
        elif octet:
            self._octets(bytes.fromhex(octet.decode()))
        elif sign == b"*" and begins:
            self._now.left_out = True
        elif sign in _ESCAPES:
            self._add(_ESCAPES[sign])
        elif text:
            self._octets(text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip = 0
        if brace == b"{":
            now = self._now
            self._outer.append(now)
            self._now = _Group(now.left_out, now.deleted, now.font, now.skip)
            self._begins = True
        elif self._outer:
            self._now = self._outer.pop()
            self.over = not self._outer
        else:
            self.over = True

    def _word(self, word: bytes, number: bytes | None, begins: bool) -> None:
        if word == b"u" and number:
            self._add(chr(int(number) % 0x10000))
            self._skip = self._now.skip
            return
        self._flush()
        self._skip = 0
        if word in _LEFT_OUT and (begins or word in (b"fonttbl", b"pict", b"objdata")):
            self._now.left_out = True
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word == b"deleted":
            self._now.deleted = number != b"0"
        elif word == b"plain":
            self._now.deleted = False
        elif word == b"uc" and number:
            self._now.skip = min(max(int(number), 0), 100)
        elif word == b"f" and number:
            self._now.font = self._fonts.get(number, "")
        elif word == b"ansicpg" and number:
            self._page = _CODEPAGES.get(number, "cp1252")

    def _octets(self, octets: bytes) -> None:
        if self._skip:
            left, octets = len(octets), octets[self._skip :]
            self._skip = max(self._skip - left, 0)
        if octets and not self._now.left_out and not self._now.deleted:
            self._bytes.append(octets)

    def _flush(self) -> None:
        if self._bytes:
            self._pieces.append(b"".join(self._bytes).decode(self._now.font or self._page, errors="replace"))
            self._bytes = []

    def _add(self, text: str) -> None:
        self._flush()
        if not self._now.left_out and not self._now.deleted:
            self._pieces.append(text)
