"""Our classification of the forms of investment, which every published list words differently."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import fold


class InvestmentForm(models.TextChoices):
    PPP = "ppp", _("Public-private partnership (PPP)")
    BIDDING = "bidding", _("Bidding, investor selection")
    AUCTION = "auction", _("Land-use right auction")
    PRIVATE = "private", _("Private capital")
    OTHER = "other", _("Other form")
    NONE = "none", _("Not published")


# The first that occurs in the folded text decides. "bot"/"bt" are contract types of PPP; a pre-qualification
# (sơ tuyển) is a stage of bidding; "ngoài ngân sách" is capital from outside the state budget.
_SIGNS: tuple[tuple[str, InvestmentForm], ...] = (
    ("ppp", InvestmentForm.PPP),
    ("bot", InvestmentForm.PPP),
    ("dau gia", InvestmentForm.AUCTION),
    ("dau thau", InvestmentForm.BIDDING),
    ("moi thau", InvestmentForm.BIDDING),
    ("so tuyen", InvestmentForm.BIDDING),
    ("lua chon nha dau tu", InvestmentForm.BIDDING),
    ("ngoai ngan sach", InvestmentForm.PRIVATE),
    ("von tu nhan", InvestmentForm.PRIVATE),
    ("von nha dau tu", InvestmentForm.PRIVATE),
    ("von nuoc ngoai", InvestmentForm.PRIVATE),
    ("fdi", InvestmentForm.PRIVATE),
)


def classify(published: str) -> InvestmentForm:
    """The form that a published text means; NONE when the source gives none."""
    text = fold(published).strip()
    if not text:
        return InvestmentForm.NONE
    return next((form for sign, form in _SIGNS if sign in text), InvestmentForm.OTHER)
