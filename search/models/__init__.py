from search.models.alerts import AlertMail, ChangedProject, MatchRound
from search.models.pending import PendingChange
from search.models.saved import FollowedFacts, ProjectFollow, SavedSearch, SavedSearchItem
from search.models.searched import SearchedText
from search.models.state import IndexState, UnfinishedRebuild
from search.models.words import WordGroup

__all__ = [
    "AlertMail",
    "ChangedProject",
    "FollowedFacts",
    "IndexState",
    "MatchRound",
    "PendingChange",
    "ProjectFollow",
    "SavedSearch",
    "SavedSearchItem",
    "SearchedText",
    "UnfinishedRebuild",
    "WordGroup",
]
