"""What people may do with saved searches and followed projects; pages are tested with their pages."""

from collections.abc import Callable

import pytest

from accounts.models import User
from core.errors import Invalid, NotPossible, NotVisible
from investment.models import ProjectStatus
from search.models import SavedSearch
from search.saved.actions import change_search, delete_search, follow_project
from tests.factories.investment import make_project
from tests.factories.issues import make_user

Save = Callable[..., SavedSearch]


def test_a_frequency_that_there_is_not_is_refused(save: Save, an: User) -> None:
    search = save()
    with pytest.raises(Invalid):
        change_search(actor=an, search_id=search.pk, frequency="hourly")


def test_those_of_another_are_not_there(save: Save) -> None:
    search, other = save(), make_user()
    with pytest.raises(NotVisible):
        change_search(actor=other, search_id=search.pk, name="x")
    with pytest.raises(NotVisible):
        delete_search(actor=other, search_id=search.pk)


def test_a_draft_cannot_be_followed(an: User) -> None:
    draft = make_project(status=ProjectStatus.DRAFT)
    for code in (draft.code, "no-such"):
        with pytest.raises(NotVisible):
            follow_project(actor=an, code=code)


def test_there_is_a_limit(an: User, settings: object) -> None:
    settings.TN_LIMITS = settings.TN_LIMITS | {"followed_projects.person": (1, 0)}  # type: ignore[attr-defined]
    follow_project(actor=an, code=make_project().code)
    with pytest.raises(NotPossible):
        follow_project(actor=an, code=make_project().code)
