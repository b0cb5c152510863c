"""What tests of pages share."""

import re
from typing import Any

from bs4 import BeautifulSoup
from django.utils import translation

from issues.sentences.clock_words import ClockWords

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def text_of(response: Any) -> str:
    """The page with its white space joined and times without their element, so that a sentence can be looked for."""
    return " ".join(re.sub(r"</?(time|b)\b[^>]*>", "", response.content.decode()).split())


def clock_said(response: Any, language: str = "en") -> tuple[str, str]:
    """The headline of the clock that a page was given to show, and what follows it."""
    with translation.override(language):
        words = ClockWords(response.context["clock"])
        return words.headline, words.detail


def wrong_fields(response: Any) -> set[str]:
    """The fields that the summary of errors leads to, by their ids without `id_` and the number of a choice."""
    links = BeautifulSoup(response.content, "html.parser").select("[data-error-summary] a")
    return {re.sub(r"^id_|_[0-9]+$", "", str(link["href"]).removeprefix("#")) for link in links}
