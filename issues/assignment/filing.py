"""A proposal as it was filed: checked fields, before there is a ticket."""

from dataclasses import dataclass

from accounts.models import Agency
from investment.models import Project


@dataclass(frozen=True)
class Filing:
    """The checked fields of one filing; codes are rows already."""

    title: str
    body: str
    kind: str
    category: str
    ward: Agency | None
    project: Project | None
    public_consent: bool
