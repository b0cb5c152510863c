"""Images as everybody opens them. Their collection may be private."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.static import serve
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of an image; 404 where its collection is private and the person has not opened it.

    Without any private collection this costs one query. Nobody keeps a private image, a proxy least of all.
    """
    restrictions = list(_restrictions(path))
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    if restrictions:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _restrictions(path: str) -> Any:
    if not CollectionViewRestriction.objects.exists():
        return []
    rendition = get_image_model().get_rendition_model().objects.filter(file=path)
    found = rendition.select_related("image__collection").first()
    return found.image.collection.get_view_restrictions() if found is not None else []
