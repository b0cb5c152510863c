import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.expansions import Expansions
from search.query.parsed import ParsedText
from search.query.typed import MAX_CHARACTERS
from search.query.understand import begin
from tests.search.query.conftest import parsed


class TestAnyText:
    @pytest.mark.parametrize("text", ["", "   ", '"', "*", "😀", "()^:-+", "\x00", "\ud800"])
    def test_nothing_to_look_for(self, text: str) -> None:
        assert not parsed(text)

    @given(st.text(max_size=2000))
    def test_every_text_is_understood(self, text: str) -> None:
        understood = parsed(text)
        assert len(understood.parts) <= MAX_CHARACTERS
        assert all(alternative.words for part in understood.parts for alternative in part.alternatives)


class TestWhileTyping:
    def test_every_word_counts_and_the_last_may_be_unfinished(self, table: Expansions) -> None:
        first, second = begin("kcn qu", table).parts
        assert "khu cong nghiep" in {" ".join(a.words) for a in first.alternatives}
        assert (first.unfinished, second.unfinished) == (False, True)
        assert begin("", table) == ParsedText()
