from search.models.pending import PendingChange
from search.models.words import WordGroup

__all__ = ["PendingChange", "WordGroup"]
