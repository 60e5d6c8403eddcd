"""Whether a Word template’s tags are right: each one closed, of Jinja’s making, and naming fields that exist.

Every paragraph becomes one line of a Jinja text, so a line number leads back to the paragraph.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from kaasav.documents import naming
from kaasav.documents.fields.letter import FIELDS
from kaasav.documents.letter.places import Located, Paragraph
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Location, Problem, error

if TYPE_CHECKING:
    from jinja2 import TemplateError

UNCLOSED = error(
    "template-tag-open",
    N_("a tag is not closed in its paragraph: {text}"),
    N_("a tag begins and ends in the same paragraph: {{{{ … }}}} or {{% … %}}"),
)
RAW = error(
    "template-tag-raw",
    N_("fields are text, and {tag} would lose them: {text}"),
    N_("write {{{{ field }}}}; the letters p, r, tr and tc belong to {{% … %}} only"),
)
SYNTAX = error("template-syntax", N_("this is no tag Kaasav understands: {reason}; in: {text}"))
UNKNOWN = error(
    "template-field",
    N_("there is no field “{field}”; in: {text}"),
    N_("“kaasav template list --fields” names them all"),
)
FAILED = error("template-word-failed", N_("the template cannot be filled in: {reason}"))

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_PREFIX = re.compile(r"\{([%#])(-?)\s*?(?:p|tr|tc|r)\s")
_RAW = re.compile(r"\{\{(?:p|r|tr|tc)\s")
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')
_LONGEST = 120


def check(located: Located) -> list[Problem]:
    """Everything wrong with the tags, each at its paragraph."""
    problems = [problem for one in located.paragraphs for problem in _shape(one, located)]
    if problems:
        return problems
    for _part, group in groupby(located.paragraphs, key=lambda one: one.part):
        problems += _part_problems(list(group), located)
    return problems


def _shape(one: Paragraph, located: Located) -> Iterator[Problem]:
    rest = _TAG.sub("", one.text)
    where, text = located.at(one), cut(one.text)
    if any(sign in rest for sign in ("{{", "}}", "{%", "%}")):
        yield UNCLOSED.at(where, text=text)
    for tag in _RAW.findall(one.text):
        yield RAW.at(where, tag=tag.strip(), text=text)


def _part_problems(paragraphs: list[Paragraph], located: Located) -> Iterator[Problem]:
    from jinja2 import TemplateSyntaxError

    from kaasav.documents.letter.word import environment

    source = "\n".join(_as_jinja(one.text) for one in paragraphs)
    try:
        tree = environment().parse(source)
        environment().compile(source)
    except TemplateSyntaxError as failure:
        at = paragraphs[min(failure.lineno, len(paragraphs)) - 1]
        yield SYNTAX.at(located.at(at), reason=failure.message or "", text=cut(at.text))
        return
    except (SyntaxError, RecursionError) as failure:  # nested deeper than Python can follow
        yield FAILED.at(located.at(None), reason=str(failure))
        return
    for line, name in naming.taken_in(tree):
        yield naming.TAKES_IN.at(located.at(paragraphs[line - 1]), name=name)
    for line, name, guess in naming.unknown(tree, FIELDS):
        at = paragraphs[line - 1]
        hint = {"hint": DID_YOU_MEAN, "guess": guess} if guess else {}
        yield UNKNOWN.at(located.at(at), field=name, text=cut(at.text), **hint)


def _as_jinja(text: str) -> str:
    def tag(match: re.Match[str]) -> str:
        return _PREFIX.sub(r"{\1\2 ", match[0], count=1).translate(_QUOTES)

    return _TAG.sub(tag, text)


def as_problem(failure: "TemplateError", text: str, located: Located) -> Problem:
    """What went wrong while ``text`` (the template’s line, as docxtpl has it) was filled in."""
    plain = _squeezed(re.sub(r"<[^>]*>", "", text))
    at = next((one for one in located.paragraphs if plain and _squeezed(_as_jinja(one.text)) == plain), None)
    reason = str(failure) or type(failure).__name__
    return FAILED.at(located.at(at), reason=f"{reason}; {cut(at.text)}" if at else reason)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def cut(text: str) -> str:
    """The beginning of a long text."""
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def nowhere(shown: str, reason: str) -> Problem:
    """A template that failed at no place in particular."""
    return FAILED.at(Location(shown), reason=reason)
