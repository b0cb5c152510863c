import pytest

from search.words.syllables import alike, from_telex, from_vni, is_syllable, splits, with_one_i


@pytest.mark.parametrize("word", ["nghieng", "truong", "quyen", "thuy", "giuong", "ia", "oanh", "y", "khuya", "quoc"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["port", "zone", "plan", "bridge", "hanoi", "ss", "w", "strong", "ngr", "q"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "written"),
    [("ky", "ki"), ("quy", "qui"), ("quynh", "quinh"), ("y", "i"), ("thuy", "thuy"), ("city", "city"), ("yeu", "yeu")],
)
def test_i_for_y_only_where_both_are_written(word: str, written: str) -> None:
    assert with_one_i(word) == written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dduwowngf", "duong"), ("toocs", "toc"), ("nghieepj", "nghiep"), ("thij", "thi"), ("moiws", "moi"),
        ("vieejt", "viet"), ("duongdwf", "duong"), ("hooij", "hoi"), ("Phongf".lower(), "phong"),
    ],
)  # fmt: skip
def test_telex(typed: str, meant: str) -> None:
    assert from_telex(typed) == meant


@pytest.mark.parametrize("word", ["khu", "nha", "bridge", "stadium", ""])
def test_what_is_no_telex(word: str) -> None:
    assert from_telex(word) == ""


@pytest.mark.parametrize(
    ("typed", "meant"), [("d9u7o7ng2", "duong"), ("to6c1", "toc"), ("thi5", "thi"), ("mo71i", "moi")]
)
def test_vni(typed: str, meant: str) -> None:
    assert from_vni(typed) == meant


# The long one would take years where every way to divide the digits is tried.
@pytest.mark.parametrize("word", ["g3", "1a", "khu", "q7", "12", f"a{'1' * 100}一"])
def test_what_is_no_vni(word: str) -> None:
    assert from_vni(word) == ""


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("hanoi", ("ha", "noi")),
        ("danang", ("da", "nang")),
        ("hochiminh", ("ho", "chi", "minh")),
        ("dothi", ("do", "thi")),
    ],
)
def test_splits(word: str, parts: tuple[str, ...]) -> None:
    assert parts in splits(word)


def test_a_word_without_end_is_not_split() -> None:
    assert list(splits("a" * 400)) == []


@pytest.mark.parametrize(
    ("word", "other"),
    [("xan", "san"), ("chung", "trung"), ("lam", "nam"), ("da", "gia"), ("cac", "cat")],
)
def test_alike(word: str, other: str) -> None:
    assert other in alike(word)
    assert word in alike(other)
    assert word not in alike(word)
