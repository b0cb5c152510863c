import pytest

from accounts.actions.tokens import MAX_ACTIVE, issue_token, revoke_token
from accounts.auth import user_of_token
from accounts.models import ApiToken, User
from core.errors import Invalid, NotPossible, NotVisible

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("an@example.com", "a-long-password", name="An")


def test_only_the_digest_is_stored(person):
    token, secret = issue_token(actor=person, name="  Nightly export\x00 ")
    stored = ApiToken.objects.values().get()
    assert token.name == "Nightly export"
    assert secret.startswith("tn_")
    assert len(secret) > 40
    assert all(secret not in str(value) for value in stored.values())
    assert stored["hint"] == secret[:8]
    assert user_of_token(secret) == person


def test_a_revoked_token_opens_nothing(person):
    token, secret = issue_token(actor=person, name="x")
    first = revoke_token(actor=person, token_id=token.pk).revoked_at
    assert user_of_token(secret) is None
    assert revoke_token(actor=person, token_id=token.pk).revoked_at == first


def test_nobody_revokes_what_is_not_theirs(person):
    other = User.objects.create_user("binh@example.com", "a-long-password")
    token, secret = issue_token(actor=other, name="x")
    with pytest.raises(NotVisible):
        revoke_token(actor=person, token_id=token.pk)
    assert user_of_token(secret) == other


def test_the_token_of_a_closed_account_is_dead(person):
    _token, secret = issue_token(actor=person, name="x")
    User.objects.update(is_active=False)
    assert user_of_token(secret) is None


def test_a_token_needs_a_name_and_there_is_a_limit(person):
    with pytest.raises(Invalid) as caught:
        issue_token(actor=person, name=" \x00 ")
    assert "name" in caught.value.fields
    for number in range(MAX_ACTIVE):
        issue_token(actor=person, name=str(number))
    with pytest.raises(NotPossible):
        issue_token(actor=person, name="one more")
