from typing import Any, ClassVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.passwords.normal import normalise

DEMO_DOMAIN = "demo.example"  # of a top-level domain that nobody can register (RFC 2606)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in with `email`; without a password they can only reset it."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. What they may do stands in Membership, not here."""

    class Language(models.TextChoices):
        VI = "vi", "Tiếng Việt"
        EN = "en", "English"

    class TimeFormat(models.TextChoices):
        H24 = "24", _("24 hours (17:30)")
        H12 = "12", _("12 hours (5:30 PM)")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name or post"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VI)
    time_format = models.CharField(_("time format"), max_length=2, choices=TimeFormat.choices, default=TimeFormat.H24)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    # Everybody knows its password: it stays a demo account, whatever address it has by now.
    is_demo = models.BooleanField(_("account of the demonstration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of the normalised password."""
        if raw_password is not None and self.pk is None and normalise(raw_password) != raw_password:
            # Sign-in does this for an address that nobody has. check_password tries twice: the time must not differ.
            make_password(raw_password)
        super().set_password(raw_password if raw_password is None else normalise(raw_password))

    def check_password(self, raw_password: str) -> bool:
        """Compare the normalised password, and the one as typed with a hash from before passwords were normalised."""
        plain = normalise(raw_password)
        if super().check_password(plain):
            return True
        if plain == raw_password or not super().check_password(raw_password):
            return False
        self.password = make_password(plain)
        self.save(update_fields=["password"])
        return True

    async def acheck_password(self, raw_password: str) -> bool:
        return await sync_to_async(self.check_password)(raw_password)

    @property
    def may_sign_in(self) -> bool:
        """Active, and no account of the demonstration unless this is one. Asked at every sign-in, page and call."""
        is_demo = self.is_demo or self.email.lower().endswith(f"@{DEMO_DOMAIN}")
        return self.is_active and (settings.TN_DEMO or not is_demo)

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email.partition("@")[0]

    # Wagtail's admin reads the two halves of a name; a post such as "Cán bộ TC-2" has only one.
    @property
    def first_name(self) -> str:
        return self.name

    @property
    def last_name(self) -> str:
        return ""
