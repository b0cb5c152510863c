"""Codes of tickets as people type them: whole or by their number, with or without hyphens, in small letters."""

import re

from django.utils import timezone

from core import clock
from core.text import fold

_YEARS = 10  # back from this one: among whose tickets a number alone is looked up
_BETWEEN = r"[\s\-–—_./#]*"
_WHOLE = re.compile(rf"\bkn{_BETWEEN}(20\d\d){_BETWEEN}(\d{{1,6}})(?!\w)")
_WHOLE_WITHOUT_LETTERS = re.compile(rf"(20\d\d){_BETWEEN}(\d{{1,6}})")
_NUMBER = re.compile(rf"(?:kn|#|so|no)?{_BETWEEN}(\d{{1,6}})")
_MOST = 60  # characters of a text that is nothing but a code


def whole_code(text: str) -> str:
    """The code that the text is, and nothing else, in its official form; or nothing."""
    typed = fold(text).strip()[:_MOST]
    found = _WHOLE.fullmatch(typed) or _WHOLE_WITHOUT_LETTERS.fullmatch(typed)
    return _official(*found.groups()) if found else ""


def codes_meant(text: str) -> list[str]:
    """The codes that somebody may mean by a text, the likeliest first: what it is as a whole, the codes in it, and for
    a number alone that number of this year and the years before."""
    typed = fold(text).strip()
    codes = [whole_code(text), *(_official(*found.groups()) for found in _WHOLE.finditer(typed))]
    if len(typed) <= _MOST:
        codes += [typed.upper()] if any(char.isdigit() for char in typed) else []
        number = _NUMBER.fullmatch(typed)
        if number:
            this_year = timezone.localtime(clock.now()).year
            codes += [_official(str(this_year - back), number[1]) for back in range(_YEARS)]
    return list(dict.fromkeys(code for code in codes if code))


def _official(year: str, number: str) -> str:
    return f"KN-{year}-{int(number):04d}"
