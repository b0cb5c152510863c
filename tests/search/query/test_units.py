import pytest

from tests.search.query.conftest import TEXTS, parsed, sought


class TestNumbersAndCodes:
    @pytest.mark.parametrize("typed", ["HN-001", "hn001", "HN001", "hn-1", "HN_001"])
    def test_a_code_is_one_thing(self, typed: str) -> None:
        assert sought(typed) == [{"hn 1"}]

    def test_a_code_that_no_document_has_finds_nothing(self) -> None:
        understood = parsed("HN-002", *TEXTS, "Hà Nội 2, HN")
        assert (understood.unfindable, understood.ignored) == (True, ("HN 002",))

    @pytest.mark.parametrize("typed", ["vành đai 4", "vanh dai 4", "ring road 4"])
    def test_a_number_belongs_to_the_word_before_it(self, typed: str) -> None:
        [part] = sought(typed)
        assert "vanh dai 4" in part

    @pytest.mark.parametrize("typed", ["QL6", "ql 6", "quốc lộ 6", "quoclo6", "national highway 6"])
    def test_a_road_number_with_and_without_space(self, typed: str) -> None:
        [part] = sought(typed)
        assert "quoc lo 6" in part

    def test_a_number_that_stands_elsewhere_is_apart(self) -> None:
        assert sought("khu công nghiệp 5") == [{"khu cong nghiep"}, {"5"}]


class TestFillers:
    @pytest.mark.parametrize(
        "typed",
        [
            "dự án nào ở Đông Anh",
            "du an o dong anh",
            "tìm dự án tại Đông Anh",
            "projects in Dong Anh",
            "huyện Đông Anh",
        ],
    )
    def test_words_that_say_nothing_are_not_required(self, typed: str) -> None:
        assert sought(typed) == [{"dong"}, {"anh"}]

    def test_nothing_but_fillers_is_looked_for_all_the_same(self) -> None:
        assert sought("dự án", "Dự án") == [{"du an"}]

    def test_an_english_filler_may_be_a_part_of_a_name(self) -> None:
        assert {"an"} in sought("resort in hoi an", *TEXTS, "resort in")

    def test_marks_tell_a_filler_from_another_word(self) -> None:
        assert sought("chợ", "chợ cho") == [{"cho"}]
        assert parsed("chợ", "chợ cho").parts[0].required
