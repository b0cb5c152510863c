from search.models.pending import PendingChange
from search.models.searched import SearchedText
from search.models.words import WordGroup

__all__ = ["PendingChange", "SearchedText", "WordGroup"]
