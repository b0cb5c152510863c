"""Agencies that take tickets, found by name, abbreviation, remit and older districts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Agency
from investment.models import LISTED, Project
from issues.models import Ticket
from search import documents
from search.engines.base import Document, Kind


def agency_ids() -> list[int]:
    """Every agency that takes tickets."""
    return list(_taking().order_by("pk").values_list("pk", flat=True))


def agency_documents(ids: Sequence[int]) -> Iterator[Document]:
    """A document in each language for each agency that takes tickets; four queries."""
    agencies = list(_taking().filter(pk__in=ids).order_by("pk"))
    answered = set(
        Ticket.objects.filter(public_consent=True, published_at__isnull=False, lead_agency__in=agencies)
        .order_by()
        .values_list("lead_agency_id", flat=True)
        .distinct()
    )
    listed = Project.objects.filter(status__in=LISTED).order_by()
    wards = set(listed.filter(ward__in=agencies).values_list("ward_id", flat=True).distinct())
    contacts = set(listed.filter(contact_agency__in=agencies).values_list("contact_agency_id", flat=True).distinct())
    for locale in documents.locales():
        with override(locale):
            for agency in agencies:
                yield Document(
                    kind=Kind.AGENCY,
                    object_id=agency.pk,
                    locale=locale,
                    title=agency.name,
                    summary=agency.remit_vi,
                    names=" · ".join(filter(None, (agency.abbr, agency.name_vi, agency.name_en))),
                    body=agency.legacy_districts,
                    url=_most_helpful(agency, locale, answered, wards, contacts),
                )


def _most_helpful(agency: Agency, locale: str, answered: set[int], wards: set[int], contacts: set[int]) -> str:
    """What it has answered; else its projects; else the answers, where one's own question can be filed."""
    projects = f"/{locale}/projects/"
    if agency.pk not in answered and agency.pk in wards:
        return f"{projects}?{urlencode({'ward': agency.code})}"
    if agency.pk not in answered and agency.pk in contacts:
        return f"{projects}?{urlencode({'q': agency.name})}"
    return f"{reverse('issues:answers')}?{urlencode({'agency': agency.code})}"


def _taking() -> QuerySet[Agency]:
    return Agency.objects.exclude(stage=Agency.Stage.OFF)


SOURCE = documents.Source(kind=Kind.AGENCY, all_ids=agency_ids, build=agency_documents)
