"""What somebody typed to file a proposal, checked: all wrong fields are named together."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from investment.models import Project
from issues.actions.fields import Fields
from issues.assignment.filing import Filing
from issues.models import BODY_MAX, FILABLE_KINDS, TITLE_MAX, Category, TicketKind


def read_filing(
    *,
    title: Any,
    body: Any,
    kind: Any,
    category: Any,
    ward: Any,
    project: Any,
    public_consent: Any = False,
    fields: Fields | None = None,
) -> Filing:
    """Check every field; raises Invalid that names all wrong ones, with those already in `fields`."""
    fields = fields or Fields()
    filing = Filing(
        title=fields.text("title", title, longest=TITLE_MAX).replace("\n", " "),
        body=fields.text("body", body, longest=BODY_MAX),
        **_codes(fields, kind=kind, category=category, ward=ward, project=project),
        public_consent=fields.flag("public_consent", public_consent),
    )
    fields.done()
    return filing


def check_codes(*, kind: Any, category: Any, ward: Any, project: Any) -> None:
    """Raise Invalid naming every code that filing would refuse."""
    fields = Fields()
    _codes(fields, kind=kind, category=category, ward=ward, project=project)
    fields.done()


def _codes(fields: Fields, *, kind: Any, category: Any, ward: Any, project: Any) -> dict[str, Any]:
    kinds = [str(filable) for filable in FILABLE_KINDS]
    return {
        "kind": fields.choice("kind", TicketKind.DIFFICULTY if kind in (None, "") else kind, kinds),
        "category": fields.choice("category", category, Category.values, required=False),
        "ward": fields.agency("ward", ward, required=False, level=Agency.Level.WARD),
        "project": _project(fields, project),
    }


def _project(fields: Fields, code: Any) -> Project | None:
    text = fields.text("project", code, required=False, longest=20)
    if not text:
        return None
    found = Project.objects.filter(code=text).first()
    if found is None:
        fields.add("project", _("There is no project with the code “{code}”.").format(code=text))
    return found
