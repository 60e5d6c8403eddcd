"""How precisely one value of a wave is known: from its own row first, else from what the wave states or assumes."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kaasav.survey.estimate import effective

if TYPE_CHECKING:
    from kaasav.survey.wave import Item, RatioFact, Row, Sampling, WholeFact


@dataclass(frozen=True, slots=True)
class Precision:
    """Answers, design effect and (of an index) standard deviation; None where unknown.

    ``assumed`` names those of ``n``, ``sd`` and ``design_effect`` that rest on an assumption.
    """

    n: int | None = None
    design_effect: Fraction | None = None
    sd: Fraction | None = None
    assumed: tuple[str, ...] = ()

    @property
    def n_eff(self) -> Fraction | None:
        """Effective sample size; None if the answers or the design effect are unknown."""
        if self.n is None or self.design_effect is None:
            return None
        return effective(self.n, self.design_effect)

    def variance(self, measure: str, reference: Fraction) -> Fraction | None:
        """The variance to compare with: r·(100 − r) of a share in percent, sd² of an index; None if unknown."""
        if measure == "share":
            return reference * (100 - reference)
        return None if self.sd is None else self.sd**2


def precision_of(sampling: "Sampling", item: "Item", row: "Row") -> Precision:
    """The precision of ``row``, a row of ``item`` in a wave with this ``sampling``."""
    n, sd = row.n, row.sd if item.measure == "index" else None
    used: list[tuple[str, WholeFact | RatioFact | None]] = []
    if n is None and row.n_why is None and sampling.n:
        n = sampling.n.value
        used.append(("n", sampling.n))
    if sd is None and sampling.sd and item.measure == "index":
        sd = sampling.sd.value
        used.append(("sd", sampling.sd))
    effect = row.design_effect
    if effect is None and sampling.design_effect:
        effect = sampling.design_effect.value
        used.append(("design_effect", sampling.design_effect))
    assumed = tuple(name for name, fact in used if fact and fact.assumed)
    return Precision(n, effect, sd, assumed)
