"""Projects and their pages for tests, made directly."""

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from cms.models import ProjectPage
from cms.models.project_page import slug_for
from cms.setup import project_index, translation_key
from core import clock
from investment.models import Project, ProjectStatus

_numbers = itertools.count(1)


def make_project(**fields: Any) -> Project:
    """A published project in Hà Nội, confirmed ten days ago; numbers may be given as texts."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "code": f"T-{number:03d}",
        "name_vi": f"Dự án {number}",
        "name_en": f"Project {number}",
        "status": ProjectStatus.PUBLISHED,
        "sector": "transport",
        "province": "Hà Nội",
        "record_type": Project.RecordType.CALL_LIST,
        "source_year": 2021,
        "confirmed_on": timezone.localdate(clock.now()) - timedelta(days=10),
    }
    for name in ("area_ha", "capital_vnd_billion", "capital_usd_million"):
        if isinstance(fields.get(name), str):
            fields[name] = Decimal(fields[name])
    project = Project(**{**defaults, **fields})
    project.save()
    return project


def make_page(project: Project, language: str = "vi", *, live: bool = True, **fields: Any) -> ProjectPage:
    """The page of a project in one language, under the list that `setup_site` made."""
    title = fields.pop("title", project.name_en if language == "en" else project.name_vi)
    defaults = {"slug": slug_for(project, title), "translation_key": translation_key(f"test/{project.code}")}
    locale = Locale.objects.get(language_code=language)
    page = ProjectPage(project=project, title=title, locale=locale, live=live, **{**defaults, **fields})
    project_index(language).add_child(instance=page)
    return page
