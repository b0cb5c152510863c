"""The term lists, examples and rules that a new installation begins with; coordinators edit their copies of them."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from typing import Any

from issues.routing.examples import Example
from issues.routing.rule_matching import Rule
from issues.routing.terms import Term

EXAMPLE = "example-"  # how the ids of the examples begin; they are no tickets


def default_terms() -> list[Term]:
    """The rows of ``data/terms.csv``."""
    rows = csv.DictReader(_read("terms.csv").splitlines())
    return [Term(row["category"], row["phrase"], float(row["weight"])) for row in rows]


def default_examples() -> list[Example]:
    """Proposals written for the purpose (``data/examples.json``), to train with until enough tickets are resolved.

    Their ids begin with ``example-``; they are no tickets and are never to be shown as similar ones.
    """
    rows = json.loads(_read("examples.json"))
    return [Example(row["id"], f"{row['title']}\n{row['body']}", row["category"]) for row in rows]


def default_rule_rows() -> list[dict[str, Any]]:
    """The rows of ``data/rules.json``, with their names in both languages."""
    return json.loads(_read("rules.json"))


def default_rules(language: str = "en") -> list[Rule]:
    """The default rules, named in ``language`` (``en`` or ``vi``)."""
    return [
        Rule(
            id=row["number"],
            number=row["number"],
            version=1,
            priority=row["priority"],
            name=row[f"name_{language}"],
            conditions=row["conditions"],
            lead_agency=row["lead_agency"],
            coordinating=tuple(row["coordinating"]),
        )
        for row in default_rule_rows()
    ]


def _read(name: str) -> str:
    return (files("issues.routing") / "data" / name).read_text(encoding="utf-8")
