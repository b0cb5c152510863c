"""One spelling for a password, however a keyboard writes it."""

from core.text import normal

LONGEST = 1_000  # characters; more are no password, and normalising takes time with the square of a run of marks


def normalise(password: str) -> str:
    """The password in NFKC (NIST SP 800-63B 3.1.1.2): `ế` from one key or from three is the same.

    One that is longer than LONGEST is returned as it is.
    """
    return normal(password, "NFKC") if len(password) <= LONGEST else password
