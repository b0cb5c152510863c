from django.db.models import Q

from accounts import people
from issues.actions import drafts
from issues.actor import Actor
from issues.queries.handed_in import count_of, handed_in
from tests.issues.conftest import TaskForce


def test_drafts_and_what_is_somebody_elses_are_not_counted(force: TaskForce) -> None:
    ticket = force.file()
    drafts.save_draft(actor=Actor.of(force.filer), title="Nháp")
    for user, ids in ((force.filer, [ticket.pk]), (force.officer, [ticket.pk]), (force.finance_officer, [])):
        person = people.of(user)
        assert list(handed_in(person).values_list("pk", flat=True)) == ids
        assert count_of(person, Q()) == len(ids)
        assert count_of(person, Q(category="tax")) == 0
