"""The words that a new site begins with. Editors change them in the administration; they are never overwritten."""

from cms.starter.about import ABOUT, REGULATIONS
from cms.starter.help import ACCESSIBILITY, DAY_BAR, GUIDE, WARD
from cms.starter.home import HOME, INDEX, SITE_WORDS

CONTENT = (GUIDE, ABOUT, REGULATIONS, WARD, DAY_BAR, ACCESSIBILITY)

__all__ = ["CONTENT", "HOME", "INDEX", "SITE_WORDS"]
