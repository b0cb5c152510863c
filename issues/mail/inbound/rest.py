"""What was cut from a mail, made fit for being kept beside the message and read by its audience."""

import re

REST_MAX = 20_000  # characters; the original mail has all of it
_LEFT_OUT = "[…]"
# A signed token (django.core.signing): data, time and signature, also within the address of a filter of links. A
# reader who holds one may rate or unsubscribe as the person to whom our mail went.
_COLON = r"(?::|%(?:25)*3A)"
_TOKEN = re.compile(rf"(?<![\w-])[\w-]+{_COLON}[\w-]{{4,}}{_COLON}[\w-]{{27,}}", re.ASCII | re.IGNORECASE)
_REPLY_ADDRESS = re.compile(r"(?<!\S)([<(\[]?(?:mailto:)?reply)\+[^\s@<>]{1,200}@", re.IGNORECASE)


def rest_of_mail(cut: str) -> str:
    """The cut text without the tokens of our own mails, at most `REST_MAX` characters."""
    text = _REPLY_ADDRESS.sub(rf"\1+{_LEFT_OUT}@", _TOKEN.sub(_LEFT_OUT, cut))
    return text if len(text) <= REST_MAX else f"{text[: REST_MAX - len(_LEFT_OUT) - 1]}\n{_LEFT_OUT}"
