"""What a document has to say of itself, so that nobody takes it for more than it is."""

from dataclasses import dataclass

from kaasav.documents.award import Award
from kaasav.documents.source import Source
from kaasav.language import _


@dataclass(frozen=True, slots=True)
class Marks:
    """Why a document is not the real thing.

    Attributes:
        sample: the municipality is fictional, or the document would grant what nobody has decided.
        proposal: the catalogue is not approved by its owner.
        training: the municipality is fictional.
        preview: it rests on the self-assessment alone.
    """

    sample: bool
    proposal: bool
    training: bool
    preview: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The marks to print, the strongest first; none on the real thing."""
        return tuple(
            word
            for word, told in (
                (_("SAMPLE"), self.sample),
                (_("PROPOSAL"), self.proposal),
                (_("PREVIEW"), self.preview),
            )
            if told
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """The same in sentences, for the foot of the document."""
        return tuple(
            sentence
            for sentence, told in (
                (_("The municipality is fictional and serves for training."), self.training),
                (_("No decision is recorded: nothing has been awarded."), self.sample and not self.training),
                (_("The criteria catalogue is a proposal its owner has not approved."), self.proposal),
                (_("The result rests on the municipality’s self-assessment alone."), self.preview),
            )
            if told
        )


def marks(source: Source, award: Award | None = None, *, grants: bool = True) -> Marks:
    """The marks of a document made from ``source``.

    Args:
        source: the recorded result.
        award: the recorded decision, if there is one.
        grants: whether the document would grant something, as a certificate does; a letter or report tells a result,
            and is no sample for want of a decision.
    """
    training = bool(source.municipality["training"])
    return Marks(
        sample=training or (grants and award is None),
        proposal=source.catalogue.status != "approved",
        training=training,
        preview=source.preview,
    )
