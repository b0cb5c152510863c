"""Whether a mail about an answer is only thanks, or says anything else. Pure.

Only plain thanks leave the answer as it is. Whatever else an enterprise writes after an answer is a reaction, and a
proposal is not closed "without a reaction" after one.
"""

import re

from core.text import fold

_PLEASED = re.compile(
    r"\b(cam on|cam ta|da nhan( duoc)?|da (duoc )?(giai quyet|xu ly|xong)|hai long|dong y|on roi|tot roi"
    r"|thanks?|thank you|solved|resolved|satisfied|received|it works|perfect|great)\b"
)
# With one of these it may be thanks, but not only thanks: "Cảm ơn, nhưng hồ sơ vẫn chưa được cấp".
_NOT_ONLY = re.compile(
    r"\?|\b(khong|chua|chang|van con|nhung|tuy nhien|sai|thieu|lai|tai sao|vi sao|bao gio|khi nao|de nghi|yeu cau"
    r"|kien nghi|khieu nai|bi|tu choi|vuong|sot|cham|qua han|de xuat|xem xet|phan anh|not|never|no|still|but|however"
    r"|yet|refused|rejected|denied|delayed|waiting|please|unsolved|unresolved|wrong|missing|why|when|how|again)\b|n['’]t\b"
)


def is_only_thanks(text: str) -> bool:
    """Whether these words say that all is well and nothing else."""
    said = fold(text)
    return bool(_PLEASED.search(said)) and not _NOT_ONLY.search(said)
