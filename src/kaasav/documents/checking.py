"""Trying a template before it is used: what is wrong with it, each at its place."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kaasav.documents import apart, marked, paper, webpage
from kaasav.documents.fields.field import TRIALS, Field, sample
from kaasav.documents.fields.known import known
from kaasav.documents.letter import word
from kaasav.documents.template import SHARED, Template, neutral
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Location, Problem, Refused, closest, error

DAY = datetime.date(2000, 1, 1)
_AS_CODE = re.compile(r'[(,][\w-]+:"\[(?P<group>[\w.]+)\]"|\("\[(?P<list>[\w.]+?)\d+\]"')
"""How Typst prints a group, and a list of texts, of a trial: their texts are their names in brackets."""
NOT_USED = error(
    "template-not-used",
    N_("Kaasav uses no template of this name"),
    N_("“kaasav template list” shows the names"),
)
WHOLE = error(
    "template-whole-field",
    N_("“{field}” is a group or a list, no text"),
    N_("name a field of the group after a dot; go through a list with “for”, or put it together with “.join(…)”"),
)
NOT_OWNED = error(
    "template-shared",
    N_("all documents share this file, so a workspace’s own is not used"),
    N_("change a document’s template instead; “kaasav template list” shows the names"),
)


def check(template: Template) -> list[Problem]:
    """Everything wrong with ``template``; an own one is tried by a process apart, with data that cover what may be.

    Mistakes come once each, at their places; where trying takes too long, it is not tried again.
    """
    own = neutral(template.name)
    here = Location(template.shown)
    if own in SHARED:
        return [NOT_OWNED.at(here)]
    fields = known().get(own)
    if fields is None:
        guess = closest(own, known())
        return [NOT_USED.at(here, hint=DID_YOU_MEAN, guess=guess) if guess else NOT_USED.at(here)]
    found = {(one.code, one.location): one for one in reversed([*_tried(template, own, fields)])}
    return [found[key] for key in sorted(found, key=lambda one: one[1])]


def _tried(template: Template, own: str, fields: Field) -> Iterator[Problem]:
    """The problems of each trial, as long as there is a point in going on."""
    try:
        if own.endswith(".j2"):
            yield from webpage.loads(template.content, template.shown)
            apart.call(apart.FIELDS, template.content, {"shown": template.shown, "name": own}, template.shown)
    except Refused as refused:
        yield from refused.problems
        return
    for trial in TRIALS:
        try:
            made = _fill(template, sample(fields, trial))
        except Refused as refused:
            yield from refused.problems
            if any(one.kind is not marked.WITHOUT for one in refused.problems):
                return
        else:
            if trial == "full" and own.endswith(".typ"):
                yield from _whole(template, made)


def _whole(template: Template, made: bytes) -> Iterator[Problem]:
    """Groups and lists a Typst template sets as they are: in print they look as they do in a program."""
    text = re.sub(r"\s", "", marked.pdf_text(made))
    source = template.content.decode("utf-8", "replace")
    told = set()
    for found in _AS_CODE.finditer(text):
        whole = found["list"] or found["group"].rpartition(".")[0]
        use = re.search(rf"\bdata\.{re.escape(whole)}\b(?!\.\w)", source)
        line = source.count("\n", 0, use.start()) + 1 if use else 0
        column = use.start() - source.rfind("\n", 0, use.start()) if use else 0
        if whole not in told:
            told.add(whole)
            yield WHOLE.at(Location(template.shown, line, column), field=whole)


def _fill(template: Template, data: Mapping[str, Any]) -> bytes:
    if template.name.endswith(".docx"):
        return word.letter(template, data, day=DAY)
    if template.name.endswith(".typ"):
        return paper.pdf(template, data, day=DAY)
    return webpage.write(template, data)
