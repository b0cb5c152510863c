"""Keys for programs."""

from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from core import limits
from core.errors import Invalid, NotPossible, NotVisible
from core.text import beginning
from core.visible import has_visible

MAX_ACTIVE = limits.most("tokens.person")
NAME_MAX = 80


def issue_token(*, actor: User, name: str) -> tuple[ApiToken, str]:
    """Make a token for the actor; returns it and its secret, which can be read only now.

    Raises Invalid without a name, NotPossible with too many tokens.
    """
    name = beginning(name.strip(), NAME_MAX).strip()
    if not has_visible(name):
        sentence = _("Enter a name so that you can recognise the token.")
        raise Invalid(sentence, fields={"name": [sentence]})
    if ApiToken.objects.filter(user=actor, revoked_at=None).count() >= MAX_ACTIVE:
        raise NotPossible(_("You have %(count)d tokens. Revoke one first.") % {"count": MAX_ACTIVE})
    return ApiToken.issue(user=actor, name=name)


def revoke_token(*, actor: User, token_id: int) -> ApiToken:
    """End one of the actor's tokens; a second call changes nothing. Raises NotVisible for anybody else's."""
    token = ApiToken.objects.filter(pk=token_id, user=actor).first()
    if token is None:
        raise NotVisible(_("There is no such token."))
    token.revoke()
    return token
