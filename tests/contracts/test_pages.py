"""Who may open what: every address of a page, for everybody who may come along. A forgotten address fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from PIL import Image

from accounts.models import ApiToken, Membership, Role, User
from cms.setup import setup_site
from core import clock
from issues.actions import conversation, filing, publishing, resolving, scanning, sessions
from issues.actor import Actor
from issues.models import ListeningSession, Ticket
from tests.contracts.query_counts import QueryCounts, counted
from tests.factories.issues import make_user
from tests.issues.conftest import at, make_task_force

PEOPLE = (
    "nobody", "investor", "enterprise", "other_enterprise", "officer", "other_officer",
    "coordinator", "leader", "editor", "admin",
)  # fmt: skip
FOR_MACHINES = ("healthz", "readyz", "metrics")
NOT_OURS = ("admin/", "api/")  # Wagtail's own administration; the interface has a contract of its own


@dataclass
class City:
    """The people, and one thing of each kind to point addresses at."""

    people: dict[str, User | None]
    ticket: Ticket
    answer: Ticket
    assisted: Ticket
    session: ListeningSession
    attachment: Any
    membership: Membership
    token: ApiToken


def _nothing(_city: City) -> dict[str, Any]:
    return {}


def _ticket(city: City) -> dict[str, Any]:
    return {"code": city.ticket.code}


def _command(city: City) -> dict[str, Any]:
    return {"code": city.ticket.code, "name": "resolve"}


def _agency(city: City) -> dict[str, Any]:
    return {"code": city.ticket.lead_agency.code}


def _roster_command(city: City) -> dict[str, Any]:
    return {**_agency(city), "name": "assign"}


def _receipt(city: City) -> dict[str, Any]:
    return {"code": city.assisted.code}


def _session(city: City) -> dict[str, Any]:
    return {"pk": city.session.pk}


def _answer(city: City) -> dict[str, Any]:
    return {"code": city.answer.code}


def _first(_city: City) -> dict[str, Any]:
    """Something that is not there."""
    return {"pk": 1}


EVERYBODY = [200] * len(PEOPLE)
SIGNED_IN = [302, *[200] * 9]  # others are asked to sign in
TO_ACCOUNT = [302] * len(PEOPLE)  # takes forms only; opening it gives the account page
FORMS_ONLY = [405] * len(PEOPLE)
FORMS_OF_SIGNED_IN = [302, *[405] * 9]
MISSING = [404] * len(PEOPLE)
NOT_THERE = [302, *[404] * 9]
STRANGERS = [200, *[302] * 9]  # not for people who are signed in
FORMS_OF_STAFF = [302, 403, 403, 403, 405, 405, 405, 405, 403, 403]
STAFF = [302, 403, 403, 403, 200, 200, 200, 200, 403, 403]
THE_AGENCY = [302, 403, 403, 403, 200, 404, 200, 200, 403, 403]
AT_COUNTERS = [302, 403, 403, 403, 200, 200, 200, 403, 403, 403]
THE_TICKET = [302, 404, 200, 404, 200, 404, 200, 200, 404, 404]

# name: (arguments, what a GET answers for each of PEOPLE, in that order)
ADDRESSES: dict[str, tuple[Callable[[City], dict[str, Any]], list[int]]] = {
    "accounts:account": (_nothing, SIGNED_IN),
    "accounts:settings": (_nothing, TO_ACCOUNT),
    "accounts:ask": (_nothing, TO_ACCOUNT),
    "accounts:withdraw_request": (_first, TO_ACCOUNT),
    "accounts:invite": (lambda city: {"enterprise_id": city.membership.enterprise_id}, TO_ACCOUNT),
    "accounts:withdraw_invitation": (_first, TO_ACCOUNT),
    "accounts:decline_invitation": (_first, TO_ACCOUNT),
    "accounts:remove_member": (lambda city: {"membership_id": city.membership.pk}, TO_ACCOUNT),
    "accounts:issue_token": (_nothing, TO_ACCOUNT),
    "accounts:revoke_token": (lambda city: {"token_id": city.token.pk}, TO_ACCOUNT),
    "saved:searches": (_nothing, [302] * len(PEOPLE)),  # a part of the account page
    "saved:new": (_nothing, SIGNED_IN),
    "saved:edit": (_first, NOT_THERE),
    "saved:delete": (_first, TO_ACCOUNT),
    "saved:follow": (lambda _city: {"code": "HN-0"}, NOT_THERE),
    "saved:unfollow": (lambda _city: {"code": "HN-0"}, TO_ACCOUNT),
    "saved:stop": (lambda _city: {"token": "no-token"}, MISSING),
    "account_login": (_nothing, STRANGERS),
    "account_logout": (_nothing, SIGNED_IN),
    "account_inactive": (_nothing, EVERYBODY),
    "account_signup": (_nothing, STRANGERS),
    "account_reauthenticate": (_nothing, SIGNED_IN),
    "account_email": (_nothing, SIGNED_IN),
    "account_email_verification_sent": (_nothing, EVERYBODY),
    "account_change_password": (_nothing, SIGNED_IN),
    "account_set_password": (_nothing, [302] * 10),  # everybody has one: to the page that changes it
    "account_reset_password": (_nothing, EVERYBODY),
    "account_reset_password_done": (_nothing, EVERYBODY),
    "account_reset_password_from_key": (lambda _city: {"uidb36": "0", "key": "no-key"}, EVERYBODY),  # says it is void
    "account_reset_password_from_key_done": (_nothing, EVERYBODY),
    "account_confirm_email": (lambda _city: {"key": "no:key"}, EVERYBODY),  # says it is void
    "account_confirm_login_code": (_nothing, [302] * 10),  # no code is under way
    "search:results": (_nothing, EVERYBODY),
    "search:suggestions": (_nothing, EVERYBODY),
    "search:clicked": (_nothing, FORMS_ONLY),
    "cms:map_wards": (_nothing, EVERYBODY),
    "cms:map_projects": (_nothing, EVERYBODY),
    "issues:tickets": (_nothing, [302, 200, 200, 200, 302, 302, 302, 302, 200, 200]),  # officers have their inbox
    "issues:ticket_new": (_nothing, EVERYBODY),
    "issues:ticket_preview": (_nothing, FORMS_ONLY),
    "issues:ticket_draft": (_nothing, FORMS_ONLY),
    "issues:ticket_discard": (_nothing, FORMS_OF_SIGNED_IN),
    "issues:ticket": (_ticket, THE_TICKET),
    "issues:command": (_command, FORMS_ONLY),
    "issues:presence": (_ticket, FORMS_OF_STAFF),
    "issues:ticket_replies": (_ticket, [302, 403, 403, 403, 200, 404, 200, 200, 403, 403]),
    "issues:replies": (_nothing, STAFF),
    "issues:reply": (_first, [302, 403, 403, 403, 404, 404, 404, 404, 403, 403]),  # of somebody
    "issues:reply_delete": (_first, FORMS_OF_STAFF),
    "issues:reply_used": (_first, FORMS_OF_STAFF),
    "issues:save_input": (_command, FORMS_OF_SIGNED_IN),
    "issues:attachment": (lambda city: {"public_id": city.attachment.public_id}, THE_TICKET),
    # A picture in a page does not ask to sign in.
    "issues:thumbnail": (lambda city: {"public_id": city.attachment.public_id}, [404, *THE_TICKET[1:]]),
    "issues:answers": (_nothing, EVERYBODY),
    "issues:answer": (_answer, EVERYBODY),
    "issues:join": (_answer, FORMS_OF_SIGNED_IN),
    "issues:assisted": (_nothing, AT_COUNTERS),
    "issues:known_enterprise": (_nothing, STAFF),
    "issues:receipt": (_receipt, [302, 403, 403, 403, 200, 404, 200, 404, 403, 403]),  # of the officer who helped
    "issues:membership_requests": (_nothing, AT_COUNTERS),
    "issues:accept_request": (_first, FORMS_ONLY),
    "issues:refuse_request": (_first, FORMS_ONLY),
    "issues:prove_by_receipt": (_first, TO_ACCOUNT),
    "issues:send_contact_code": (_first, TO_ACCOUNT),
    "issues:prove_by_contact_code": (_first, TO_ACCOUNT),
    "issues:accept_invitation": (_first, TO_ACCOUNT),
    "issues:sessions": (_nothing, EVERYBODY),
    "issues:session_new": (_nothing, [302, *[403] * 5, 200, 403, 403, 403]),
    "issues:session": (_session, EVERYBODY),
    "issues:session_edit": (_session, [302, *[403] * 5, 200, 403, 403, 403]),
    "issues:session_capture": (_session, AT_COUNTERS),
    "issues:session_keep": (_session, FORMS_ONLY),
    "issues:session_hint": (_session, FORMS_ONLY),
    "issues:session_step": (lambda city: {"pk": city.session.pk, "step": "close"}, FORMS_ONLY),
    "issues:follow": (_nothing, EVERYBODY),
    "issues:followed": (_receipt, [302] * 10),  # people who have not shown its codes are asked for them
    "issues:follow_key": (
        lambda city: {"code": city.assisted.code, "key": city.assisted.assistance.follow_up_code},
        [302] * 10,
    ),
    "issues:board": (_nothing, STAFF),
    "issues:inbox": (_nothing, STAFF),
    "issues:bulk": (_nothing, FORMS_ONLY),
    "issues:bulk_result": (_nothing, [302, 403, 403, 403, 302, 302, 302, 302, 403, 403]),  # nothing was done yet
    "issues:handover": (_nothing, [302, 403, 403, 403, 200, 200, 404, 404, 403, 403]),  # of one’s own agency
    "issues:roster": (_nothing, STAFF),
    "issues:roster_agency": (_agency, THE_AGENCY),
    "issues:roster_command": (_roster_command, FORMS_ONLY),
    "issues:undo": (_nothing, FORMS_OF_SIGNED_IN),
    "issues:offer_dismiss": (_first, FORMS_OF_SIGNED_IN),
    "issues:wall": (_nothing, EVERYBODY),
    "issues:transparency": (_nothing, EVERYBODY),
    "issues:transparency_csv": (_nothing, EVERYBODY),
    "issues:notifications": (_nothing, SIGNED_IN),
    "issues:unread_count": (_nothing, SIGNED_IN),
    "issues:notifications_read": (_nothing, FORMS_ONLY),
    "issues:rating": (lambda _city: {"token": "no-token"}, MISSING),  # says what to do
    "issues:reopening": (lambda _city: {"token": "no-token"}, MISSING),
    "issues:stop_mail": (lambda _city: {"token": "no-token"}, MISSING),
    "issues:choices": (_nothing, SIGNED_IN),
    "issues:demo_mail": (_nothing, MISSING),  # in the demonstration only
    "issues:demo_mail_html": (lambda _city: {"name": "20261118.0"}, MISSING),
    "wagtail_serve": (lambda _city: {"path": "projects/"}, EVERYBODY),
    "wagtailcore_login": (_nothing, TO_ACCOUNT),  # to our own sign-in
    "wagtailcore_authenticate_with_password": (lambda _city: {"page_view_restriction_id": 1, "page_id": 1}, MISSING),
    "wagtaildocs_serve": (lambda _city: {"document_id": 1, "document_filename": "x.pdf"}, MISSING),
    "wagtaildocs_authenticate_with_password": (lambda _city: {"restriction_id": 1}, MISSING),
}


def _named(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if entry.name and entry.name not in FOR_MACHINES:
                yield namespace + entry.name
        elif not path.startswith(NOT_OURS):
            yield from _named(entry, path, namespace + (f"{entry.namespace}:" if entry.namespace else ""))


@pytest.fixture
def city(db: None, settings: Any, tmp_path: Path) -> Iterator[City]:
    """Everything that an address can be about, on a Wednesday at ten."""
    with clock.at(at("2026-11-18 10:00")):
        yield _make_city(settings, tmp_path)


def _make_city(settings: Any, tmp_path: Path) -> City:
    setup_site()
    force = make_task_force()
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    ticket = force.accepted()
    officer = Actor.of(force.officer)
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    upload = SimpleUploadedFile("plan.png", picture.getvalue())
    attachment = conversation.attach(ticket=ticket, actor=officer, upload=upload, visibility="parties")
    scanning.draw_thumbnails()
    answer = resolving.resolve(ticket=force.accepted(public_consent=True), actor=officer, answer="Yes.", kind="solved")
    publishing.propose_publication(ticket=answer, actor=officer, title="May we?", answer="Yes.")
    publishing.publish(ticket=answer, actor=Actor.of(force.head))
    behalf = {"tax_code": "0109990027", "name": "Công ty", "contact": "Chị Ba", "phone": "09"}
    assisted = filing.file_ticket(actor=officer, title="?", body="?", on_behalf_of=behalf, channel="counter")
    session = sessions.save_session(
        actor=Actor.of(force.coordinator), title_vi="Buổi", place="Hội trường", host="Phó Chủ tịch",
        starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=2), agencies=["SXD"],
    )  # fmt: skip
    return City(
        people={
            "nobody": None,
            "investor": make_user(),
            "enterprise": force.filer,
            "other_enterprise": force.other_filer,
            "officer": force.officer,
            "other_officer": force.finance_officer,
            "coordinator": force.coordinator,
            "leader": force.leader,
            "editor": make_user(Role.EDITOR),
            "admin": make_user(Role.ADMIN),
        },
        ticket=ticket,
        answer=answer,
        assisted=assisted,
        session=session,
        attachment=attachment,
        membership=force.filer.memberships.get(),
        token=ApiToken.issue(user=force.filer, name="export")[0],
    )


def test_no_address_is_forgotten() -> None:
    with translation.override("vi"):
        assert sorted(set(_named(get_resolver()))) == sorted(ADDRESSES)


@pytest.mark.django_db
def test_every_address_answers_everybody_as_listed(city: City, query_counts: QueryCounts) -> None:
    clients = []
    for name in PEOPLE:
        client, user = Client(), city.people[name]
        if user is not None:
            client.force_login(user)
        clients.append(client)
    statuses, queries = {}, {}
    for name, (arguments, _expected) in ADDRESSES.items():
        with translation.override("vi"):
            address = address_of(name, arguments(city))
        found = [counted(partial(client.get, address)) for client in clients]
        statuses[name] = [answer.status_code for answer, _number in found]
        queries[name] = [number for _answer, number in found]
    assert statuses == {name: expected for name, (_arguments, expected) in ADDRESSES.items()}
    query_counts.check("pages", PEOPLE, queries)
    query_counts.check_names("pages", list(ADDRESSES))


def address_of(name: str, arguments: dict[str, Any]) -> str:
    if name == "wagtail_serve":
        return f"/vi/{arguments['path']}"  # its pattern takes its path in another order
    values = list(arguments.values())
    return reverse(name, args=values) if name == "wagtaildocs_serve" else reverse(name, kwargs=arguments)
