"""Title, summary and address of project pages, for lists of the layers below."""

from collections.abc import Sequence

from cms.models import ProjectPage
from investment.models import Project
from investment.project_query import ProjectWords


def read(projects: Sequence[Project], locale: str) -> dict[int, ProjectWords]:
    """Title, summary and address of the live page of each project in `locale`; one query."""
    pages = (
        ProjectPage.objects.live()
        .filter(project_id__in=[project.pk for project in projects], locale__language_code=locale)
        .select_related("locale")
        .defer("body", "images", "documents")
    )
    return {page.project_id: ProjectWords(page.title, page.summary, page.get_url() or "") for page in pages}
