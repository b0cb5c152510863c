"""Words that say nothing about what is sought: they raise the rank of what has them, and are not required.

Vietnamese ones are compared with their marks: "cho" is not "chợ", a market. Where the whole query has no marks, they
are compared without, for then nobody can tell.
"""

from __future__ import annotations

from core.text import fold

_VIETNAMESE = """
dự án|các dự án|những dự án|danh mục|danh sách|kêu gọi|mời gọi|kêu gọi đầu tư|mời gọi đầu tư|thu hút đầu tư|đầu tư
nhà đầu tư|cần đầu tư|muốn đầu tư|cơ hội đầu tư|muốn tìm|tìm|tìm kiếm|cần tìm|xem|cho tôi|cho xem|tôi|tôi muốn|hãy
ở|tại|và|của|các|những|là|được|trong|với|theo|cho|có|không|nào|gì|ở đâu|đâu|bao nhiêu|hiện nay|hiện tại|đang|sẽ|để
xây|xây dựng|làm|chỗ|chỗ nào|nơi|nơi nào|mở|lập|hình thức|theo hình thức|nằm|cần|muốn|ai|những ai|còn
tỉnh|thành phố|tp|huyện|quận|phường|xã|thị xã|thị trấn
thì|này|đó|một|về|đến|từ|gần|quanh|khu vực|thuộc|hay|hoặc|như thế nào|thế nào|ra sao|làm sao|số|mới nhất
"""
_ENGLISH = """
project|projects|investment|investments|invest|investor|investors|opportunity|opportunities|call|calling|list
of|and|for|with|by|in|at|to|on|near|around|from|any|some|is|are|there|what|which|where|who|how|i|we|want|need|looking
look|find|search|show|me|a|an|the|please|or|that|this|my|our|do|does|can|could|would|like|number|no|build|building|located|close|next|new
province|city|district|ward|commune|town
"""

_WITH_MARKS = {tuple(phrase.split()) for line in _VIETNAMESE.split("\n") for phrase in line.split("|") if phrase}
_WITHOUT_MARKS = {tuple(fold(word) for word in phrase) for phrase in _WITH_MARKS}
_PLAIN_ENGLISH = {(word,) for line in _ENGLISH.split("\n") for word in line.split("|") if word}
LONGEST = max(len(phrase) for phrase in _WITH_MARKS)

# English words that are parts of Vietnamese names and words: Hội An, Thể thao, Cần Thơ.
AMBIGUOUS = frozenset({"an", "the", "can", "to", "in", "a", "on", "do", "no", "me", "my", "i"})


def is_filler(composed: tuple[str, ...], *, any_marks: bool) -> bool:
    """Whether words, in lower case with the marks typed, are fillers; `any_marks`: the query has marks somewhere."""
    if composed in _WITH_MARKS or composed in _PLAIN_ENGLISH:
        return True
    return not any_marks and composed in _WITHOUT_MARKS
