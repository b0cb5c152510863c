import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Scope
from search.query.expansions import Expansions, expansions
from search.query.parsed import ParsedText
from search.query.typed import MAX_CHARACTERS, MAX_WORDS, read
from search.query.understand import begin, understand
from tests.search.query.conftest import GROUPS, Texts

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

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("xân bay", "san"), ("chung tâm", "trung"), ("lu lịch", "du"), ("mhà máy", "nha")],
    )
    def test_a_letter_that_sounds_alike_or_stands_beside_it(self, typed: str, meant: str) -> None:
        assert any(meant in part for part in sought(typed))

    @pytest.mark.parametrize("typed", ["motorwy", "moterway", "motoway"])
    def test_a_name_that_only_the_groups_have(self, typed: str) -> None:
        understood = parsed(typed, "đường cao tốc")
        assert {"cao toc"} <= {" ".join(a.words) for a in understood.parts[0].alternatives}
        assert understood.corrected == "motorway"

    @pytest.mark.parametrize("typed", ["hanoi", "HaNoi"])
    def test_words_written_as_one(self, typed: str) -> None:
        assert sought(typed) == [{"ha noi"}]

    def test_words_written_apart(self) -> None:
        assert sought("waste water") == [{"wastewat"}, {"wastewat"}]

    @pytest.mark.parametrize("typed", ["kĩ thuật", "kỹ thuật", "ki thuat", unicodedata.normalize("NFD", "kỹ thuật")])
    def test_i_and_y(self, typed: str) -> None:
        assert sought(typed) == [{"ki"}, {"thuat"}]

    @pytest.mark.parametrize("typed", ["industry", "Industries", "city harbor", "cities' harbours"])
    def test_english_endings_and_spellings(self, typed: str) -> None:
        assert all(part for part in sought(typed))
        assert not parsed(typed).ignored

    def test_a_word_that_no_document_has_does_not_kill_the_query(self) -> None:
        understood = parsed("nhà ở xã hội zzyzxq")
        assert understood.ignored == ("zzyzxq",)
        assert sought("nhà ở xã hội zzyzxq") == [{"nha o xa hoi"}]

    def test_nothing_but_unknown_words_finds_nothing(self) -> None:
        assert parsed("zzyzxq").unfindable

    def test_a_place_is_never_taken_for_another(self) -> None:
        [part] = parsed("Hà Giang").parts
        assert part.essential
        assert part.words == ("ha", "giang")

    def test_a_query_that_is_right_costs_one_question(self) -> None:
        texts = Texts(*TEXTS)
        understand("khu công nghiệp", expansions(GROUPS), texts, Scope())  # type: ignore[arg-type]
        assert texts.asked == 1


class TestAnyText:
    @pytest.mark.parametrize("text", ["", "   ", '"', "*", "😀", "()^:-+", "\x00", "\ud800"])
    def test_nothing_to_look_for(self, text: str) -> None:
        assert not parsed(text)

    @given(st.text(max_size=2000))
    def test_every_text_is_understood(self, text: str) -> None:
        understood = parsed(text)
        assert len(understood.parts) <= MAX_CHARACTERS
        assert all(alternative.words for part in understood.parts for alternative in part.alternatives)

    def test_of_a_very_long_text_the_beginning_counts(self) -> None:
        assert len(read("đầu tư " + " ".join(f"w{i}" for i in range(5000)))) == MAX_WORDS
        assert len(parsed("đầu tư " * 5000).title) <= MAX_CHARACTERS


class TestWhileTyping:
    def test_every_word_counts_and_the_last_may_be_unfinished(self, table: Expansions) -> None:
        first, second = begin("kcn qu", table).parts
        assert "khu cong nghiep" in {" ".join(a.words) for a in first.alternatives}
        assert (first.unfinished, second.unfinished) == (False, True)
        assert begin("", table) == ParsedText()


class TestParsedText:
    def test_pairs_and_beginnings(self) -> None:
        understood = parsed("KCN Đông Anh")
        assert ("dong", "anh") in understood.pairs
        assert "khu cong nghiep dong anh" in understood.beginnings

    def test_as_many_as_are_needed_besides_the_essential(self) -> None:
        understood = parsed("trung tâm thương mại Khánh Hòa")
        assert len(understood.essential) == 1
        assert understood.at_least == len(understood.choice) == 4
