"""A Word letter: a template with Jinja tags, filled in. The only module that knows docxtpl.

Values are text and nothing else: they are escaped where they are put in, so nothing a municipality wrote can be run or
break the file. Line breaks and tabs stay; other control characters, which Word files cannot hold, are written out.
"""

import datetime
import io
import zipfile
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from kaasav.documents.letter import expressions, places
from kaasav.documents.template import TOO_LONG, Template
from kaasav.documents.xmltext import written_out
from kaasav.language import N_
from kaasav.problems import Location, Refused, error
from kaasav.zipped import repacked

if TYPE_CHECKING:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LIBRARIES = ("docxtpl", "python-docx", "jinja2", "lxml")
"""What the bytes depend on beside Kaasav."""
MOST_TEXT = 4 * 1024 * 1024
"""Characters a part of the filled-in file may have; a letter has a hundred thousand."""

BROKEN = error(
    "template-broken",
    N_("filled in, the template is no Word file any more: {reason}"),
    N_("let a loop or condition begin and end in the same paragraph, or in paragraphs or rows of its own: {example}"),
)
EXAMPLE = "{%p for … %}, {%tr for … %}"


def letter(template: Template, data: Mapping[str, Any], *, day: datetime.date) -> bytes:
    """The Word file of ``template`` filled in with ``data``; own templates are filled in by a process apart.

    Args:
        template: a Word file with tags as docxtpl knows them.
        data: plain data, see `fields`.
        day: the document’s date, from the record.

    Returns:
        The same bytes for the same template, data and day.

    Raises:
        Refused: the template is wrong, or takes too long or too much memory.
    """
    if template.own:
        from kaasav.documents import apart

        request = {"shown": template.shown, "data": data, "day": day.isoformat()}
        return apart.call(apart.WORD, template.content, request, template.shown)
    return fill(template.content, template.shown, data, day)


def fill(content: bytes, shown: str, data: Mapping[str, Any], day: datetime.date) -> bytes:
    """As `letter`, in this process.

    Raises:
        Refused: the template is wrong.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateError

    from kaasav.documents.letter.filling import Broken, Filling

    located = _checked(content, shown)
    filled = Filling(io.BytesIO(content), MOST_TEXT)
    try:
        filled.render(dict(data), environment(), autoescape=True)
        _properties(filled, data, day)
        out = io.BytesIO()
        filled.save(out)
    except TemplateError as failure:
        raise Refused([expressions.as_problem(failure, filled.line_of(failure), located)]) from None
    except Broken as failure:
        here = Location(shown)
        raise Refused(
            [BROKEN.at(here, reason=failure, example=EXAMPLE) if str(failure) else TOO_LONG.at(here)]
        ) from None
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError):
        raise Refused([places.NOT_WORD.at(Location(shown))]) from None
    except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError) as failure:
        raise Refused([expressions.nowhere(shown, str(failure) or type(failure).__name__)]) from None
    return repacked(out.getvalue())


@lru_cache(maxsize=8)
def _checked(content: bytes, shown: str) -> places.Located:
    """The template’s paragraphs, once they have been looked at; a round’s letters share them."""
    located = places.read(content, shown)
    problems = expressions.check(located)
    if problems:
        raise Refused(problems)
    return located


@cache
def environment() -> "ImmutableSandboxedEnvironment":
    """What expressions in templates may do: nothing but read the data."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    def text(value: object) -> Markup:
        plain = value.unescape() if isinstance(value, Markup) else str(value)
        return Markup(xml_text(plain))  # noqa: S704 (escaped there)

    class Remembering(ImmutableSandboxedEnvironment):
        """Compiles the same part of a template once."""

        @lru_cache(maxsize=64)  # noqa: B019 (there is one environment, and it stays)
        def _compiled(self, source: str) -> "jinja2.Template":
            return super().from_string(source)

        def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> "jinja2.Template":
            """The compiled template; the other arguments are not used by docxtpl."""
            return self._compiled(source)

    made = Remembering(undefined=StrictUndefined, autoescape=True, finalize=_known(text))
    for name in ("lipsum", "cycler", "joiner", "namespace"):
        del made.globals[name]
    return made


def _known(text: Any) -> Any:
    """``text`` for values that are there; an undefined one passes, and says so itself."""
    from jinja2 import Undefined

    return lambda value: value if isinstance(value, Undefined) else text(value)


def xml_text(text: str) -> str:
    """``text`` as XML; braces as numbers, for docxtpl would change some of them once more after filling in."""
    return escape(written_out(text), {'"': "&#34;", "'": "&#39;", "{": "&#123;", "}": "&#125;"})


def _properties(filled: Any, data: Mapping[str, Any], day: datetime.date) -> None:
    core = filled.docx.core_properties
    moment = datetime.datetime(day.year, day.month, day.day)  # Word files keep UTC without saying so
    core.created = core.modified = moment
    core.title, core.author = (" ".join(written_out(data[name]).split())[:255] for name in ("title", "author"))
    core.last_modified_by, core.revision = core.author, 1
    core.language = {"et": "et-EE", "en": "en-GB"}[data["language"]]
    core.subject = core.comments = core.keywords = core.category = ""
