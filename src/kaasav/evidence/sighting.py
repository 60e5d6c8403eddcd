"""What became of the places an item points to, given the file's text. Pure."""

from collections.abc import Callable

from kaasav.evidence.facts import Finding, Place, Sighting
from kaasav.evidence.text.pages import Pages

NOT_FOUND = Sighting(Finding.NOT_FOUND)
UNSEARCHABLE = Sighting(Finding.UNSEARCHABLE)


def without_text(place: Place, pages: int | None) -> Sighting:
    """A place in a file that cannot be searched: a person has to look, unless the page does not even exist."""
    return NOT_FOUND if _beyond(place, pages) else UNSEARCHABLE


def in_text(place: Place, pages: Pages, find: Callable[[str], tuple[int, ...]]) -> Sighting:
    """A place in a file with text; ``find`` gives the pages a passage stands on.

    - Neither passage nor page: found.
    - Page alone: found if it exists; UNSEARCHABLE where the format has no fixed pages to count.
    - Passage alone: found wherever it stands; if nowhere, UNSEARCHABLE where the file has blind pages it may stand on.
    - Both: found if it starts or continues on that page. If not, and that page or one beside it (a passage may run
      over) is blind, UNSEARCHABLE; else ELSEWHERE with the pages, or NOT_FOUND. Without fixed pages: UNSEARCHABLE if
      the passage is there (which page it prints on cannot be told), else NOT_FOUND.
    """
    count = len(pages.texts) if pages.paged else None
    if place.passage is None:
        if place.page is None:
            return Sighting(Finding.FOUND)
        if _beyond(place, count):
            return NOT_FOUND
        return Sighting(Finding.FOUND, (place.page,)) if pages.paged else UNSEARCHABLE
    found = find(place.passage)
    shown = found if pages.paged else ()
    if place.page is None:
        return Sighting(Finding.FOUND, shown) if found else _missing(bool(pages.blind))
    if _beyond(place, None) or not pages.paged:
        return UNSEARCHABLE if found and not _beyond(place, None) else NOT_FOUND
    if place.page in found:
        return Sighting(Finding.FOUND, shown)
    if not pages.blind.isdisjoint(range(place.page - 1, place.page + 2)):
        return Sighting(Finding.UNSEARCHABLE, shown)
    return Sighting(Finding.ELSEWHERE, shown) if found else NOT_FOUND


def _beyond(place: Place, pages: int | None) -> bool:
    return place.page is not None and (place.page < 1 or (pages is not None and place.page > pages))


def _missing(perhaps_unseen: bool) -> Sighting:
    return UNSEARCHABLE if perhaps_unseen else NOT_FOUND
