"""Names that make a person of an enterprise look like an officer: nobody outside of the agencies may take one.

Where people read who wrote, an enterprise's words carry the name of the enterprise; this is for lists and mails that
show a person's own name.
"""

import unicodedata

from django.utils.translation import gettext as _

from accounts.models import Agency, Role, User
from core.text import normal, words

# How posts of the task force are called here (design §2), folded.
_POSTS = (
    "can bo", "cong chuc", "dieu phoi vien", "quan tri vien", "lanh dao thanh pho", "lanh dao so", "truong don vi",
    "to cong tac", "chu tich ubnd", "uy ban nhan dan", "giam doc so", "trong ngay",
    "officer", "coordinator", "administrator", "task force", "people s committee",
)  # fmt: skip
_SHORTEST_CODE = 3  # letters; two are somebody's initials
_OTHER_ALPHABETS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def name_refused(name: str, *, person: User | None = None) -> str:
    """Why the person may not be called so; empty where they may. People with a role at the city may have any name."""
    if person is not None and person.pk and person.memberships.exclude(role=Role.ENTERPRISE).exists():
        return ""
    if _mixes_alphabets(name):
        return _("Write the name with the letters of one alphabet.")
    if _looks_official(name):
        return _("This reads like the name of an officer or an agency. Enter your own name, as on your identity card.")
    return ""


def is_name_of_agency(name: str) -> bool:
    """Whether an enterprise would be called like an agency."""
    return bool(name.strip()) and _phrase(name) in {_phrase(one) for agency in _agencies() for one in agency[:2] if one}


def _looks_official(name: str) -> bool:
    said = _phrase(name)
    if any(f" {post} " in said for post in _POSTS):
        return True
    for name_vi, name_en, code, abbr, level in _agencies():
        names = [_phrase(one) for one in (name_vi, name_en) if one]
        # Many enterprises have the name of a ward in theirs, and so have the people who speak for them.
        if said in names or (level != Agency.Level.WARD and any(one in said for one in names)):
            return True
        if any(len(one) >= _SHORTEST_CODE and _phrase(one) in said for one in (code, abbr)):
            return True
    return False


def _agencies() -> list[tuple[str, str, str, str, str]]:
    return list(Agency.objects.order_by().values_list("name_vi", "name_en", "code", "abbr", "level"))


def _phrase(text: str) -> str:
    """Its words, folded, each between blanks; letters of another width or style are what they look like."""
    plain = "".join(c for c in normal(text, "NFKC") if unicodedata.category(c) != "Cf")
    return f" {' '.join(words(plain))} "


def _mixes_alphabets(name: str) -> bool:
    """Latin letters with some of another alphabet that look the same."""
    alphabets = {unicodedata.name(c, "").partition(" ")[0] for c in name if c.isalpha()}
    return "LATIN" in alphabets and any(other in alphabets for other in _OTHER_ALPHABETS)
