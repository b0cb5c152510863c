import pytest

from accounts.passwords.typing_habits import spellings, walked


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("mật", {"mat", "maat", "maajt", "maatj", "mataj"}),
        ("Đà", {"da", "dda", "ddaf"}),
        ("nguyễn", {"nguyen", "nguyeen", "nguyeexn", "nguyeenx"}),
        ("trường", {"truong", "truwowng", "truowngf", "truwowngf"}),
        ("an", {"an"}),
        ("hà nội", {"hanoi", "hafnooji", "hafnooij"}),
    ],
)
def test_words_without_a_keyboard_for_them(word: str, ways: set[str]) -> None:
    assert ways <= spellings(word)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("qwerty", "qwerty"),
        ("xqwertzx", "qwert"),
        ("1qaz-2wsx", "1qaz2wsx"),
        ("abcd9876", "abcd9876"),
        ("aaaa", "aaaa"),
        ("qwe", ""),
        ("minh", ""),
        ("", ""),
    ],
)
def test_walks(text: str, found: str) -> None:
    assert "".join(text[at] for at in sorted(walked(text))) == found
