"""The follow-up code on a receipt: its holder may read the answer without an account.

Sixty random bits in the letters that nobody mixes up (Crockford's base 32, without I, L, O and U), so it can be read
out on the phone and typed from paper, and there is nothing to guess.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_GROUP = 4
_LONGEST = 60  # characters as typed, with spaces and hyphens
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_follow_up_code() -> str:
    """A fresh code, as it is stored: twelve letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def clean_follow_up_code(text: str) -> str:
    """The code that somebody typed, as it is stored; empty when it can be none."""
    if len(text) > _LONGEST:
        return ""
    typed = re.sub(r"[\s.\-–]", "", text).upper().translate(_LOOKALIKES)
    return typed if len(typed) == LENGTH and set(typed) <= set(ALPHABET) else ""


def shown_follow_up_code(code: str) -> str:
    """The code as it is printed: `7K3M-9QXT-2HVD`."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
