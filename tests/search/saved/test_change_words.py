"""Changes as people read them."""

from typing import Any

import pytest
from django.utils import translation

from search.saved.change_words import line_of

STEP = {"name": {"vi": "Đấu thầu", "en": "Bidding"}, "state": "running", "percent": None, "finished_on": None}


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        ("area_ha", "10", None, ("10 ha", "not published")),
        ("capital_vnd_billion", None, "1200", ("not published", "VND 1,200 billion")),
        ("capital_usd_million", "5", "6", ("USD 5 million", "USD 6 million")),
        ("confirmed_on", None, "2026-11-02", ("not published", "2 Nov 2026")),
        ("contact", "Sở A", {"vi": "Sở B", "en": "Department B"}, ("Sở A", "Department B")),
        ("step", STEP, STEP | {"percent": 40}, ("Being done", "Being done (40 %)")),
    ],
)
def test_before_and_after(what: str, before: Any, after: Any, said: tuple[str, str]) -> None:
    with translation.override("en"):
        line = line_of({"what": what, "before": before, "after": after})
    assert (line.before, line.after) == said
