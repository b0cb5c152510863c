"""Who may send what: an empty form to every address of a page, from everybody who may come along.

What a GET answers stands in `test_pages`; this is the other half. Nobody gets further than their role, an empty form
is refused with what is missing (422) and never breaks, and what was forgotten in the table fails.
"""

from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from accounts.models import ApiToken
from tests.contracts.test_pages import (
    ADDRESSES,
    EVERYBODY,
    FORMS_ONLY,
    MISSING,
    NOT_THERE,
    PEOPLE,
    STRANGERS,
    City,
    address_of,
    city,
)

__all__ = ["city"]  # the fixture

READ_ONLY = FORMS_ONLY  # no form is taken there: 405 for everybody
AWAY = [302] * len(PEOPLE)  # to the sign-in, or back to the page that has the form
FORM = [302, *[422] * 9]  # others are asked to sign in
FORM_OF_STAFF = [302, 403, 403, 403, 422, 422, 422, 422, 403, 403]
GONE_FOR_STAFF = [302, 403, 403, 403, 404, 404, 404, 404, 403, 403]  # somebody else's, or nothing was named
AT_COUNTERS = [302, 403, 403, 403, 200, 200, 200, 403, 403, 403]
COORDINATORS = [302, 403, 403, 403, 403, 403, 422, 403, 403, 403]

# name: what a POST without any field answers for each of PEOPLE, in that order; what is not named is READ_ONLY.
FORMS: dict[str, list[int]] = {
    "accounts:account": [302, *[405] * 9],
    "accounts:settings": FORM,
    "accounts:ask": FORM,
    "accounts:withdraw_request": NOT_THERE,
    "accounts:invite": [302, 404, 422, *[404] * 7],
    "accounts:withdraw_invitation": NOT_THERE,
    "accounts:decline_invitation": NOT_THERE,
    "accounts:remove_member": [302, 404, 302, *[404] * 7],  # of one's own enterprise
    "accounts:issue_token": FORM,
    "accounts:revoke_token": AWAY,
    "saved:searches": [302, *[405] * 9],
    "saved:new": FORM,
    "saved:edit": NOT_THERE,
    "saved:delete": NOT_THERE,
    "saved:follow": NOT_THERE,
    "saved:unfollow": NOT_THERE,
    "saved:stop": MISSING,
    "account_login": STRANGERS,
    "account_logout": AWAY,
    "account_signup": STRANGERS,
    "account_reauthenticate": [302, *[200] * 9],
    "account_email": AWAY,
    "account_change_password": [302, *[200] * 9],
    "account_set_password": AWAY,
    "account_reset_password": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_confirm_email": MISSING,
    "account_confirm_login_code": AWAY,
    "issues:tickets": [302, *[405] * 9],
    "issues:ticket_new": FORM,
    "issues:ticket_preview": EVERYBODY,
    "issues:ticket_draft": AWAY,
    "issues:ticket_discard": AWAY,
    "issues:command": [302, 404, 403, 404, 422, 404, 403, 403, 404, 404],
    "issues:presence": [302, 403, 403, 403, 200, 404, 200, 200, 403, 403],
    "issues:ticket_replies": [302, 403, 403, 403, 405, 405, 405, 405, 403, 403],
    "issues:replies": FORM_OF_STAFF,
    "issues:reply": GONE_FOR_STAFF,
    "issues:reply_delete": GONE_FOR_STAFF,
    "issues:reply_used": GONE_FOR_STAFF,
    "issues:save_input": [302, 404, 200, 404, 200, 404, 200, 200, 404, 404],
    "issues:join": AWAY,
    "issues:accept_request": GONE_FOR_STAFF,
    "issues:refuse_request": GONE_FOR_STAFF,
    "issues:prove_by_receipt": NOT_THERE,
    "issues:send_contact_code": NOT_THERE,
    "issues:prove_by_contact_code": NOT_THERE,
    "issues:accept_invitation": NOT_THERE,
    "issues:session_new": COORDINATORS,
    "issues:session_edit": COORDINATORS,
    "issues:session_capture": [302, 403, 403, 403, 422, 422, 422, 403, 403, 403],
    "issues:session_keep": AT_COUNTERS,
    "issues:session_hint": AT_COUNTERS,
    "issues:session_step": [302, 403, 403, 403, 403, 403, 302, 403, 403, 403],
    "issues:follow": [422] * len(PEOPLE),
    "issues:followed": AWAY,
    "issues:bulk": GONE_FOR_STAFF,
    "issues:handover": [302, 403, 403, 403, 422, 422, 404, 404, 403, 403],
    "issues:roster_command": [302, 403, 403, 403, 403, 404, 422, 403, 403, 403],
    "issues:undo": AWAY,
    "issues:offer_dismiss": [302, *[404] * 9],
    "issues:notifications_read": AWAY,
    "search:clicked": [204] * len(PEOPLE),  # said in passing: nobody reads an answer
    "issues:rating": MISSING,
    "issues:reopening": MISSING,
    "issues:stop_mail": MISSING,
    "issues:choices": FORM,
    "wagtail_serve": EVERYBODY,
    "wagtailcore_login": AWAY,
    "wagtailcore_authenticate_with_password": MISSING,
    "wagtaildocs_serve": MISSING,
    "wagtaildocs_authenticate_with_password": MISSING,
}


def test_no_form_is_listed_that_is_gone() -> None:
    assert set(FORMS) <= set(ADDRESSES)


@pytest.mark.django_db
def test_every_form_answers_everybody_as_listed(city: City) -> None:
    clients = {who: _client(city, who) for who in PEOPLE}
    found = {name: [_sent(city, name, clients[who]) for who in PEOPLE] for name in ADDRESSES}
    assert found == {name: FORMS.get(name, READ_ONLY) for name in ADDRESSES}


@pytest.mark.django_db
@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "enterprise"])
def test_nobody_revokes_the_token_of_another(city: City, who: str) -> None:
    _post(city, "accounts:revoke_token", _client(city, who))
    assert ApiToken.objects.filter(pk=city.token.pk).exists()


def _client(city: City, who: str) -> Client:
    client, user = Client(), city.people[who]
    if user is not None:
        client.force_login(user)
    return client


def _sent(city: City, name: str, client: Client) -> int:
    """The status of an empty form; whatever it did is undone, to the database and to the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        status: int = _post(city, name, client).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


def _post(city: City, name: str, client: Client) -> Any:
    with translation.override("vi"):
        address = address_of(name, ADDRESSES[name][0](city))
    return client.post(address)
