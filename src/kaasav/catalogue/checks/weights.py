"""Weights add up: criteria to their dimension, dimensions to the stated total."""

from collections.abc import Iterator

from kaasav.catalogue.model import Catalogue, IndicatorCriterion
from kaasav.language import N_
from kaasav.problems import Problem, error
from kaasav.yamldoc.document import Document

DIMENSIONS_SUM = error(
    "weights-of-dimensions", N_("the dimensions’ weights add up to {sum}, not to total_weight {wanted}")
)
CRITERIA_SUM = error(
    "weights-of-criteria", N_("the criteria of {dimension} weigh {sum} together, but the dimension weighs {wanted}")
)
NO_WEIGHT = error("no-weight", N_("{id} weighs nothing, so it could never count"))
INDICATOR_WEIGHT = error(
    "indicator-weight",
    N_("{criterion} is a condition of its own and carries no points, so its weight must be 0"),
)


def check_weights(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    """Sums agree; what people rate weighs something, what a survey answers weighs nothing."""
    together = sum(d.weight for d in catalogue.dimensions)
    if together != catalogue.total_weight:
        yield DIMENSIONS_SUM.at(document.at("total_weight"), sum=together, wanted=catalogue.total_weight)
    for index, dimension in enumerate(catalogue.dimensions):
        inside = sum(c.weight for c in catalogue.criteria if c.dimension == dimension.id)
        if inside != dimension.weight:
            place = document.at("dimensions", index, "weight")
            yield CRITERIA_SUM.at(place, dimension=dimension.id, sum=inside, wanted=dimension.weight)
        if dimension.weight == 0:
            yield NO_WEIGHT.at(document.at("dimensions", index, "weight"), id=dimension.id)
    for index, criterion in enumerate(catalogue.criteria):
        place = document.at("criteria", index, "weight")
        if isinstance(criterion, IndicatorCriterion):
            if criterion.weight:
                yield INDICATOR_WEIGHT.at(place, criterion=criterion.id)
        elif not criterion.weight:
            yield NO_WEIGHT.at(place, id=criterion.id)
