from cms.models.content import ContentPage
from cms.models.home import HomePage
from cms.models.project_index import ProjectIndexPage
from cms.models.project_page import ProjectPage
from cms.models.site_words import SiteWords

__all__ = ["ContentPage", "HomePage", "ProjectIndexPage", "ProjectPage", "SiteWords"]
