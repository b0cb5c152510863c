"""Whether a text is Vietnamese, by the spelling of its syllables. Pure; used to choose between readings of bytes.

A Vietnamese syllable is an onset, one of about 160 rhymes, and at most one tone; a closed one (-c, -ch, -p, -t) has
only the tones sắc and nặng. Text that was read with a wrong table breaks these rules in nearly every word.
"""

import re

from core.text import normal

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ANY_TONE = re.compile(f"[{_TONES}]")
_ONSET = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt
up ut uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y ych yêm yên yêng yêt yêu ynh yt
"""
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_CLOSED = ("c", "ch", "p", "t")
_BETWEEN = re.compile(r"[\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f“”‘’–—…•]+")
_LONGEST = 8  # letters of a syllable: "nghiêng" has 7
_LOOKED_AT = 20_000  # characters: enough to know


def evidence(text: str) -> tuple[int, int]:
    """How many of the words that are not plain ASCII are Vietnamese syllables, and how many are not."""
    found = [word for word in _BETWEEN.split(text[:_LOOKED_AT]) if not word.isascii()]
    good = sum(is_syllable(word.strip("«»°²³")) for word in found)
    return good, len(found) - good


def is_vietnamese(text: str) -> bool:
    """Whether nearly all words with marks are Vietnamese; False for a text without any."""
    good, bad = evidence(text)
    return good > 0 and good >= 4 * bad


def is_syllable(word: str) -> bool:
    """Whether this is spelled as a Vietnamese syllable, in any case and any Unicode form."""
    if not word or len(word) > 3 * _LONGEST:
        return False
    marked = normal(word.lower(), "NFD")
    tones = _ANY_TONE.findall(marked)
    bare = normal(_ANY_TONE.sub("", marked))
    if len(tones) > 1 or len(bare) > _LONGEST or not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(_CLOSED) or tones in (["\u0301"], ["\u0323"])
