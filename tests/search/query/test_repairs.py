import unicodedata

import pytest

from search.engines.base import Scope
from search.query.expansions import expansions
from search.query.understand import understand
from tests.search.query.conftest import GROUPS, TEXTS, Texts, parsed, sought


class TestRepairs:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("khu coong nghieepj", "khu cong nghiep"),
            ("khu co6ng nghie65p", "khu cong nghiep"),
            ("khu cong nghiepj", "khu cong nghiep"),
            ("khu công ngiệp", "khu cong nghiep"),
            ("khu cong nghiiep", "khu cong nghiep"),
            ("khu cng nghiep", "khu cong nghiep"),
        ],
    )
    def test_what_was_mistyped_is_read_as_it_was_meant_and_then_as_a_whole(self, typed: str, meant: str) -> None:
        assert sought(typed)[0] >= {meant}
        assert parsed(typed).corrected

    @pytest.mark.parametrize("typed", ["motorwy", "moterway", "motoway"])
    def test_a_name_that_only_the_groups_have(self, typed: str) -> None:
        understood = parsed(typed, "đường cao tốc")
        assert {"cao toc"} <= {" ".join(a.words) for a in understood.parts[0].alternatives}
        assert understood.corrected == "motorway"

    @pytest.mark.parametrize("typed", ["hanoi", "HaNoi"])
    def test_words_written_as_one(self, typed: str) -> None:
        assert sought(typed) == [{"ha noi"}]

    @pytest.mark.parametrize("typed", ["kĩ thuật", "kỹ thuật", "ki thuat", unicodedata.normalize("NFD", "kỹ thuật")])
    def test_i_and_y(self, typed: str) -> None:
        assert sought(typed) == [{"ki"}, {"thuat"}]

    @pytest.mark.parametrize("typed", ["industry", "Industries", "city harbor", "cities' harbours"])
    def test_english_endings_and_spellings(self, typed: str) -> None:
        assert all(part for part in sought(typed))
        assert not parsed(typed).ignored

    def test_nothing_but_unknown_words_finds_nothing(self) -> None:
        assert parsed("zzyzxq").unfindable

    def test_a_query_that_is_right_costs_one_question(self) -> None:
        texts = Texts(*TEXTS)
        understand("khu công nghiệp", expansions(GROUPS), texts, Scope())  # type: ignore[arg-type]
        assert texts.asked == 1
