from investment.models.project import LISTED, Project, ProjectStatus, Sector
from investment.models.step import ProjectStep

__all__ = ["LISTED", "Project", "ProjectStatus", "ProjectStep", "Sector"]
