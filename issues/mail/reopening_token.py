"""The signed link by which a proposal is reopened from the mail of its answer. It can do nothing else."""

from typing import ClassVar

from django.conf import settings
from django.urls import reverse

from issues.mail.answer_token import AnswerToken


class ReopeningToken(AnswerToken):
    salt: ClassVar[str] = "issues.reopening"

    def url(self) -> str:
        """The address of the page with its one button, in the active language."""
        return settings.TN_SITE_URL + reverse("issues:reopening", args=[self.write()])
