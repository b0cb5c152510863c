"""The page of one project: its facts, steps, sources, freshness, place and similar projects."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms import project_facts, ward_map
from core import wording
from investment.catalogue import hits_for
from investment.database_backend import similar
from investment.models import Project, ProjectStatus, ProjectStep

_STEP_LOOKS = {
    ProjectStep.State.DONE: ("done", "check-circle-fill"),
    ProjectStep.State.RUNNING: ("now", "circle-half"),
    ProjectStep.State.STUCK: ("now", "pause-circle"),
    ProjectStep.State.WAITING: ("todo", "circle"),
}


@dataclass(frozen=True)
class Fact:
    """One line of the fact sheet; an empty value is printed as not published."""

    label: str
    value: str
    note: str = ""


def context(project: Project, locale: str) -> dict[str, Any]:
    """What the template needs besides the page's own words. Four queries at most."""
    steps = list(project.steps.select_related("agency"))
    pin = project_facts.Pin("1", project.name, "", project.latitude or 0, project.longitude or 0)
    return {
        "project": project,
        "tag": project_facts.tag(project),
        "facts": facts(project),
        "sources": project_facts.sources(project.source),
        "steps": [{"step": step, "look": look, "icon": icon} for step in steps for look, icon in [_look(step)]],
        "steps_done": sum(step.state == ProjectStep.State.DONE for step in steps),
        "clearance": next((s.done_percent for s in steps if s.done_percent is not None), None),
        "freshness": project_facts.freshness(project),
        "is_listed": project.status not in (ProjectStatus.WITHDRAWN, ProjectStatus.STALE, ProjectStatus.DRAFT),
        "similar": project_facts.rows(hits_for(similar(project), locale)),
        "map": ward_map.draw([pin], 352, 220) if project.latitude is not None else None,
        "name_is_fallback": locale == "en" and not project.name_en,
    }


def facts(project: Project) -> list[Fact]:
    """The fact sheet in its order, blanks included."""
    contact = project.contact_agency.name if project.contact_agency else project.contact_as_published
    as_published = _by_source(project.contact_as_published) if project.contact_agency else ""
    sector = _by_source(project.sector_as_published)
    today = _("Today: %(places)s") % {"places": project.place_today} if project.place_today else ""
    capital = wording.money(project.capital_vnd_billion, project.capital_usd_million)
    rows = [
        Fact(_("Code"), project.code),
        Fact(_("Sector"), str(project.get_sector_display()) if project.sector else "", sector),
        Fact(_("Province or city"), project.province),
        Fact(_("Place"), project.place, today),
        Fact(_("Area"), wording.area(project.area_ha) or ""),
        Fact(_("Total capital"), capital or "", _published(project.capital_text)),
        Fact(_("Form of investment"), project.investment_form),
        Fact(_("Period of the call"), project.period),
        Fact(_("Contact agency"), contact, as_published),
        Fact(_("Issuing agency"), project.issuing_agency),
        Fact(_("Legal basis"), project.legal_basis),
        Fact(_("Year of the source"), str(project.source_year or "")),
    ]
    if not project.name_vi_is_official:
        rows.append(Fact(_("Vietnamese name"), _("Our translation, not an official title"), project.name_en))
    return rows


def _by_source(text: str) -> str:
    return _("The source says: %(text)s") % {"text": text} if text else ""


def _published(text: str) -> str:
    return _("As published: %(text)s") % {"text": text} if text else ""


def _look(step: ProjectStep) -> tuple[str, str]:
    return _STEP_LOOKS[ProjectStep.State(step.state)]
