"""The address to which one person can answer on one ticket. It is signed: nobody can make one up.

`reply+<code>.<person>.<signature>@<domain>`, lower case and short enough for every mail server (RFC 5321: 64
characters before the @).
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import int_to_base36

_SALT = "issues.reply"
_SIGNATURE = 24  # hexadecimal digits: 96 bits
_LOCAL = re.compile(r"reply\+(?P<code>[a-z0-9-]{3,20})\.(?P<user>[0-9a-z]{1,12})\.(?P<signature>[0-9a-f]{24})")


@dataclass(frozen=True)
class ReplyAddress:
    """Whose answer, and to which ticket."""

    code: str
    user_id: int

    def write(self) -> str:
        """The whole address; empty where no domain takes replies."""
        domain = settings.TN_MAIL_REPLY_DOMAIN
        if not domain:
            return ""
        code, user = self.code.lower(), int_to_base36(self.user_id)
        return f"reply+{code}.{user}.{_sign(code, self.user_id)}@{domain}"

    @classmethod
    def read(cls, text: str) -> "ReplyAddress | None":
        """The address if it is one of ours and its signature is right. The domain is the mail server's business."""
        found = _LOCAL.fullmatch(text.strip().rpartition("@")[0].lower())
        if found is None:
            return None
        user_id = int(found["user"], 36)
        if not constant_time_compare(found["signature"], _sign(found["code"], user_id)):
            return None
        return cls(found["code"].upper(), user_id)


def _sign(code: str, user_id: int) -> str:
    return salted_hmac(_SALT, f"{code}:{user_id}", algorithm="sha256").hexdigest()[:_SIGNATURE]
