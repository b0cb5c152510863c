"""Why a part of a mail was not taken over, in words."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

_REASONS: Mapping[str, Callable[[], str]] = {
    "signature": lambda: _("a digital signature, which is not needed here"),
    "key": lambda: _("a key of your mail program"),
    "card": lambda: _("a business card"),
    "calendar": lambda: _("a calendar entry"),
    "mail": lambda: _("another e-mail; attach its files themselves, and copy its words into your text"),
    "report": lambda: _("a report of a mail server"),
    "encrypted": lambda: _("encrypted, so nobody here can read it; send it unencrypted, or attach it on the page"),
    "small_image": lambda: _("a small image without a name"),
    "our_image": lambda: _("an image of our own e-mail"),
    "image": lambda: _("an image inside of the text that is not accepted; attach it as PNG or JPEG"),
    "known": lambda: _("the proposal has it already"),
    "program": lambda: _("a part that your mail program added"),
    "damaged": lambda: _("damaged or incomplete; send it once more"),
    "deep": lambda: _("packed too deep in other parts; attach it directly"),
}


def say_reason(reason: str) -> str:
    """The words of a reason (issues.mail.inbound.left_out). KeyError for an unknown one."""
    return _REASONS[reason]()


def say_left_out(parts: Sequence[Mapping[str, str]]) -> list[str]:
    """One line for each part: its name and why it was left out."""
    text = _("{name}: {reason}")
    return [text.format(name=part["name"], reason=say_reason(part["reason"])) for part in parts]
