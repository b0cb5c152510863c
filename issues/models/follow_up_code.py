"""The follow-up code on a receipt: its holder may read the answer without an account."""

import secrets

from core.readable_codes import LENGTH, readable_code


def new_follow_up_code() -> str:
    """A fresh random code, as it is stored: twelve letters and digits."""
    return readable_code(secrets.randbits(5 * LENGTH))
