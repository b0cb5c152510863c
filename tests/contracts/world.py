"""What calls of the interface can be about, one thing of each kind, and everybody who may come along."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ApiToken, Role, User
from issues.actions import consultations, conversation, extensions, publishing, resolving
from issues.actor import Actor
from issues.models import Attachment, Ticket
from tests.factories.investment import make_project
from tests.factories.issues import make_user
from tests.issues.conftest import make_task_force

PREFIX = "/api/v1"

# Of the ticket: its filer and a fellow of the filer's enterprise; the assignee, another officer and the head of the
# lead agency; an officer of a consulted agency and one of an agency that has nothing to do with it.
PEOPLE = (
    "anonymous", "person", "stranger", "filer", "fellow", "assignee", "officer", "head", "consulted", "elsewhere",
    "coordinator", "leader", "editor", "publisher", "admin",
)  # fmt: skip

# Of which ticket these calls are; all others are of the busy one.
OF_THE_QUIET_ONE = ("extensions", "complex", "merge")
OF_THE_ANSWERED_ONE = ("rating", "join")


@dataclass
class World:
    """A ticket in progress with an open consultation and an extension asked for; one in progress with nothing open;
    an answered and published one; and files for every audience."""

    people: dict[str, User | None]
    busy: Ticket
    quiet: Ticket
    answered: Ticket
    consultation: int
    extension: int
    files: dict[str, Attachment]


def make_world() -> World:
    """Everything that a call can be about."""
    force = make_task_force()
    officer = Actor.of(force.officer)
    busy, quiet, answered = (force.accepted(public_consent=True) for _ in range(3))
    consultation = consultations.request_consultation(ticket=busy, actor=officer, agency="STP", question="?")
    extension = extensions.request_extension(ticket=busy, actor=officer, working_days=1, reason="Đo đạc")
    answered = resolving.resolve(ticket=answered, actor=officer, answer="Nộp tại một cửa.", kind="solved")
    publishing.propose_publication(ticket=answered, actor=officer, title="Where?", answer="At the counter.")
    publishing.publish(ticket=answered, actor=Actor.of(force.head))
    make_project(code="DA-1")
    return World(
        people={
            "anonymous": None,
            "person": make_user(),
            "stranger": force.other_filer,
            "filer": force.filer,
            "fellow": make_user(Role.ENTERPRISE, enterprise=busy.enterprise),
            "assignee": force.officer,
            "officer": force.colleague,
            "head": force.head,
            "consulted": force.justice_officer,
            "elsewhere": force.finance_officer,
            "coordinator": force.coordinator,
            "leader": force.leader,
            "editor": make_user(Role.EDITOR),
            "publisher": make_user(Role.PUBLISHER),
            "admin": make_user(Role.ADMIN),
        },
        busy=busy,
        quiet=quiet,
        answered=answered,
        consultation=consultation.pk,
        extension=extension.pk,
        files={way: _attach(busy, officer, **fields) for way, fields in FILES.items()},
    )


# By the way to make the call: for whom the file is.
FILES: dict[str, dict[str, str]] = {
    "": {"visibility": "parties"},
    "internal": {"visibility": "internal"},
    "kept to the lead agency": {"visibility": "internal", "internal_to": "SXD"},
}


def _attach(ticket: Ticket, actor: Actor, **fields: Any) -> Attachment:
    return conversation.attach(ticket=ticket, actor=actor, upload=SimpleUploadedFile("a.txt", b"x"), **fields)


def _code(world: World, path: str) -> str:
    if path == "/projects/{code}":
        return "DA-1"
    last = path.rsplit("/", 1)[1]
    if last in OF_THE_ANSWERED_ONE:
        return str(world.answered.code)
    return str(world.quiet.code if last in OF_THE_QUIET_ONE else world.busy.code)


def address_of(world: World, call: str, *, name: str = "request_info") -> str:
    """Where the call goes to, for what there is of its kind in the world; `name`: of the transition."""
    head, _, way = call.partition(" (")
    path = head.split()[1]
    return PREFIX + path.format(
        code=_code(world, path),
        name=name,
        consultation_id=world.consultation,
        extension_id=world.extension,
        attachment_id=world.files.get(way.rstrip(")"), world.files[""]).public_id,
    )


def token_of(user: User | None) -> dict[str, str]:
    """The header by which somebody calls."""
    return {"Authorization": f"Bearer {ApiToken.issue(user=user, name='test')[1]}"} if user else {}
