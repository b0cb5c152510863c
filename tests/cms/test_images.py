"""Documents and images: a private collection is private for both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from accounts.models import Role
from tests.cms.editors import SignIn, person_of


@pytest.fixture
def collection(site: Any, settings: Any, tmp_path: Any) -> Collection:
    settings.MEDIA_ROOT = str(tmp_path)
    found: Collection = Collection.get_first_root_node().add_child(name="Hồ sơ")
    return found


@pytest.fixture
def addresses(collection: Collection, tmp_path: Any) -> list[str]:
    """Of a document, and of an image as pages show it."""
    Picture.new("RGB", (20, 10)).save(tmp_path / "x.png")
    drawn = ContentFile((tmp_path / "x.png").read_bytes(), "x.png")
    image = get_image_model().objects.create(title="Ảnh", file=drawn, width=20, height=10, collection=collection)
    document = get_document_model().objects.create(
        title="Văn bản", file=ContentFile(b"%PDF-1.4", "x.pdf"), collection=collection
    )
    return [document.url, image.get_rendition("width-10").url]


@pytest.fixture
def make_private(as_role: SignIn, collection: Collection) -> Callable[..., Client]:
    """Wagtail offers it to people who manage collections."""

    def act(**form: Any) -> Client:
        client = as_role(Role.ADMIN)
        person = person_of(client)
        person.is_superuser = True
        person.save()
        url = reverse("wagtailadmin_collections:set_privacy", args=(collection.pk,))
        assert client.post(url, {"password": "", "groups": []} | form).status_code == 200
        return client

    return act


def opened(client: Client, addresses: list[str]) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_everybody_opens_what_is_public(addresses: list[str]) -> None:
    assert opened(Client(), addresses) == [200, 200]


def test_only_people_who_are_signed_in(make_private: Callable[..., Client], addresses: list[str]) -> None:
    client = make_private(restriction_type="login")
    assert opened(Client(), addresses) == [302, 404]
    assert opened(client, addresses) == [200, 200]
    assert "no-store" in client.get(addresses[1]).headers["Cache-Control"]


def test_only_people_with_the_password(make_private: Callable[..., Client], addresses: list[str]) -> None:
    make_private(restriction_type="password", password="mo-cua-1")
    reader = Client()
    asked = reader.get(addresses[0])
    assert 'class="masthead"' in asked.content.decode()
    assert reader.get(addresses[1]).status_code == 404
    reader.post(asked.context["action_url"], {"password": "mo-cua-1", "return_url": addresses[0]})
    assert opened(reader, addresses) == [200, 200]


def test_a_private_collection_says_nothing_of_others(make_private: Callable[..., Client], addresses: list[str]) -> None:
    make_private(restriction_type="login")
    assert Client().get("/media/images/none.png").status_code == 404
    public = get_image_model().objects.get()
    public.collection = Collection.get_first_root_node()
    public.save()
    assert Client().get(addresses[1]).status_code == 200
