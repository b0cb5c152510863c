"""What is known of a ticket when it is routed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CATEGORIES = (
    "tax",
    "customs",
    "investment_procedure",
    "land",
    "construction",
    "planning",
    "environment",
    "site_clearance",
    "credit",
    "trade",
    "fire_safety",
    "labour",
    "security",
    "inspection",
    "transport",
    "utilities",
    "other",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts a decision rests on. ``category`` is what the filer chose, ``None`` when nobody chose one."""

    title: str
    body: str = ""
    category: str | None = None
    ward: str | None = None
    sector: str | None = None
    project: str | None = None
    project_contact_agency: str | None = None
    kind: str = "proposal"

    @property
    def text(self) -> str:
        """The title as first line, then the body."""
        return f"{self.title}\n{self.body}"

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}
