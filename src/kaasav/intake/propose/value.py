"""One proposed value with the reason for it; an empty value with a reason says why nothing is proposed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposed:
    """``value`` as it would be written ("" for none), ``reason`` in the language in use, ``others`` also seen."""

    value: str = ""
    reason: str = ""
    others: tuple[str, ...] = ()


NOTHING = Proposed()


def shortened(text: str, most: int = 80) -> str:
    """``text`` in at most ``most`` characters, for a reason."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
