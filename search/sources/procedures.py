"""The procedures on the way of a project, with agency, time limit and law: each leads to the projects that have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.utils.translation import ngettext, override

from core.text import fold
from investment.models import LISTED, ProjectStep
from search import documents
from search.engines.base import Document, Kind
from search.sources.named import number_of


def procedure_ids() -> list[int]:
    """A procedure has no row of its own: its Vietnamese name says which it is."""
    return sorted(_by_id())


def procedure_id(step: ProjectStep) -> int:
    """The id of the procedure that a step is."""
    return number_of("procedure", step.name_vi)


def procedure_documents(ids: Sequence[int]) -> Iterator[Document]:
    """A document in each language for each procedure that a project on the list has."""
    found = _by_id()
    for locale in documents.locales():
        with override(locale):
            for number in ids:
                if number in found:
                    yield _document(number, found[number], locale)


def _by_id() -> dict[int, list[ProjectStep]]:
    """The steps of each procedure, one for each agency, limit and law that it has somewhere."""
    facts = ("name_vi", "name_en", "agency_id", "limit_working_days", "legal_basis")
    steps = ProjectStep.objects.filter(project__status__in=LISTED).order_by(*facts).values("pk", *facts)
    distinct = {tuple(row[name] for name in facts): row["pk"] for row in steps.iterator()}
    found: dict[int, list[ProjectStep]] = {}
    for step in ProjectStep.objects.filter(pk__in=distinct.values()).select_related("agency").order_by("pk"):
        found.setdefault(procedure_id(step), []).append(step)
    return found


def _document(number: int, steps: Sequence[ProjectStep], locale: str) -> Document:
    first = steps[0]
    return Document(
        kind=Kind.PROCEDURE,
        object_id=number,
        locale=locale,
        title=first.name,
        summary=" · ".join(dict.fromkeys(fact for step in steps for fact in _facts(step))),
        names="" if fold(first.name) == fold(first.name_vi) else first.name_vi,
        url=f"/{locale}/projects/?{urlencode({'q': first.name})}",
    )


def _facts(step: ProjectStep) -> Iterator[str]:
    if step.agency:
        yield step.agency.name
    if step.limit_working_days:
        days = step.limit_working_days
        yield ngettext("{days} working day", "{days} working days", days).format(days=days)
    if step.legal_basis:
        yield step.legal_basis


SOURCE = documents.Source(kind=Kind.PROCEDURE, all_ids=procedure_ids, build=procedure_documents)
