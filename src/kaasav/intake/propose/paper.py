"""A paper as the recognisers see it: its name, its type, and the beginning, whole and end of its text."""

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property

BEGINNING, END = 200_000, 20_000
"""So many characters of a text are looked at."""
LONGEST_LINE = 1_000
HEAD = 40
"""So many lines from the top may hold a heading."""
_LETTERSPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_SPACES = re.compile(r"[ \t\n\r\u00a0\u2000-\u200a\u202f\u3000]+")
_BREAKS = re.compile(r"[\n\r\v\f\u0085\u2028\u2029]+")


def seen(text: str) -> str:
    """``text`` as a reader sees it: without control, bidi and other unseen signs, spaces made single."""
    single = _SPACES.sub(" ", text)
    if not single.isprintable():
        single = "".join(c for c in single if c.isprintable())
    return single.strip()


@dataclass(frozen=True, slots=True)
class MailHead:
    """What stands above a mail: who sent it, about what, and on which day where the sender was."""

    sender: str = ""
    subject: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Paper:
    """One file, as far as it could be read.

    Attributes:
        name: the file's own name as it came, without folders.
        type: by content, such as ``pdf``; see `kaasav.evidence.filetype`.
        texts: its pages' text; () where there is none.
        folders: the names of the folders it came in, outermost first.
        mail: what a mail says of itself.
        address: where a saved web page was saved from.
        saved_on: the day a saved web page says it was saved on.
        created: the day the document's own properties state; a hint and never more.
        signed_on: days of signatures around it, not checked; a hint and never more.
    """

    name: str
    type: str
    texts: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    mail: MailHead | None = None
    address: str = ""
    saved_on: datetime.date | None = None
    created: datetime.date | None = None
    signed_on: tuple[datetime.date, ...] = field(default=())

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines that hold something, spaces made single, l e t t e r s p a c e d words closed up.

        Of a very long text its beginning and its end.
        """
        whole = "\n".join(self.texts)
        if len(whole) > BEGINNING + END:
            whole = f"{whole[:BEGINNING]}\n{whole[-END:]}"
        tidy = (seen(line[:LONGEST_LINE]) for line in _BREAKS.split(whole))
        return tuple(_LETTERSPACED.sub(lambda word: word[0].replace(" ", ""), line) for line in tidy if line)

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The first lines."""
        return self.lines[:HEAD]

    @cached_property
    def stem(self) -> str:
        """The name without its ending, with spaces for what people write instead of them."""
        base = self.name.rsplit(".", 1)[0] if "." in self.name[1:] else self.name
        return seen(base.replace("_", " ").replace("+", " "))
