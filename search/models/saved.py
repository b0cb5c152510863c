"""What people keep of the list of projects: searches with what they found, and projects that they follow."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from investment.models import Project


class SavedSearch(models.Model):
    """A query to the list of projects that is asked again whenever projects change.

    `query` is the query string of the list in its normal form, so that equal searches are equal texts; `key` is its
    digest with the language, since a query may be too long for an index. `known` are the
    ids of the projects that it found when mails were switched on: the person has seen them. One column instead of
    rows, since it is written once and read only for the few searches that find something.
    """

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        NEVER = "never", _("No e-mail")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    query = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    locale = models.CharField(max_length=2)
    frequency = models.CharField(max_length=8, choices=Frequency.choices, default=Frequency.WEEKLY)
    known = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name


class SavedSearchItem(models.Model):
    """A project that a saved search found after it was saved. There is one row for both, ever: so nobody is notified of
    it twice. `mailed_at` is when it was put in a mail; without that it waits for the next one."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="items")
    object_id = models.BigIntegerField()
    found_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    mail = models.ForeignKey("search.AlertMail", null=True, on_delete=models.SET_NULL, related_name="items")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["search", "object_id"], name="saved_search_item_once")]
        indexes = [
            models.Index(fields=["found_at"], condition=models.Q(mailed_at=None), name="saved_search_item_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.object_id}"


class ProjectFollow(models.Model):
    """Somebody wants to know when something about a project changes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="project_follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.project_id}"


class FollowedFacts(models.Model):
    """The facts of a followed project as its followers know them; what differs from them is news."""

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.CASCADE, related_name="+")
    facts = models.JSONField()

    def __str__(self) -> str:
        return str(self.project_id)
