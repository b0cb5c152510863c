"""How much may be attached to a proposal, and by an enterprise."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from core.errors import Invalid
from issues.actions.conversation import attach
from issues.actor import Actor
from issues.models import Attachment, Ticket
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def only(settings: Any, **most: int) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, **{name.replace("_", "."): (count, 0) for name, count in most.items()}}


def add(ticket: Ticket, user: Any, size: int = 10) -> Attachment:
    return attach(ticket=ticket, actor=Actor.of(user), upload=SimpleUploadedFile("a.txt", b"a" * size))


def refused(ticket: Ticket, user: Any, size: int = 10) -> str:
    with pytest.raises(Invalid) as error:
        add(ticket, user, size)
    return error.value.fields["file"][0]


def test_files_of_a_ticket(settings: Any, force: TaskForce) -> None:
    only(settings, files_ticket=2)
    ticket = force.accepted()
    add(ticket, force.filer)
    add(ticket, force.officer)
    assert refused(ticket, force.filer) == "At most 2 files can be attached."


def test_megabytes_of_a_ticket(settings: Any, force: TaskForce) -> None:
    only(settings, megabytes_ticket=1)
    ticket = force.accepted()
    add(ticket, force.officer, MB - 20)
    assert "may have 1 MB together" in refused(ticket, force.filer, 21)
    add(ticket, force.filer, 20)


def test_megabytes_of_an_enterprise_over_all_its_tickets(settings: Any, force: TaskForce) -> None:
    only(settings, megabytes_enterprise=1)
    first, second = force.accepted(), force.accepted()
    add(first, force.officer, MB)  # what agencies attach is not the enterprise's
    add(first, force.filer, MB - 20)
    assert "have reached 1 MB" in refused(second, force.filer, 21)
    add(second, force.filer, 20)
    add(second, force.officer, 100)  # and they are not held up by it


def test_megabytes_of_a_person_without_an_enterprise(settings: Any, force: TaskForce) -> None:
    only(settings, megabytes_person=1)
    outsider = make_user()
    drafts = [Ticket.objects.create(filer=outsider, title="Nháp") for _ in range(2)]
    add(drafts[0], outsider, MB)
    assert "have reached 1 MB" in refused(drafts[1], outsider, 1)
