"""The part of the administration's menu that is about the search."""

from django.utils.translation import pgettext_lazy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from search.admin.searched_words import SearchedWordsViewSet
from search.admin.try_search import TrySearchViewSet
from search.admin.word_groups import WordGroupViewSet


class SearchViewSetGroup(SnippetViewSetGroup):
    menu_label = pgettext_lazy("menu of the administration", "Search")
    menu_icon = "search"
    menu_order = 160
    items = (WordGroupViewSet, SearchedWordsViewSet, TrySearchViewSet)
