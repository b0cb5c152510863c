"""Slows down guessing of passwords without locking anybody out of their account.

Wrong passwords count for one account *from one address*; a device on which the person has signed in before counts for
itself. After the free ones each further wrong password makes wait twice as long. An address that tries many accounts
waits too. Nobody's guesses make another address or another device wait. Without the cache nobody waits.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.devices import device_name
from core import limits
from core.attempts import Limit
from core.back_off import BackOff
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

    def begin(self, request: HttpRequest) -> None:
        """Note an attempt before its password is compared: afterwards, as many as go side by side would be free.

        Raises ValidationError with the time to wait, and has the page answered as 429 (config.middleware.limits).
        """
        seconds = self._take()
        if seconds:
            request.META[limits.RETRY_AFTER] = seconds
            text = _("Too many attempts failed. Wait {time}, or set a new password by e-mail.")
            raise ValidationError(text.format(time=limits.waiting_time(seconds)), code="too_many_login_attempts")

    def succeeded(self) -> None:
        """The password was right: this attempt counts nowhere, and wrong ones before it are forgotten, here only."""
        self._per_pair.forget(self._pair)
        if not self.device:
            self._per_address.give_back(self.address)

    def _take(self) -> int:
        """Seconds to wait; 0 where an attempt was noted."""
        if self.device:
            return self._per_pair.take(self._pair)
        if self._per_address.count(self.address) > self._per_address.most:
            by_address = self._per_address.wait(self.address) or 1
            self._per_address.give_back(self.address)
            return max(by_address, self._per_pair.wait(self._pair))
        by_pair = self._per_pair.take(self._pair)
        if by_pair:
            self._per_address.give_back(self.address)
        return by_pair

    @property
    def _pair(self) -> str:
        return f"{self.account}|{self.device or self.address}"

    @property
    def _per_pair(self) -> BackOff:
        return BackOff(limits.limit("sign_in.pair"), settings.SIGN_IN_FIRST_WAIT, settings.SIGN_IN_LONGEST_WAIT)

    @property
    def _per_address(self) -> Limit:
        return limits.limit("sign_in.address")
