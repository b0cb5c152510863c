"""What an operation may refuse: one status each, a code for programs, a sentence for people."""

import pytest

from core import errors


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotSignedIn, 401), (errors.NotAllowed, 403), (errors.NotVisible, 404), (errors.NotPossible, 409),
        (errors.Invalid, 422), (errors.TooMany, 429),
    ],
)  # fmt: skip
def test_each_has_its_status_and_keeps_its_sentence(error: type[errors.OperationError], status: int) -> None:
    refused = error("A sentence.")
    assert (refused.status, refused.message, str(refused)) == (status, "A sentence.", "A sentence.")
    assert refused.code == error.code


def test_a_code_of_its_own_and_facts_for_programs() -> None:
    refused = errors.NotPossible("Too late.", code="wrong_state", status_now="closed")
    assert (refused.code, refused.extra) == ("wrong_state", {"status_now": "closed"})
    assert errors.NotPossible.code == "not_possible"  # the class keeps its own


def test_fields_and_their_sentences() -> None:
    assert errors.Invalid("Wrong.").fields == {}
    assert errors.Invalid("Wrong.", fields={"title": ["Too short."]}).fields == {"title": ["Too short."]}
