"""Papers on the screen: what was found, re-used, erased, what is due. File names and texts are shown harmlessly."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from kaasav.language import N_, _, plural
from kaasav.numbers import percent
from kaasav.problems import visible
from kaasav.wording import say

if TYPE_CHECKING:
    from kaasav.papers.due import Due
    from kaasav.papers.erase import Erased
    from kaasav.papers.members import Member
    from kaasav.papers.opened import Paper
    from kaasav.papers.reuse import Claim, Found, Reuse
    from kaasav.papers.search import Searched

WHY = {
    "no-text": N_("no text a program can read: somebody has to look"),
    "empty": N_("empty"),
    "encrypted": N_("encrypted"),
    "damaged": N_("damaged"),
    "too-large": N_("too large to be searched"),
    "bomb": N_("unpacked it would be huge"),
    "too-deep": N_("containers nested too deeply"),
    "too-many-members": N_("too many files in one container: this one and the following were not opened"),
    "unreadable": N_("cannot be opened"),
}
REACH = {
    "municipalities": N_("Claimed by several municipalities"),
    "rounds": N_("Claimed in several rounds"),
    "criteria": N_("Used for several criteria of one municipality"),
}


def _line(*parts: str | tuple[str, str]) -> Text:
    safe = [visible(part) if isinstance(part, str) else (visible(part[0]), part[1]) for part in parts]
    return Text.assemble(*safe)


def searched(found: Sequence["Searched"]) -> RenderableType:
    """Every hit under its municipality, then what could not be searched, then how much was looked through."""
    lines: list[Text] = []
    for one in found:
        if one.hits:
            lines.append(_line((f"{one.member.name} · {one.member.round_id}", "bold")))
        for hit in one.hits:
            page = " · " + _("page {page}").format(page=hit.page) if hit.page else ""
            lines.append(_line("  ", (hit.paper.place, "cyan"), page, (_listed_as(hit.paper), "dim")))
            if hit.context:
                lines.append(_line(f"    {hit.context}"))
    unsearched = [paper for one in found for paper in one.unsearched]
    blind = [entry for one in found for entry in one.blind]
    incomplete = [one for one in found if not one.complete]
    if unsearched or blind or incomplete:
        lines.append(Text("\n" + _("Could not be searched"), style="bold yellow"))
        lines += [_line(f"  {paper.place}: {say(WHY, paper.why)}") for paper in unsearched]
        for paper, pages in blind:
            numbers = ", ".join(map(str, pages))
            lines.append(_line(f"  {paper.place}: {_('pages that are pictures: {pages}').format(pages=numbers)}"))
        lines += [_line(f"  {one.member.shown}: {_('not every file could be looked up')}") for one in incomplete]
    papers, hits = sum(one.searched for one in found), sum(len(one.hits) for one in found)
    said = plural("found in {n} place", "found in {n} places", hits).format(n=hits) if hits else _("found nowhere")
    more = plural("{n} paper searched", "{n} papers searched", papers).format(n=papers)
    lines.append(Text(f"\n{said} · {more}", style="dim"))
    return Group(*lines)


def _listed_as(paper: "Paper") -> str:
    return f" · {paper.item.id}" if paper.item else " · " + _("not listed")


def reused(found: "Found", *, everything: bool) -> RenderableType:
    """Every re-use under how far it reaches, each claim in a line.

    One paper used for several criteria of its municipality is what the rules allow: it is only counted, unless
    ``everything`` is to be shown.
    """
    lines: list[Text] = []
    last = ""
    usual = 0
    for one in found.reuses:
        if len(one.claims) == 1 and not everything:
            usual += 1
            continue
        if one.reach != last:
            lines.append(Text(("\n" if last else "") + say(REACH, one.reach), style="bold"))
            last = one.reach
        lines += _reuse(one)
    if not lines:
        lines.append(Text(_("no paper is claimed by several municipalities or rounds, or twice under different names")))
    if usual:
        said = plural(
            "{n} paper is used for several criteria of its municipality, which is allowed (--all lists it)",
            "{n} papers are used for several criteria of their municipality, which is allowed (--all lists them)",
            usual,
        )
        lines.append(Text("\n" + said.format(n=usual)))
    compared = plural("{n} paper compared", "{n} papers compared", found.papers).format(n=found.papers)
    if found.without_text:
        many = found.without_text
        compared += " · " + plural(
            "{n} of them without text, by its bytes only", "{n} of them without text, by their bytes only", many
        ).format(n=many)
    lines.append(Text("\n" + compared, style="dim"))
    return Group(*lines)


def _reuse(one: "Reuse") -> list[Text]:
    if len(one.claims) == 1:
        return [_line("  ", *_claim(one.claims[0]))]
    head = _("the same file") if one.same_bytes else _("nearly the same text")
    lines = [_line(f"  {head}")]
    for claim in one.claims:
        share = "" if one.same_bytes or claim is one.claims[0] else f" · {percent(claim.likeness)}"
        lines.append(_line("    ", *_claim(claim), share))
    return lines


def _claim(claim: "Claim") -> tuple[str | tuple[str, str], ...]:
    criteria = f" ({', '.join(claim.criteria)})" if claim.criteria else ""
    return (claim.paper.place, "cyan"), (_listed_as(claim.paper) + criteria, "dim")


def erased(
    shown: str, done: "Erased", copies: Sequence["Paper"], quoted: Sequence[str], forms: Sequence[str] = ()
) -> RenderableType:
    """What was erased and what of it is still elsewhere."""
    said = _("was erased before; nothing to do") if done.again else _("erased")
    lines = [_line(f"✔ {shown}/{done.file}: {said}")]
    lines += [_line(f"  {item} · SHA-256 {sha256[:12]}…") for item, sha256 in done.items.items()]
    if copies:
        lines.append(Text("\n" + _("The same bytes still lie here"), style="bold yellow"))
        lines += [_line("  ", (paper.place, "cyan"), (_listed_as(paper), "dim")) for paper in copies]
    if quoted:
        note = _("What the list quotes from it stays, there and in recorded results: {items}")
        lines += [Text(""), _line((note.format(items=", ".join(quoted)), "dim"))]
    if forms:
        note = _("Forms of intake hold words from it too; delete them once they are confirmed: {forms}")
        lines += [Text(""), _line((note.format(forms=", ".join(f"{shown}/{form}" for form in forms)), "bold yellow"))]
    return Group(*lines)


def fallen_due(found: Sequence[tuple["Member", "Due"]], on: datetime.date) -> RenderableType:
    """A line for each item that fell due, and what to do."""
    if not found:
        return Text(_("nothing is due on {on}").format(on=on))
    lines = [_line((_("Kept until"), "bold"))]
    for member, one in found:
        why = _("stated in the list") if one.stated else _("personal data, by the catalogue")
        file = f"{member.shown}/{one.item.file or ''}"
        lines.append(_line(f"{one.kept_until}  ", (file, "cyan"), (f" · {one.item.id} · {why}", "dim")))
    count = plural("{n} paper is due on {on}", "{n} papers are due on {on}", len(found)).format(n=len(found), on=on)
    return Group(*lines, Text(f"\n{count} · kaasav evidence erase", style="dim"))
