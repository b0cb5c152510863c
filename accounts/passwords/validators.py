"""Rules for new passwords: Django's, on the password as it is compared, and those of guessable passwords here."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords import guessable
from accounts.passwords.guessable import Reason
from accounts.passwords.normal import LONGEST, normalise
from core.text import fold

_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    """Not like the person's name or address, with or without marks."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) <= LONGEST:
            super().validate(normalise(password), user)


class LengthValidator(password_validation.MinimumLengthValidator):
    """Counted as it is compared: a letter with its marks is one. Has an upper limit, too."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is too long: at most {number} characters.").format(number=LONGEST),
                code="password_too_long",
            )
        super().validate(normalise(password), user)


class CommonValidator(password_validation.CommonPasswordValidator):
    """Not in Django's list, neither as it is, nor without marks, nor without the digits and symbols around it."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            return
        plain = fold(normalise(password))
        for form in {normalise(password), plain, _ENDS.sub("", plain), _ENDS.sub("", guessable.as_letters(plain))}:
            super().validate(form, user)


class NumericValidator(password_validation.NumericPasswordValidator):
    """Not only digits, nor a date or a phone number with its separators."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) <= LONGEST:
            super().validate(re.sub(r"[\s./\-+()]", "", normalise(password)), user)


class GuessableValidator:
    """Not a name, place or phrase with a number, no keyboard walk, nothing of the person's own."""

    def validate(self, password: str, user: Any = None) -> None:
        check_not_guessable(password, own_texts(user))

    def get_help_text(self) -> str:
        return _(
            "Names, places and common phrases are guessed first, with a year or a symbol, too. "
            "Take four words that do not belong together."
        )


def check_not_guessable(password: str, own: Iterable[str] = ()) -> None:
    """Raise ValidationError with the reason. `own`: texts with the person's own data, such as their name."""
    if len(password) > LONGEST:
        return
    reason = guessable.reason(password, own)
    if reason is not None:
        raise ValidationError(_sentence(reason), code=f"password_guessable_{reason.value}")


def own_texts(user: Any) -> list[str]:
    """What others know of a person: address, name, phone, the enterprises they act for."""
    if user is None:
        return []
    local, _at, domain = (getattr(user, "email", "") or "").partition("@")
    texts = [local, domain.partition(".")[0], getattr(user, "name", "") or ""]
    if getattr(user, "pk", None):
        texts += user.memberships.exclude(enterprise=None).values_list("enterprise__name", flat=True)
    return [text for text in texts if text]


def _sentence(reason: Reason) -> str:
    if reason is Reason.OWN:
        return _("This password is made of your own name, address or enterprise, which others know. Take other words.")
    if reason is Reason.WALK:
        return _("This password is a row of keys or a repetition, which is guessed first. Take four words instead.")
    return _(
        "This password is made of a name, a place or a common phrase, which are guessed first, "
        "with digits or symbols, too. Take four words that do not belong together."
    )
