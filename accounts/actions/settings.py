"""What people decide about their own account."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.official_names import name_refused
from core.errors import Invalid
from core.text import clean
from core.visible import has_visible


def change_settings(*, actor: User, name: str, phone: str, language: str, time_format: str) -> User:
    """Change the actor's name, phone, language of mail and time format. Raises Invalid naming the field."""
    fields = {}
    if language not in User.Language.values:
        fields["language"] = [_("Choose one of the languages.")]
    if time_format not in User.TimeFormat.values:
        fields["time_format"] = [_("Choose one of the time formats.")]
    name = clean(name).strip()
    refused = name_refused(name, person=actor) if name != actor.name else ""
    if refused:
        fields["name"] = [refused]
    if fields:
        raise Invalid(_("Some fields need correcting."), fields=fields)
    phone = clean(phone).strip()
    actor.name, actor.phone = name if has_visible(name) else "", phone if has_visible(phone) else ""
    actor.language = language
    actor.time_format = time_format
    actor.save(update_fields=["name", "phone", "language", "time_format"])
    return actor
