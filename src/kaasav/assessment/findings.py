"""What a result has to say about what people wrote: each finding at the line it is about."""

from collections.abc import Iterator

from kaasav.assessment.checks.ratings import PRACTICE_TOO_YOUNG
from kaasav.assessment.folder import APPLICATION, CONSENSUS, EVIDENCE, RATINGS, Submission
from kaasav.catalogue.model import Catalogue
from kaasav.dates import months_back
from kaasav.problems import Problem
from kaasav.scoring.rated import Basis
from kaasav.scoring.result import CriterionResult, Result


def findings(result: Result, submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    """Every use that is not simply usable, and every level that counts for less than it says."""
    document = submission.documents[EVIDENCE]
    places = {
        (item.id, use.criterion): ("items", index, "uses", number)
        for index, item in enumerate(submission.evidence.items)
        for number, use in enumerate(item.uses)
    }
    for criterion in result.criteria:
        for use in criterion.uses:
            for reason in use.reasons:
                yield reason.at(document.at(*places[use.item, use.criterion]))
        yield from _capped(criterion, submission, catalogue)


def _capped(criterion: CriterionResult, submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    practice = catalogue.scale.practice
    needed = months_back(submission.round.evidence_date, practice.months)
    for vote in criterion.rated.votes:
        if not vote.capped or (vote.person == "self" and criterion.rated.basis is not Basis.SELF):
            continue
        if vote.person == "self":
            place = submission.documents[APPLICATION].at("self_assessment", criterion.id)
        else:
            name = CONSENSUS if vote.person == "consensus" else vote.person
            place = submission.documents[f"{RATINGS}/{name}.yaml"].at("ratings", criterion.id)
        yield PRACTICE_TOO_YOUNG.at(
            place, level=vote.level, criterion=criterion.id, counted=vote.counted, needed=needed
        )
