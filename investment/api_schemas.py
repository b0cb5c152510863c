"""What the HTTP interface answers about projects."""

from datetime import date

from ninja import Schema


class FacetOut(Schema):
    value: str
    label: str
    count: int


class ProjectOut(Schema):
    code: str
    title: str
    summary: str
    sector: str | None
    province: str | None
    ward: str | None
    place: str | None
    place_today: str | None
    area_ha: float | None
    capital_vnd_billion: float | None
    capital_usd_million: float | None
    capital_as_published: str | None
    investment_form: str | None
    form: str
    status: str
    contact_agency: str | None
    source_year: int | None
    confirmed_on: date | None
    url: str
    highlight: str


class StepOut(Schema):
    order: int
    kind: str
    name: str
    agency: str | None
    limit_working_days: int | None
    state: str
    started_on: date | None
    finished_on: date | None
    done_percent: int | None


class ProjectDetailOut(ProjectOut):
    sector_as_published: str | None
    period: str | None
    issuing_agency: str | None
    legal_basis: str | None
    record_type: str | None
    source: str | None
    note: str | None
    name_vi_is_official: bool
    latitude: float | None
    longitude: float | None
    confirmation_due_on: date | None
    steps: list[StepOut]


class ProjectListOut(Schema):
    count: int
    page: int
    page_size: int
    engine: str
    results: list[ProjectOut]
    facets: dict[str, list[FacetOut]]
    did_you_mean: str
    note: str


class SuggestionOut(Schema):
    text: str
    kind: str
    url: str


class SuggestionsOut(Schema):
    suggestions: list[SuggestionOut]
