from investment.models.project import Project, ProjectStatus, Sector
from investment.models.step import ProjectStep

__all__ = ["Project", "ProjectStatus", "ProjectStep", "Sector"]
