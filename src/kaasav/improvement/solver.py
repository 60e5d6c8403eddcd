"""The least a way can take, by HiGHS: the only module that knows the solver.

HiGHS computes with floating numbers, so nothing it says is taken on trust: all numbers handed to it are whole, what it
finds is rounded to whole choices and checked in whole numbers, and a choice that passes only through a tolerance is
ruled out and the question asked again. Objectives are whole too, so two values differ by 1 or not at all.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaasav.improvement.program import Option, Program

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TOLERANCE = 1e-9
"""The strictest feasibility that HiGHS takes without getting slow; its own default is 1e-6."""


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest numbers there are, each after those before it.

    Attributes:
        avoided: criteria raised that were to be left alone.
        effort: in all.
        lead_months: of the longest step.
    """

    avoided: int
    effort: int
    lead_months: int


def least(program: Program) -> Least | None:
    """The least of ``program``; None if no choice meets it."""
    if not all(program.options):
        return None
    model = _Model(program)
    above = 1 + sum(max(option.effort for option in options) for options in program.options)
    chosen = model.solve([option.avoided * above + option.effort for option in model.columns])
    if chosen is None:
        return None
    avoided, effort = sum(o.avoided for o in chosen), sum(o.effort for o in chosen)
    model.at_most([option.avoided * above + option.effort for option in model.columns], avoided * above + effort)
    lead = max((o.lead_months for o in chosen), default=0)
    lowest = max((min(o.lead_months for o in options) for options in program.options), default=0)
    shorter = sorted({o.lead_months for options in program.options for o in options if lowest <= o.lead_months < lead})
    # The shortest is tried first, for it is mostly enough; else the rest is halved until the least is found.
    low, high = 0, len(shorter)
    probe = 0
    while low < high:
        found = model.solve_within(shorter[probe])
        if found is None:
            low = probe + 1
        else:
            high, lead = probe, max((o.lead_months for o in found), default=0)
        probe = (low + high) // 2
    return Least(avoided, effort, lead)


class _Model:
    """One variable, 0 or 1, for each option; exactly one option of each criterion."""

    def __init__(self, program: Program) -> None:
        import highspy
        import numpy

        self._program = program
        self._numpy = numpy
        self._highspy = highspy
        self._none = numpy.array([], dtype=numpy.int32), numpy.array([], dtype=float)
        self.columns = [option for options in program.options for option in options]
        self._places: list[range] = []
        at = 0
        for options in program.options:
            self._places.append(range(at, at + len(options)))
            at += len(options)
        count = len(self.columns)
        self._all = numpy.arange(count, dtype=numpy.int32)
        highs: Any = highspy.Highs
        self._highs = highs()
        self._highs.silent()
        for name, value in {
            "threads": 1,
            "presolve": "off",  # the model is small: presolving takes longer than solving
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.0,
            "mip_feasibility_tolerance": TOLERANCE,
            "primal_feasibility_tolerance": TOLERANCE,
            "mip_heuristic_run_feasibility_jump": False,
        }.items():
            self._highs.setOptionValue(name, value)
        for _ in self.columns:
            self._highs.addCol(0.0, 0.0, 1.0, 0, *self._none)
        self._highs.changeColsIntegrality(count, self._all, numpy.array([highspy.HighsVarType.kInteger] * count))
        for places in self._places:
            self._row(((n, 1) for n in places), 1, 1)
        for group in program.groups:
            columns = [n for member in group.members for n in self._places[member]]
            self._row(((n, self.columns[n].points) for n in columns), group.floor, None)
        worth = {member: group.worth for group in program.groups for member in group.members}
        self._row(
            (
                (n, worth[member] * self.columns[n].points)
                for member, places in enumerate(self._places)
                if member in worth
                for n in places
            ),
            program.need,
            None,
        )

    def solve(self, costs: "Sequence[int]") -> tuple[Option, ...] | None:
        """The cheapest choice that holds in whole numbers; None if there is none."""
        self._highs.changeColsCost(len(costs), self._all, self._numpy.array(costs, dtype=float))
        status = self._highspy.HighsModelStatus
        while True:
            self._highs.run()
            found = self._highs.getModelStatus()
            if found == status.kInfeasible:
                return None
            if found != status.kOptimal:
                raise RuntimeError(f"the solver ended with {self._highs.modelStatusToString(found)}")
            values = self._highs.getSolution().col_value
            taken = [n for n in range(len(self.columns)) if values[n] > 0.5]
            chosen = tuple(self.columns[n] for n in taken)
            if len(chosen) == len(self._places) and self._program.holds(chosen):
                return chosen
            self._row(((n, 1) for n in taken), None, len(taken) - 1)

    def solve_within(self, lead_months: int) -> tuple[Option, ...] | None:
        """Any choice without an option that takes longer than ``lead_months``; None if there is none."""
        upper = [float(option.lead_months <= lead_months) for option in self.columns]
        count = len(self.columns)
        self._highs.changeColsBounds(count, self._all, self._numpy.zeros(count), self._numpy.array(upper))
        return self.solve([0] * count)

    def at_most(self, costs: "Sequence[int]", most: int) -> None:
        """From now on nothing dearer than ``most``."""
        self._row(enumerate(costs), None, most)

    def _row(self, terms: "Iterable[tuple[int, int]]", lower: int | None, upper: int | None) -> None:
        numpy, infinity = self._numpy, self._highspy.kHighsInf
        kept = [(n, number) for n, number in terms if number]
        self._highs.addRow(
            -infinity if lower is None else float(lower),
            infinity if upper is None else float(upper),
            len(kept),
            numpy.array([n for n, _ in kept], dtype=numpy.int32),
            numpy.array([float(number) for _, number in kept]),
        )
