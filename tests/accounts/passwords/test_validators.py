"""The rules for new passwords, as every form and command asks them."""

import pytest
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.models import Enterprise, Membership, Role, User
from accounts.passwords.normal import LONGEST


def codes(password: str, user: User | None = None) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {str(one.code) for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Kx7#mPq2v", "password_too_short"),
        ("e\u0302\u0301" * 4 + "x", "password_too_short"),  # counted as letters
        ("x1" * 600, "password_too_long"),
        ("\u0301" * 5000, "password_too_long"),
        ("password123", "password_too_common"),
        ("Password@2024", "password_too_common"),
        ("P@ssw0rd2024", "password_too_common"),
        ("ｐａｓｓｗｏｒｄ１２３", "password_too_common"),
        ("pássword123", "password_too_common"),
        ("iloveyou2024!", "password_too_common"),
        ("48291037465", "password_entirely_numeric"),
        ("19/08/1987-1", "password_entirely_numeric"),
        ("+84 912 345 678", "password_entirely_numeric"),
        ("٤٨٢٩١٠٣٧٤٦٥", "password_entirely_numeric"),
        ("Hanoi@2024!", "password_guessable_words"),
        ("qwerty@20249", "password_guessable_walk"),
    ],
)
def test_refused(password: str, code: str) -> None:
    assert code in codes(password)


@pytest.mark.parametrize(
    "password", ["a-long-password-7", "con mèo đen ngủ trên mái ngói", "Kx7#mPq2vL9z", "trăng non treo"]
)
def test_taken(password: str) -> None:
    assert codes(password, User(email="an@example.com", name="Nguyễn Văn An")) == set()


@pytest.mark.django_db
def test_what_others_know_of_the_person() -> None:
    person = User.objects.create_user("meocon@congtyabc.vn", name="Zarathustra Krish")
    enterprise = Enterprise.objects.create(tax_code="0100109106", name="Thép Sông Hồng")
    Membership.objects.create(user=person, role=Role.ENTERPRISE, enterprise=enterprise)
    for password in ("meocon@@1988", "krish#2024!!", "thepsonghong2024"):
        assert "password_guessable_own" in codes(password, person), password
        assert "password_guessable_own" not in codes(password), password


def test_the_sentences_say_why() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        validate_password("Hanoi@2024!")
    assert "a name, a place or a common phrase" in " ".join(refused.value.messages)
    ours = [one for one in get_default_password_validators() if type(one).__module__.startswith("accounts.passwords")]
    assert len(ours) == 5
    assert all(validator.get_help_text() for validator in ours)


def test_the_longest_is_taken() -> None:
    assert "password_too_long" not in codes("x1-" * (LONGEST // 3))
