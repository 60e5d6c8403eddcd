"""What the files of a folder must agree on, with each other and with the catalogue. A plain list of functions."""

from kaasav.assessment.checks.evidence import check_evidence
from kaasav.assessment.checks.ratings import check_claims, check_ratings
from kaasav.assessment.checks.round import check_issuer, check_municipality, check_round
from kaasav.assessment.folder import Submission
from kaasav.catalogue.model import Catalogue
from kaasav.problems import Problem

CHECKS = (check_round, check_issuer, check_municipality, check_claims, check_evidence, check_ratings)


def check(submission: Submission, catalogue: Catalogue) -> list[Problem]:
    """Every problem of a readable submission; an error among them leaves no result."""
    return [problem for one in CHECKS for problem in one(submission, catalogue)]
