import pytest

from tests.search.query.conftest import parsed, sought


class TestReading:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("xân bay", "san"), ("chung tâm", "trung"), ("lu lịch", "du"), ("mhà máy", "nha")],
    )
    def test_a_letter_that_sounds_alike_or_stands_beside_it(self, typed: str, meant: str) -> None:
        assert any(meant in part for part in sought(typed))

    def test_words_written_apart(self) -> None:
        assert sought("waste water") == [{"wastewat"}, {"wastewat"}]

    def test_a_word_that_no_document_has_does_not_kill_the_query(self) -> None:
        understood = parsed("nhà ở xã hội zzyzxq")
        assert understood.ignored == ("zzyzxq",)
        assert sought("nhà ở xã hội zzyzxq") == [{"nha o xa hoi"}]

    def test_a_place_is_never_taken_for_another(self) -> None:
        [part] = parsed("Hà Giang").parts
        assert part.essential
        assert part.words == ("ha", "giang")
