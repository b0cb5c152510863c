from search.query.typed import MAX_CHARACTERS, MAX_WORDS, read
from tests.search.query.conftest import parsed


class TestTyped:
    def test_of_a_very_long_text_the_beginning_counts(self) -> None:
        assert len(read("đầu tư " + " ".join(f"w{i}" for i in range(5000)))) == MAX_WORDS
        assert len(parsed("đầu tư " * 5000).title) <= MAX_CHARACTERS
