"""A mail's words: one headline that says it all, a few lines, perhaps a quotation, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from issues.mail.scene import Scene


@dataclass(frozen=True)
class Words:
    headline: str  # the subject, and the sentence in the list of the application
    lines: tuple[str, ...] = ()
    quote: str = ""  # what somebody wrote
    action: str = ""  # the label of the link


Say = Callable[[Scene], Words]
