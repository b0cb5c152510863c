"""Whether a text shows anything at all: a title of blanks that only look like nothing is an empty title."""

import unicodedata

# Letters and symbols by category whose glyph is blank (Unicode, DerivedCoreProperties: Default_Ignorable_Code_Point,
# and the blank braille pattern). Marks, controls, format characters and separators are told by their category.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
# Combining marks show only on a base; controls (with tag characters, joiners and bidirectional marks), spaces, lone
# surrogates, private and unassigned characters show nothing that two readers would agree on.
_UNSEEN = frozenset({"Mn", "Me", "Mc", "Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


def has_visible(text: str) -> bool:
    """Whether at least one character of `text` can be seen by itself. Stops at the first one."""
    return any(character not in _BLANK and unicodedata.category(character) not in _UNSEEN for character in text)
