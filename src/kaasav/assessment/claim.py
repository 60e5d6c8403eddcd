"""What a municipality claims of itself: ``assessment.yaml`` (format ``kaasav/assessment/1``)."""

from kaasav.yamldoc.scalars import Day, Model, Text, Whole

SCHEMA = "kaasav/assessment/1"


class Claim(Model):
    """One criterion as the municipality sees it: a level, or a reason why it does not apply."""

    level: Whole | None = None
    practice_since: Day | None = None
    not_applicable: Text | None = None
    comment: Text | None = None


class Application(Model):
    """Who is assessed, when it was handed in, and the self-assessment.

    ``share`` names the criteria for which the municipality agrees to be named to others as doing them well.
    """

    municipality: Text
    name: Text
    submitted: Day | None = None
    comment: Text | None = None
    self_assessment: dict[Text, Claim] = {}
    share: tuple[Text, ...] = ()
