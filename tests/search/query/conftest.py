from collections.abc import Iterable

import pytest

from search.engines.base import Scope
from search.query.expansions import Expansions, expansions
from search.query.parsed import Keys, ParsedText
from search.query.understand import understand
from search.words.groups import Group
from search.words.keys import keys_of

GROUPS = (
    Group(("khu công nghiệp", "KCN", "industrial park", "industrial zone", "industrial estate")),
    Group(("giải phóng mặt bằng", "GPMB", "site clearance")),
    Group(("nhà ở xã hội", "NƠXH", "social housing"), ("nhà ở thu nhập thấp",)),
    Group(("bất động sản", "BĐS", "real estate")),
    Group(("xây dựng kinh doanh chuyển giao", "BOT")),
    Group(("đường vành đai", "vành đai", "ring road")),
    Group(("quốc lộ", "QL", "national highway")),
    Group(("cao tốc", "expressway", "motorway")),
    Group(("cổ phần", "CP")),
    Group(("chính phủ", "CP")),
)


class Texts:
    """An engine that knows some texts, as far as understanding a query needs one."""

    def __init__(self, *texts: str) -> None:
        self._texts = [keys_of(text) for text in texts]
        self.asked = 0

    def known(self, runs: Iterable[Keys], scope: Scope) -> set[Keys]:
        self.asked += 1
        return {run for run in runs if any(self._stands_in(run, text) for text in self._texts)}

    def near(self, word: str, scope: Scope) -> list[str]:
        return sorted({key for text in self._texts for key in text})

    @staticmethod
    def _stands_in(run: Keys, text: Keys) -> bool:
        return any(text[at : at + len(run)] == run for at in range(len(text) - len(run) + 1))


@pytest.fixture(scope="session")
def table() -> Expansions:
    return expansions(GROUPS)


TEXTS = (
    "Khu công nghiệp Đông Anh, Hà Nội; giải phóng mặt bằng",
    "Đường vành đai 4 và vành đai 3, quốc lộ 6, metro số 5, HN-001",
    "Trung tâm thương mại, sân bay, nhà máy nước, du lịch, kỹ thuật, cao tốc, đô thị mới Hội An",
    "Nhà ở xã hội Khánh Hòa; wastewater treatment near the harbour; industries and cities",
)


def parsed(text: str, *texts: str) -> ParsedText:
    return understand(text, expansions(GROUPS), Texts(*(texts or TEXTS)), Scope())  # type: ignore[arg-type]


def sought(text: str, *texts: str) -> list[set[str]]:
    """The names of each required part."""
    return [{" ".join(a.words) for a in part.alternatives} for part in parsed(text, *texts).required]
