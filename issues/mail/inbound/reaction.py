"""Whether a mail about an answer is only thanks, or says anything else. Pure.

Only plain thanks leave the answer as it is. Whatever else an enterprise writes after an answer is a reaction, and a
proposal is not closed "without a reaction" after one. Where a program may have written, the words have to object.
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
# What a person says of an answer, and no notice of absence does: those say that somebody cannot reply, has not read it
# or was ill, and whom to ask. A notice that is taken for an objection costs one mail; the reverse closes a proposal
# over its enterprise's own words.
_UNREAD = (
    r"(tra\ loi|phan\ hoi|lien\ (he|lac)|doc|xem|kiem\ tra|truy\ cap|nhan\ (dien\ thoai|cuoc\ goi)|nghe\ may|tiep)"
)
_OBJECTS = re.compile(
    rf"""\w\s*\?(?=\s|$) | \b(?:
      (?<!neu\ )chua(?!\ (the|kip)\ {_UNREAD})
    | (?<!hay\ )khong(?!\ (
        (the\ |kip\ |duoc\ |can\ |thuong\ xuyen\ |the\ thuong\ xuyen\ )?{_UNREAD} | co\ mat | duoc\ theo\ doi
      | (o|co\ o|den)\ (co\ quan|van\ phong) | lam\ viec | truc | (mo|(thuong\ xuyen|the)\ (mo|vao)) ))
    | (?<!thiet\ )(?<!chuan\ )(?<!trang\ )bi(?!\ (om|benh|sot|cam|tai\ nan))
    | sai | (?<!gioi\ )thieu | tu\ choi | tra\ lai\ (ho\ so|don) | vuong | qua\ han | khieu\ nai | chang
    | van\ (con|cham|phai|nhu|the)\b | (?<!de\ )xem\ (xet\ )?lai | mo\ lai | phan\ doi | tai\ sao | vi\ sao | bao\ gio
    | (de\ nghi|yeu\ cau)\ (co\ quan|so|ubnd|giai\ quyet|xem|tra\ loi|lam\ ro|bo\ sung|giai\ thich)
    | (not|never|\w+n['’]t)\ (\w+\ )?(been\ )?(
        solved | resolved | answered | correct | right | true | agree | accept\w* | satisf\w* | help\w* | what | clear
      | work(s|ed|ing)?\ (yet|for|as) | received\ (the|our|my|any|it) | issued | granted | enough | done | fixed | yet
      | answer\ (our|the|my)\ question
      )
    | no\ (answer|solution|decision|permit|licen[cs]e) | refus(ed|es|al) | reject\w* | denied | delayed | un(re)?solved
    | incorrect | wrong | missing | disagree\w* | re-?open | complain\w* | objections? | dissatisf\w* | why
    | nobody | no\ one | still\ (not|no|do(es)?n['’]t|is(n['’]t)?|waiting|wait|open|pending|refus\w*|the\ same|being)
    )\b""",
    re.VERBOSE,
)


def is_only_thanks(text: str) -> bool:
    """Whether these words say that all is well and nothing else."""
    said = fold(text)
    return bool(_PLEASED.search(said)) and not _NOT_ONLY.search(said)


def objects(text: str) -> bool:
    """Whether these words say that an answer does not solve it, or ask about it."""
    return bool(_OBJECTS.search(fold(text)))
