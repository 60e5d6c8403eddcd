"""Web pages: Jinja templates filled in within bounds, own ones by a process apart. Every text is escaped."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kaasav.documents import naming, press
from kaasav.documents.fields.field import Field
from kaasav.documents.template import MOST_BYTES, TOO_LONG, Template
from kaasav.documents.whole import guarded
from kaasav.documents.xmltext import written_out
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Location, Problem, Refused, error, warning

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LIBRARIES = ("jinja2",)
"""What the bytes depend on beside Kaasav."""
PICTURE = "picture"
"""Where data hold a whole number under this name, the picture of that number (from 0) is put in."""

NOT_TEXT = error("template-not-text", N_("the template is no UTF-8 text"), N_("save it as UTF-8"))
UNKNOWN = error(
    "template-page-field",
    N_("there is no field “{field}”"),
    N_("“kaasav template list {name} --fields” names them all"),
)
LOADS = warning(
    "template-loads",
    N_("the page would load something from elsewhere: {what}"),
    N_("put it into the page itself: whoever opens the page would be seen there, and without a network it is missing"),
)
_LOADS = re.compile(
    r"<(?:script|link|iframe|object|embed|img|video|audio|source|track|input)\b[^>]*?"
    r"\b(?:src|srcset|href|data)\s*=\s*[\"']?\s*((?:[a-z][a-z0-9+.-]*:)?//[^\s\"'>]*)"
    r"|(?:@import\s+|\burl\(\s*)[\"']?\s*((?:[a-z][a-z0-9+.-]*:)?//[^\s\"')]*)",
    re.IGNORECASE,
)


def write(template: Template, data: Mapping[str, Any], pictures: Sequence[str] = ()) -> bytes:
    """The page of ``template`` filled in with ``data``.

    Args:
        template: a Jinja template; a workspace's own is filled in by a process apart.
        data: plain data; every text is escaped, and what would turn the text around it is written out.
        pictures: SVG pictures drawn here, put in as they are, see `PICTURE`.

    Returns:
        The same bytes for the same template, data and pictures.

    Raises:
        Refused: the template is wrong, takes too long or too much memory, or the page becomes too long.
    """
    if template.own:
        from kaasav.documents import apart

        request = {"shown": template.shown, "data": data, "pictures": list(pictures)}
        return apart.call(apart.HTML, template.content, request, template.shown)
    return fill(template.content, template.shown, data, pictures)


def fill(content: bytes, shown: str, data: Mapping[str, Any], pictures: Sequence[str] = ()) -> bytes:
    """As `write`, in this process.

    Raises:
        Refused: the template is wrong, or the page becomes too long.
    """
    from jinja2 import TemplateError

    source = _text(content, shown)
    try:
        _refuse_others(_environment().parse(source), shown)
        template = _environment().from_string(source)
        parts, size = [], 0
        for part in template.generate(guarded(_drawn(data, pictures))):
            size += len(part)
            if size > MOST_BYTES:
                raise Refused([TOO_LONG.at(Location(shown))])
            parts.append(part)
        return "".join(parts).encode("utf-8")
    except (
        TemplateError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        SyntaxError,
    ) as wrong:
        raise Refused([_problem(wrong, shown)]) from None


def check(content: bytes, shown: str, fields: Field, name: str) -> list[Problem]:
    """Every field of ``content`` that does not exist, each at its line, wherever it stands.

    Args:
        content: a template.
        shown: how problems name it.
        fields: what it may use.
        name: the template’s name without language.
    """
    from jinja2 import TemplateError

    source = _text(content, shown)
    try:
        tree = _environment().parse(source)
        _refuse_others(tree, shown)
        found = naming.unknown(tree, fields)
    except (TemplateError, RecursionError) as wrong:
        return [_problem(wrong, shown)]
    return [
        UNKNOWN.at(
            Location(shown, line, 1),
            field=field,
            name=name,
            **({"hint": DID_YOU_MEAN, "guess": guess} if guess else {}),
        )
        for line, field, guess in found
    ]


def loads(content: bytes, shown: str) -> list[Problem]:
    """A warning for each thing the page would load from elsewhere when it is opened."""
    source = content.decode("utf-8", "replace")
    return [
        LOADS.at(Location(shown, source.count("\n", 0, found.start()) + 1, 1), what=found[1] or found[2])
        for found in _LOADS.finditer(source)
    ]


def _text(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([NOT_TEXT.at(Location(shown))]) from None


def _refuse_others(tree: "nodes.Template", shown: str) -> None:
    others = naming.taken_in(tree)
    if others:
        raise Refused([naming.TAKES_IN.at(Location(shown, line, 1), name=name) for line, name in others])


def _problem(wrong: BaseException, shown: str) -> Problem:
    return press.FAILED.at(Location(shown, _line(wrong), 1), reason=str(wrong) or type(wrong).__name__)


def _line(failure: BaseException) -> int:
    """The template's line a failure comes from; 0 where it is not known."""
    line = getattr(failure, "lineno", 0) or 0
    trace = failure.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line)


def _drawn(value: Any, pictures: Sequence[str]) -> Any:
    """``value`` with its pictures in their places."""
    from markupsafe import Markup

    if isinstance(value, Mapping):
        return {
            key: Markup(pictures[one])  # noqa: S704 (drawn here)
            if key == PICTURE and isinstance(one, int)
            else _drawn(one, pictures)
            for key, one in value.items()
        }
    return [_drawn(one, pictures) for one in value] if isinstance(value, list | tuple) else value


@cache
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    class FieldsFirst(ImmutableSandboxedEnvironment):
        """A field is found before a method of the same name, such as ``items``."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)

    def told(value: Any) -> Any:
        return written_out(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    made = FieldsFirst(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=told,
    )
    for name in ("lipsum", "cycler", "joiner", "namespace"):
        del made.globals[name]
    return made
