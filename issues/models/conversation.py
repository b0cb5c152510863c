import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Enterprise
from core import clock
from issues.models.choices import Visibility
from issues.models.ticket import Ticket


def internal_to() -> models.CharField:
    """The code of the one agency that may read a note or file; NULL for all agencies of the ticket. As in the log."""
    return models.CharField(max_length=20, null=True, blank=True, editable=False)


class Message(models.Model):
    """A message to all parties, or an internal note of the agencies."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("message"))
    visibility = models.CharField(
        max_length=8, choices=[c for c in Visibility.choices if c[0] != "public"], default=Visibility.PARTIES
    )
    internal_to = internal_to()
    created_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.pk}"


def private_storage() -> Storage:
    """The storage outside the web root; which one is a setting, so it is asked for when first used."""
    return storages["private"]


ATTACHMENTS_FOLDER = "attachments"


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Files are kept by a random name; the person's file name is data, never a path."""
    name = attachment.public_id.hex
    return f"{ATTACHMENTS_FOLDER}/{name[:2]}/{name}"


def thumbnail_path(attachment: "Attachment", filename: str) -> str:
    """Beside its file."""
    return f"{attachment_path(attachment, filename)}.small"


class Attachment(models.Model):
    """A file of a ticket, outside the web root; only the permission-checked view reads it."""

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned", _("Not scanned")
        SCANNING = "scanning", _("Being scanned")
        CLEAN = "clean", _("Clean")
        INFECTED = "infected", _("Infected")

    DOWNLOADABLE = (Scan.UNSCANNED, Scan.CLEAN)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments")
    # Empty once an infected file is removed.
    file = models.FileField(upload_to=attachment_path, max_length=200, storage=private_storage, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNSCANNED)
    scan_attempts = models.PositiveSmallIntegerField(default=0)
    next_scan_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(_("scanned"), null=True)
    signature = models.CharField(_("what the scanner found"), max_length=200, blank=True)
    wants_thumbnail = models.BooleanField(default=False)  # until it was tried once
    thumbnail = models.FileField(upload_to=thumbnail_path, max_length=200, storage=private_storage, blank=True)
    thumbnail_width = models.PositiveSmallIntegerField(default=0)
    thumbnail_height = models.PositiveSmallIntegerField(default=0)
    visibility = models.CharField(
        max_length=8, choices=[c for c in Visibility.choices if c[0] != "public"], default=Visibility.PARTIES
    )
    internal_to = internal_to()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_scan_at"], name="attachment_next_scan", condition=models.Q(next_scan_at__isnull=False)
            ),
            models.Index(fields=["id"], name="attachment_wants_thumbnail", condition=models.Q(wants_thumbnail=True)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_downloadable(self) -> bool:
        """Whether it may be downloaded."""
        return self.scan in self.DOWNLOADABLE


class Rating(models.Model):
    """How content the enterprise is with the answer of one cycle, 1 to 5."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ratings")
    cycle = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "cycle"], name="one_rating_a_cycle"),
            models.CheckConstraint(name="rating_1_to_5", condition=models.Q(score__gte=1, score__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.score}/5"


class Party(models.Model):
    """Another enterprise with the same problem ("same for me"): it gets the same answer.

    Without an enterprise it is the person alone, whose own ticket was merged into this one.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="parties")
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.CASCADE, related_name="+")
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "enterprise"], name="one_party_per_enterprise"),
            models.UniqueConstraint(
                fields=["ticket", "joined_by"],
                condition=models.Q(enterprise__isnull=True),
                name="one_party_per_person_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.enterprise_id}"
