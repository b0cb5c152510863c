import pytest

from tests.search.query.conftest import TEXTS, sought


class TestNames:
    @pytest.mark.parametrize("typed", ["KCN", "kcn", "khu công nghiệp", "KHU CONG NGHIEP", "industrial estates"])
    def test_each_name_of_a_group_means_the_others(self, typed: str) -> None:
        assert "khu cong nghiep" in sought(typed)[0]

    def test_names_that_no_document_has_are_not_looked_for(self) -> None:
        assert sought("KCN") == [{"khu cong nghiep"}]

    def test_who_types_an_everyday_name_means_the_official_one_but_not_the_other_way_round(self) -> None:
        assert sought("nhà ở thu nhập thấp") == [{"nha o xa hoi"}]
        assert sought("nhà ở xã hội", *TEXTS, "nhà ở thu nhập thấp") == [{"nha o xa hoi"}]

    @pytest.mark.parametrize("typed", ["bột", "bợt"])
    def test_other_marks_are_another_word(self, typed: str) -> None:
        assert sought(typed, "xây dựng kinh doanh chuyển giao") == []

    def test_two_meanings_of_a_short_form_are_not_mixed(self) -> None:
        texts = ("cổ phần", "chính phủ")
        assert sought("CP", *texts) == [{"co phan", "chinh phu"}]
        assert sought("cổ phần", *texts) == [{"co phan"}]

    def test_a_name_that_stands_nowhere_is_read_word_by_word(self) -> None:
        assert (
            sought("bất động sản", "động sản bất thường") == [{"bat dong san"}]
            or len(sought("bất động sản", "động sản bất thường")) == 3
        )
