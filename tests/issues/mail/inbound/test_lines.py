"""Words become lines with gaps and marks."""

from issues.mail.inbound.lines import Gap, Lines


def test_the_widest_gap_wins() -> None:
    lines = Lines()
    for gap, word in [(Gap.SPACE, "một"), (Gap.SPACE, "hai"), (Gap.CELL, "ba"), (Gap.LINE, "bốn")]:
        lines.ask(Gap.SPACE)
        lines.ask(gap)
        lines.add(word, 0)
    lines.end_line()
    assert lines.done == ["một hai | ba", "bốn"]


def test_a_quotation_stands_apart_and_is_marked_at_most_three_times() -> None:
    lines = Lines()
    for word, depth in [("đáp", 0), ("hỏi", 1), ("sâu", 9), ("đáp", 0)]:
        lines.add(word, depth)
    lines.end_line()
    assert lines.done == ["đáp", "", "> hỏi", ">", ">>> sâu", "đáp"]
