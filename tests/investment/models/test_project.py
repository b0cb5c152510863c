"""Every state against every transition: what the table does not allow is refused."""

import pytest
from django_fsm import TransitionNotAllowed, can_proceed

from investment.models import Project, ProjectStatus
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db
S = ProjectStatus
ALLOWED = {
    "publish": {S.DRAFT: S.PUBLISHED, S.STALE: S.PUBLISHED, S.WITHDRAWN: S.PUBLISHED},
    "select_investor": {S.PUBLISHED: S.INVESTOR_SELECTED},
    "start": {S.INVESTOR_SELECTED: S.UNDER_WAY},
    "complete": {S.UNDER_WAY: S.COMPLETED},
    "withdraw": {
        S.DRAFT: S.WITHDRAWN,
        S.PUBLISHED: S.WITHDRAWN,
        S.STALE: S.WITHDRAWN,
        S.INVESTOR_SELECTED: S.WITHDRAWN,
    },
    "expire": {S.PUBLISHED: S.STALE},
}


def test_the_table_names_every_transition() -> None:
    assert {transition.name for transition in Project._meta.get_field("status").get_all_transitions(Project)} == set(
        ALLOWED
    )


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("state", list(ProjectStatus))
def test_transition(name: str, state: ProjectStatus) -> None:
    project = Project(status=state)
    transition = getattr(project, name)
    if state in ALLOWED[name]:
        assert can_proceed(transition)
        transition()
        assert project.status == ALLOWED[name][state]
    else:
        with pytest.raises(TransitionNotAllowed):
            transition()
        assert project.status == state


def test_the_status_cannot_be_written() -> None:
    with pytest.raises(AttributeError):
        Project(status=S.DRAFT).status = S.PUBLISHED


def test_derived_columns_follow_the_facts() -> None:
    project = make_project(investment_form="PPP, hợp đồng BT")
    assert project.form == "ppp"
    project.investment_form = "đấu giá đất"
    project.save(update_fields=["investment_form"])
    saved = Project.objects.get(pk=project.pk)
    assert saved.form == "auction"
    assert " dau gia dat " in saved.search_text
