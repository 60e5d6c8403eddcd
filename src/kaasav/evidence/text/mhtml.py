"""Web pages saved whole (``.mhtml``, RFC 2557): the page itself; pictures and styles beside it are not read."""

from kaasav.evidence.containers.contents import ContainerError
from kaasav.evidence.containers.mime import parts, split
from kaasav.evidence.text import html
from kaasav.evidence.text.pages import NoTextError, Pages, Why

_PAGES = ("text/html", "application/xhtml+xml")


def read(data: bytes) -> Pages:
    """The text of its first page.

    Raises:
        NoTextError: DAMAGED if it holds none.
    """
    try:
        headers, body = split(data)
        page = next((part for part in parts(headers, body) if part.type in _PAGES), None)
    except ContainerError as error:
        raise NoTextError(error.why, error.detail) from error
    if page is None:
        raise NoTextError(Why.DAMAGED)
    return html.shown(page.data(), page.charset)
