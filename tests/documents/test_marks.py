"""What a document says of itself, for every state it can be made from."""

from typing import Any

import pytest

from kaasav.documents.award import Award
from kaasav.documents.marks import marks

PROPOSAL, SAMPLE, PREVIEW = "PROPOSAL", "SAMPLE", "PREVIEW"


@pytest.mark.parametrize(
    ("training", "status", "result", "awarded", "expected"),
    [
        (False, "approved", "complete", True, ()),
        (False, "approved", "complete", False, (SAMPLE,)),
        (True, "approved", "complete", True, (SAMPLE,)),
        (False, "proposal", "complete", True, (PROPOSAL,)),
        (False, "pilot", "complete", True, (PROPOSAL,)),
        (True, "proposal", "preview", False, (SAMPLE, PROPOSAL, PREVIEW)),
    ],
)
def test_marks(
    real: Any, award: Award, training: bool, status: str, result: str, awarded: bool, expected: tuple[str, ...]
) -> None:
    source = real(training=training, status=status, result={"status": result})
    own = marks(source, award if awarded else None)
    assert own.words == expected
    assert len(own.reasons) == len(expected)


def test_a_document_that_grants_nothing_is_no_sample_for_want_of_a_decision(real: Any) -> None:
    assert marks(real(), None, grants=False).words == ()
    assert marks(real(training=True), None, grants=False).words == (SAMPLE,)


def test_reasons_do_not_say_that_nothing_was_awarded_where_something_was(real: Any, award: Award) -> None:
    assert not any("nothing has been awarded" in reason for reason in marks(real(training=True), award).reasons)
    assert any("nothing has been awarded" in reason for reason in marks(real(), None).reasons)
