"""What a paper is called."""

import re

from kaasav.intake.propose import dates, headings, teataja
from kaasav.intake.propose.paper import Paper, seen
from kaasav.intake.propose.value import Proposed
from kaasav.language import _

_NOISE = re.compile(
    r"\b(?:koopia|copy|l[õo]plik|final|uus|vana|allkirjastatud|allkirjaga|signed|digiallkir\w*|"
        r"parandatud|vers(?:ioon)?\.? ?\d*|v\d+|"
    r"scan\w*|skann\w*|img|dsc|dok(?:ument)?|document|untitled|nimetu)\b|\(\d+\)", re.IGNORECASE)  # fmt: skip
_FORM = re.compile(
    r"^(?:otsus|määrus|korraldus|käskkiri|eelnõu|väljavõte|ärakiri|lisa\b.*|kinnitatud\b.*|kehtestatud\b.*)$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^[\w ,]{2,30}:(?:\s|$)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
SHORTEST, LONGEST = 6, 160
WITHIN = 16


def propose(paper: Paper) -> Proposed:
    """The title: of the act, of the mail, the first line that reads like one, or else the tidied name."""
    act = teataja.read(paper.lines)
    if act is not None and act.title:
        return Proposed(_whole(act.title), _("from Riigi Teataja’s header"))
    if paper.mail is not None and paper.mail.subject.strip():
        return Proposed(_whole(paper.mail.subject), _("the mail’s subject"))
    if paper.type not in ("csv", "xlsx", "xls", "ods"):
        for line in paper.head[:WITHIN]:
            if _reads_like_a_title(line):
                return Proposed(_whole(headings.as_name(line) if line.isupper() else line), _("from the text"))
    tidy = " ".join(_NOISE.sub(" ", re.sub(r"[_-]+", " ", paper.stem)).split()).strip(" .,-")
    if len(_LETTERS.findall(tidy)) and len(tidy) >= 3:
        return Proposed(tidy[:1].upper() + tidy[1:], _("from the name"))
    return Proposed(seen(paper.name), _("from the name, which says nothing"))


def _reads_like_a_title(line: str) -> bool:
    if not SHORTEST <= len(line) <= LONGEST or _FORM.match(line) or _LABELLED.match(line):
        return False
    if len(_LETTERS.findall(line)) < 2 and len(line) < 12:
        return False
    if headings.is_date_line(line) or line.endswith((",", ";")):
        return False
    issuer = headings.ISSUER.match(line)
    return not (issuer and len(line) - len(issuer[0]) < 4) and not _only_numbers(line)


def _only_numbers(line: str) -> bool:
    letters = sum(c.isalpha() for c in line)
    return letters * 2 < len(line.replace(" ", "")) or bool(dates.stated(line) and letters < 12)


def _whole(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
