"""What a readable catalogue must also fulfil. A plain list of functions, each with its own kinds of problem."""

from kaasav.catalogue.checks.levels import check_levels
from kaasav.catalogue.checks.names import check_names
from kaasav.catalogue.checks.rule import check_rule
from kaasav.catalogue.checks.weights import check_weights
from kaasav.catalogue.model import Catalogue
from kaasav.problems import Problem
from kaasav.yamldoc.document import Document

CHECKS = (check_names, check_levels, check_weights, check_rule)


def check(catalogue: Catalogue, document: Document) -> list[Problem]:
    """Every problem of ``catalogue``, at its place in the ``document`` it was read from."""
    return [problem for one in CHECKS for problem in one(catalogue, document)]
