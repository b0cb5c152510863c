"""The signed link behind List-Unsubscribe: it can stop one kind of mail of one person, and nothing else."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from issues.models import About, Way

_SALT = "issues.stop"
DIGEST = "digest"  # instead of one of About: every mail that comes in the digest
STOPPABLE = (About.PROGRESS, About.REST, DIGEST)  # where one click is enough: these ask for nothing


@dataclass(frozen=True)
class StopToken:
    user_id: int
    what: str  # one of STOPPABLE

    def url(self) -> str:
        """The address for the header, in the active language."""
        token = signing.dumps([self.user_id, str(self.what)], salt=_SALT)
        return settings.TN_SITE_URL + reverse("issues:stop_mail", args=[token])

    @classmethod
    def read(cls, text: str) -> "StopToken | None":
        """None for what is no token of ours. It does not end: mail is kept for years, and all it can do is stop."""
        try:
            user_id, what = signing.loads(text, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(user_id, what) if what in STOPPABLE else None


def stopped_ways(ways: dict[str, str], what: str) -> dict[str, str]:
    """The ways after stopping: those events are still listed in the application."""
    stops = {about for about, way in ways.items() if about == what or (what == DIGEST and way == Way.DIGEST)}
    return {about: str(Way.APP) if about in stops else way for about, way in ways.items()}
