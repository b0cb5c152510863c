"""Parts of a mail that are not taken over, each with its reason. The reasons' words are in issues.sentences."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Kept in the log by these values."""

    SIGNATURE = "signature"
    KEY = "key"
    CARD = "card"
    CALENDAR = "calendar"
    MAIL = "mail"
    REPORT = "report"
    ENCRYPTED = "encrypted"
    SMALL_IMAGE = "small_image"
    OUR_IMAGE = "our_image"
    IMAGE = "image"  # of a kind that is not accepted
    KNOWN = "known"  # an inline image that the ticket has already: the logo of every mail
    PROGRAM = "program"
    DAMAGED = "damaged"
    DEEP = "deep"


@dataclass(frozen=True)
class LeftOut:
    name: str  # the file's, or else its content type
    reason: Reason
