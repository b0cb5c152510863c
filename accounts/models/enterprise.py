from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.tax_code import TaxCodeInvalid, clean_tax_code


def validate_tax_code(value: str) -> None:
    """Form and model validator for Enterprise.tax_code."""
    try:
        clean_tax_code(value)
    except TaxCodeInvalid as error:
        raise ValidationError(error.message, code=error.code) from error


class Enterprise(models.Model):
    """A company, a branch or a household business, known by its tax code."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Enterprise")
        BRANCH = "branch", _("Branch")
        HOUSEHOLD = "household", _("Household business")

    tax_code = models.CharField(_("tax code"), max_length=14, unique=True, validators=[validate_tax_code])
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COMPANY, editable=False)
    address = models.CharField(_("address"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.tax_code = clean_tax_code(self.tax_code)
        self.kind = self.kind_of(self.tax_code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @classmethod
    def kind_of(cls, tax_code: str) -> str:
        """Which kind a clean tax code belongs to, by its length."""
        return {10: cls.Kind.COMPANY, 14: cls.Kind.BRANCH, 12: cls.Kind.HOUSEHOLD}[len(tax_code)]

    @property
    def shown_tax_code(self) -> str:
        """As others than its members may see it: the personal number of a household business is masked."""
        return self.mask(self.tax_code)

    @classmethod
    def mask(cls, tax_code: str) -> str:
        """A clean tax code as it is shown; a personal number keeps three digits at each end (`001••••••345`).

        The number of a household business is that of its owner: personal data (Law on Personal Data Protection
        91/2025/QH15), which others have no need to know.
        """
        if cls.kind_of(tax_code) != cls.Kind.HOUSEHOLD:
            return tax_code
        return f"{tax_code[:3]}{'•' * 6}{tax_code[-3:]}"
