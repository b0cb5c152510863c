"""What happens between a changed project and the mails about it."""

from django.conf import settings
from django.db import models

from core import clock


class ChangedProject(models.Model):
    """A project that changed, written in the transaction that changes it, until saved searches were asked about it.

    `is_followed_up` is set when its followers were seen to, which needs no search engine. `round` is set when a round
    of the saved searches has taken it.
    """

    project_id = models.BigIntegerField()
    is_followed_up = models.BooleanField(default=False)
    round = models.ForeignKey("search.MatchRound", null=True, on_delete=models.SET_NULL, related_name="changes")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.project_id)


class MatchRound(models.Model):
    """Every saved search asked about some changed projects, from the lowest id of a search to the highest.

    `position` is the last search that was asked: a worker that dies, or an engine that is away, leaves the round to the
    next one, which goes on there. `held_until` keeps two workers from doing the same.
    """

    position = models.BigIntegerField(default=0)
    held_until = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.pk)


class AlertMail(models.Model):
    """A mail about saved searches or a followed project that is to be sent, was sent, or was given up.

    Its content is made when it is sent: from the items of saved searches that point here, or from `changes`, the facts
    of a followed project before and after, free of any language.
    """

    class Kind(models.TextChoices):
        SEARCH = "search"  # one search, at once
        DAILY = "daily"
        WEEKLY = "weekly"
        FOLLOW = "follow"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        SKIPPED = "skipped"
        FAILED = "failed"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    follow = models.ForeignKey("search.ProjectFollow", null=True, on_delete=models.CASCADE, related_name="mails")
    changes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="alert_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
