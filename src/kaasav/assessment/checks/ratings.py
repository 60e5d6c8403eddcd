"""Claims and ratings agree with the catalogue, the round and the evidence list."""

from collections.abc import Iterator

from kaasav.assessment.checks.evidence import not_assessor, not_rated
from kaasav.assessment.claim import Claim
from kaasav.assessment.folder import APPLICATION, CONSENSUS, RATINGS, Submission
from kaasav.assessment.rating import Rating, Ratings
from kaasav.catalogue.model import Catalogue, LevelCriterion
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Problem, closest, error, warning
from kaasav.scoring.case import ItemVerdict
from kaasav.yamldoc.document import Document

LEVEL_TOO_HIGH = error("level-too-high", N_("there is no level {level}; the highest is {highest}"))
LEVEL_AND_CLAIM = error(
    "level-and-not-applicable", N_("{criterion} has a level and does not apply: it cannot be both"), N_("strike one")
)
NOTHING_SAID = error(
    "nothing-said", N_("{criterion} has neither a level nor a reason why it does not apply"), N_("strike it or fill it")
)
MAY_NOT_BE_CLAIMED = error(
    "not-applicable-not-allowed", N_("the catalogue does not allow {criterion} to be not applicable")
)
NO_REASON = error(
    "not-applicable-without-reason",
    N_("“{stated}” is no reason why {criterion} does not apply"),
    N_("write the reason in a few words"),
)
PRACTICE_TOO_YOUNG = warning(
    "practice-too-young",
    N_("level {level} of {criterion} counts as {counted}: the practice must have been in use since {needed}"),
    N_("if it has been, write practice_since"),
)
PRACTICE_LATER = error("practice-later", N_("practice_since {since} lies after the round’s closing date {closing}"))
VERDICT_UNKNOWN_ITEM = error("verdict-unknown-item", N_("the evidence list has no item “{item}”"))
VERDICT_UNUSED = error(
    "verdict-on-unused-item", N_("“{item}” is not used for {criterion}"), N_("strike the verdict, or add the use")
)
VERDICT_WITHOUT_REASON = error(
    "verdict-without-reason", N_("a verdict that takes something away needs a reason"), N_("write reason: …")
)

_NO_REASONS = frozenset({"true", "false", "yes", "no", "jah", "ei", "x", "n/a", "-", "?"})


def check_claims(submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    """The self-assessment names criteria people rate, levels that exist, and reasons where it claims none."""
    document = submission.documents[APPLICATION]
    for criterion, claim in submission.application.self_assessment.items():
        path = ("self_assessment", criterion)
        yield from _said(criterion, claim, document, path, submission, catalogue)
        if claim.level is None and claim.not_applicable is None:
            yield NOTHING_SAID.at(document.at_key(*path), criterion=criterion)
    for index, criterion in enumerate(submission.application.share):
        yield from not_rated(criterion, document, ("share", index), catalogue)


def check_ratings(submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    """Ratings come from assessors of the round; verdicts name items used for the criterion, and give reasons."""
    files = dict(submission.ratings)
    if submission.consensus is not None:
        files[CONSENSUS] = submission.consensus
    for person, ratings in files.items():
        document = submission.documents[f"{RATINGS}/{person}.yaml"]
        if person != CONSENSUS:
            yield from not_assessor(person, document, ("assessor",), submission)
        yield from _ratings(ratings, document, submission, catalogue)


def _ratings(ratings: Ratings, document: Document, submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    for criterion, rating in ratings.ratings.items():
        path = ("ratings", criterion)
        yield from _said(criterion, rating, document, path, submission, catalogue)
        if rating.level is None and rating.not_applicable is None and not rating.evidence:
            yield NOTHING_SAID.at(document.at_key(*path), criterion=criterion)
        uses = {item.id: {use.criterion for use in item.uses} for item in submission.evidence.items}
        for item, verdict in rating.evidence.items():
            place = document.at_key(*path, "evidence", item)
            if item not in uses:
                guess = closest(item, uses)
                yield VERDICT_UNKNOWN_ITEM.at(place, hint=DID_YOU_MEAN if guess else "", item=item, guess=guess or "")
            elif criterion not in uses[item]:
                yield VERDICT_UNUSED.at(place, item=item, criterion=criterion)
            if verdict.verdict is not ItemVerdict.ACCEPTED and verdict.reason is None:
                yield VERDICT_WITHOUT_REASON.at(place)


def _said(
    id_: str,
    said: Claim | Rating,
    document: Document,
    path: tuple[str | int, ...],
    submission: Submission,
    catalogue: Catalogue,
) -> Iterator[Problem]:
    yield from not_rated(id_, document, path, catalogue)
    criterion = catalogue.by_id.get(id_)
    if not isinstance(criterion, LevelCriterion):
        return
    highest = catalogue.scale.highest
    if said.level is not None and said.level > highest:
        yield LEVEL_TOO_HIGH.at(document.at(*path, "level"), level=said.level, highest=highest)
    if said.level is not None and said.not_applicable is not None:
        yield LEVEL_AND_CLAIM.at(document.at_key(*path), criterion=id_)
    if said.practice_since is not None and said.practice_since > submission.round.closing_date:
        yield PRACTICE_LATER.at(
            document.at(*path, "practice_since"), since=said.practice_since, closing=submission.round.closing_date
        )
    if said.not_applicable is not None:
        if criterion.not_applicable is None:
            yield MAY_NOT_BE_CLAIMED.at(document.at(*path, "not_applicable"), criterion=id_)
        if said.not_applicable.strip().casefold() in _NO_REASONS:
            place = document.at(*path, "not_applicable")
            yield NO_REASON.at(place, stated=said.not_applicable, criterion=id_)
