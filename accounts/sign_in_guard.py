"""Slows down guessing of passwords without locking anybody out of their account.

Wrong passwords count for one account *from one address*; a device on which the person has signed in before counts for
itself. After the free ones each further wrong password makes wait twice as long. An address that tries many accounts
waits too. Nobody's guesses make another address or another device wait. Without the cache nobody waits.
"""

import math
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.devices import device_name
from core import clock, limits
from core.attempts import Limit
from core.text import normal

LONGEST_EMAIL = 320  # characters; what is longer is nobody's address


@dataclass(frozen=True)
class Guard:
    """Attempts on one account from one place."""

    account: str
    address: str
    device: str = ""

    @classmethod
    def of(cls, request: HttpRequest, email: str) -> "Guard":
        """The guard of a caller who types a password for the account with this e-mail address, existing or not."""
        plain = email.strip()[:LONGEST_EMAIL]
        account = normal(plain, "NFKC").casefold()
        return cls(account, limits.caller_key(request), device_name(request, plain))

    def wait(self) -> int:
        """Seconds until the next password may be tried; 0 when it is now."""
        by_pair = max(0, math.ceil(cache.get(self._until, 0.0) - clock.now().timestamp()))
        return by_pair if self.device else max(by_pair, self._per_address.wait(self.address))

    def refuse(self, request: HttpRequest) -> None:
        """Raise ValidationError with the time to wait, and have the page answered as 429 (config.middleware.limits)."""
        seconds = self.wait()
        if seconds:
            request.META[limits.RETRY_AFTER] = seconds
            text = _("Too many attempts failed. Wait {time}, or set a new password by e-mail.")
            raise ValidationError(text.format(time=limits.waiting_time(seconds)), code="too_many_login_attempts")

    def failed(self) -> None:
        """Note a wrong password."""
        number, free = self._per_pair.count(self._pair), self._per_pair.most
        if number >= free:
            doubled = settings.SIGN_IN_FIRST_WAIT * 2 ** min(number - free, 20)
            seconds = min(doubled, settings.SIGN_IN_LONGEST_WAIT)
            cache.set(self._until, clock.now().timestamp() + seconds, seconds)
        if not self.device:
            self._per_address.count(self.address)

    def succeeded(self) -> None:
        """The password was right: wrong ones before it are forgotten, here only."""
        self._per_pair.forget(self._pair)
        cache.delete(self._until)

    @property
    def _pair(self) -> str:
        return f"{self.account}|{self.device or self.address}"

    @property
    def _until(self) -> str:
        return f"sign_in.until.{self._per_pair.digest(self._pair)}"

    @property
    def _per_pair(self) -> Limit:
        return limits.limit("sign_in.pair")

    @property
    def _per_address(self) -> Limit:
        return limits.limit("sign_in.address")
