"""How a text was understood, in parts: where each way to find a part comes from."""

import pytest

from search.engines.base import SearchResult
from search.explaining.understood import Origin, Repair, Role, Understood, repair, understood
from search.finding import Found
from search.query.expansions import expansions
from search.query.understand import understand
from tests.search.query.conftest import GROUPS, Texts


def read(text: str, *documents: str) -> Understood:
    words = understand(text, expansions(GROUPS), Texts(*documents), _Scope())  # type: ignore[arg-type]
    return understood(text, Found(SearchResult(0), words, ignored=words.ignored), GROUPS)


class _Scope:
    """Texts knows no scope."""


def ways(found: Understood, part: int = 0) -> dict[str, Origin]:
    return {way.text: way.origin for way in found.parts[part].ways}


def test_words_that_mean_the_same_as_editors_wrote_them() -> None:
    found = read("kcn", "Khu công nghiệp Đông Anh", "KCN Quang Minh")
    assert ways(found) == {"kcn": Origin.TYPED, "khu công nghiệp": Origin.GROUP}
    assert [way.weight == 1 for way in found.parts[0].ways] == [True, False]


def test_a_number_behind_a_name_stays() -> None:
    found = read("QL6", "Cải tạo quốc lộ 6")
    assert ways(found) == {"quốc lộ 6": Origin.GROUP}


def test_roles() -> None:
    found = read("các cầu ở Hà Nội", "Các cây cầu ở Hà Nội", "cầu")
    assert {part.typed: part.role for part in found.parts} == {
        "các": Role.RANK,
        "cầu": Role.REQUIRED,
        "ở": Role.RANK,
        "Hà Nội": Role.PLACE,
    }


def test_what_no_document_has_is_named_and_so_is_what_says_nothing() -> None:
    found = read("cho tôi xem cầu zzqqkk", "cầu")
    assert [part.typed for part in found.parts] == ["cầu"]
    assert found.ignored == ("zzqqkk",)
    assert found.silent == ("cho", "tôi", "xem")


def test_written_together_with_its_neighbour() -> None:
    found = read("waste water", "wastewater plant", "waste", "water")
    assert ways(found, 0) == {"waste": Origin.TYPED, "wastewat": Origin.JOINED}


def test_a_name_whose_words_stand_apart() -> None:
    found = read("nhà ở xã hội", "nhà", "ở xã", "hội", "social housing")
    assert ways(found) == {"social housing": Origin.GROUP, "nhà ở xã hội": Origin.APART}


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("dduwowngf", "duong", Repair.TELEX),
        ("d9u7o7ng2", "duong", Repair.VNI),
        ("quangminh", "quang minh", Repair.JOINED),
        ("xân", "san", Repair.ALIKE),
        ("mnih", "minh", Repair.NEAR),
        ("nhaf owr xax hoi", "nha o xa hoi", Repair.TELEX),
        ("đất trốnng", "đất trong", Repair.NEAR),
    ],
)
def test_why_a_word_was_read_as_another(typed: str, meant: str, why: Repair) -> None:
    assert repair(typed, meant) == why


def test_the_pieces_of_a_joined_word_all_name_it() -> None:
    found = read("quangminh", "Quang Minh")
    assert [(part.typed, part.meant, part.repair) for part in found.parts] == [
        ("quangminh", "quang", Repair.JOINED),
        ("quangminh", "minh", Repair.JOINED),
    ]
    assert ways(found) == {"quang": Origin.REPAIRED}


def test_what_sounds_alike() -> None:
    found = read("xân bay", "sân bay", "xan", "bay")
    assert ways(found) == {"xân": Origin.TYPED, "san": Origin.ALIKE}


def test_a_long_text_is_cut_and_says_so() -> None:
    assert read("cầu " * 40, "cầu").is_cut
    assert not read("cầu " * 20, "cầu").is_cut


@pytest.mark.parametrize("text", ["", "???", "\x00", "\u200b", "zzqqkk"])
def test_nothing_to_look_for(text: str) -> None:
    assert read(text, "cầu").parts == ()
