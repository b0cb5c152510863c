"""Codes that are read out on the phone and typed from paper: sixty bits, so there is nothing to guess.

In the letters that nobody mixes up (Crockford's base 32, without I, L, O and U).
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_GROUP = 4
_LONGEST = 60  # characters as typed, with spaces and hyphens
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def readable_code(number: int) -> str:
    """The last sixty bits of a number, as a code is stored: twelve letters and digits."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def clean_code(text: str) -> str:
    """The code that somebody typed, as it is stored; empty when it can be none."""
    if len(text) > _LONGEST:
        return ""
    typed = re.sub(r"[\s.\-–]", "", text).upper().translate(_LOOKALIKES)
    return typed if len(typed) == LENGTH and set(typed) <= set(ALPHABET) else ""


def shown_code(code: str) -> str:
    """The code as it is printed: `7K3M-9QXT-2HVD`."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
