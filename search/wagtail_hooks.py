from wagtail.snippets.models import register_snippet

from search.admin.viewsets import SearchViewSetGroup

register_snippet(SearchViewSetGroup)
