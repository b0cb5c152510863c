from search.models.pending import PendingChange
from search.models.searched import SearchedText
from search.models.state import IndexState, UnfinishedRebuild
from search.models.words import WordGroup

__all__ = ["IndexState", "PendingChange", "SearchedText", "UnfinishedRebuild", "WordGroup"]
