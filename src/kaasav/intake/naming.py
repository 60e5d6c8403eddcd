"""Short names for items, each given once."""

from collections.abc import Iterable

from kaasav.municipalities.names import slug

LONGEST = 40


class Ids:
    """Gives each id once, never one that is taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {one.casefold() for one in taken if one}

    def take(self, title: str) -> str:
        """A short name made of ``title``: ``Näidisvalla Volikogu otsus`` → ``naidisvalla-volikogu-otsus``."""
        whole = slug(title)
        short = whole[:LONGEST]
        if len(whole) > LONGEST and "-" in short:
            short = short.rpartition("-")[0]
        wanted, number = short.strip("-") or "toend", 1
        id_ = wanted
        while id_ in self._taken:
            number += 1
            id_ = f"{wanted}-{number}"
        self._taken.add(id_)
        return id_
