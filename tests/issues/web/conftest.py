"""Pages are asked in English, as somebody signed in, at a moment of 18/11/2026."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from tests.issues.conftest import at

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def half_past_nine() -> Iterator[None]:
    """It is 09:30."""
    with clock.at(at("2026-11-18 09:30")):
        yield


def text_of(response: Any) -> str:
    """The page with its white space joined and times without their element, so that a sentence can be looked for."""
    return " ".join(re.sub(r"</?(time|b)\b[^>]*>", "", response.content.decode()).split())
