"""What the account page shows of the enterprises of a person: members, invitations, and requests that wait."""

from typing import Any

from accounts.actions.membership import invitations_for, may_remove, valid_invitations
from accounts.contact_code import VALID
from accounts.models import Invitation, Membership, Role, User
from accounts.web.forms import ContactCodeForm, InviteForm, ReceiptForm, RequestForm
from core import clock

_SHOWN_REFUSED = 3


def enterprises_context(user: User, memberships: list[Membership]) -> dict[str, Any]:
    """Everything that the part “Your enterprise” needs; `memberships` are all of the user's."""
    own = {row.enterprise_id: row for row in memberships if row.role == Role.ENTERPRISE}
    colleagues = Membership.objects.filter(enterprise__in=own).select_related("user").order_by("pk") if own else []
    invited = valid_invitations().filter(enterprise__in=own) if own else []
    members: dict[int | None, list[dict[str, Any]]] = {pk: [] for pk in own}
    for one in colleagues:
        members[one.enterprise_id].append({"member": one, "may_remove": may_remove(user, one, own[one.enterprise_id])})
    invitations: dict[int | None, list[Invitation]] = {pk: [] for pk in own}
    for invitation in invited:
        invitations[invitation.enterprise_id].append(invitation)
    requests = list(user.membership_requests.order_by("-pk")[:20])
    waiting = [one for one in requests if one.is_waiting]
    return {
        "enterprises": [
            {
                "enterprise": row.enterprise,
                "members": members[pk],
                "invitations": invitations[pk],
                "invite_form": InviteForm(auto_id=f"invite_{pk}_%s"),
            }
            for pk, row in own.items()
        ],
        "waiting_requests": [
            {
                "request": one,
                "receipt_form": ReceiptForm(auto_id=f"receipt_{one.pk}_%s"),
                "contact_form": ContactCodeForm(auto_id=f"contact_{one.pk}_%s"),
                "code_was_sent": one.code_sent_at is not None and clock.now() < one.code_sent_at + VALID,
            }
            for one in waiting
        ],
        "refused_requests": [one for one in requests if one.state == one.State.REFUSED][:_SHOWN_REFUSED],
        "own_invitations": invitations_for(user),
        "request_form": RequestForm(auto_id="request_%s"),
    }
