"""One readable sentence for a rule: what it asks for, who leads then, who coordinates, and from when to when.

The sentences are English sources, as in ``explain``; the caller's gettext translates them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from issues.routing.explain import Names, Translate, gettext_noop, keep
from issues.routing.rule_matching import PROJECT_CONTACT, WARD, Rule, describe

# Conditions that name one value out of several, and how their values are joined.
CLAUSES: Mapping[str, str] = {
    "if_category": gettext_noop("the category is %(values)s"),
    "if_ward": gettext_noop("the ward is %(values)s"),
    "if_sector": gettext_noop("the sector of the project is %(values)s"),
    "if_kind": gettext_noop("it is filed as %(values)s"),
    "if_project_contact_agency": gettext_noop("the contact agency of the project is %(values)s"),
    "if_words_any": gettext_noop("the text has %(values)s"),
    "if_words_all": gettext_noop("the text has %(values)s"),
    "if_project": gettext_noop("a project is linked"),
    "if_no_project": gettext_noop("no project is linked"),
}
AND = gettext_noop("%(first)s and %(last)s")
OR = gettext_noop("%(first)s or %(last)s")
MORE = gettext_noop("%(number)s others")

IF = gettext_noop("If %(conditions)s, %(outcome)s%(dates)s.")
ALWAYS = gettext_noop("In every case %(outcome)s%(dates)s.")
LEADS = gettext_noop("the %(lead)s leads")
COORDINATES = gettext_noop("the %(others)s coordinates")
COORDINATE = gettext_noop("%(others)s coordinate")
LEADS_AND_COORDINATES = gettext_noop("the %(lead)s leads and the %(others)s coordinates")
LEADS_AND_COORDINATE = gettext_noop("the %(lead)s leads and %(others)s coordinate")
FROM = gettext_noop("; from %(start)s")
UNTIL = gettext_noop("; until %(end)s")
BETWEEN = gettext_noop("; from %(start)s to %(end)s")

STAND_INS: Mapping[str, str] = {
    WARD: gettext_noop("agency of the ward"),
    PROJECT_CONTACT: gettext_noop("contact agency of the project"),
}


def say_rule(
    rule: Rule,
    names: Names | None = None,
    _: Translate = keep,
    *,
    day: Callable[[str], str] = str,
    shown: int | None = None,
) -> str:
    """The rule as one sentence. ``day`` writes an ISO date for the reader; ``shown`` cuts long lists of values.

    A rule read from a form works as well as a saved one: only its content is read.
    """
    names = names or Names()
    parts = dict(describe(rule))
    asked = [_clause(code, params, names, _, shown) for code, params in parts.items() if code in CLAUSES]
    said = {
        "conditions": _joined(asked, AND, _),
        "outcome": _outcome(parts, names, _),
        "dates": _dates(parts, _, day),
    }
    return _(IF if asked else ALWAYS) % said


def say_values(code: str, values: Sequence[str], names: Names, _: Translate = keep) -> str:
    """The values of one condition, joined as that condition joins them."""
    return _joined(_values(code, values, names), AND if code == "if_words_all" else OR, _)


def say_agency(code: str, names: Names, _: Translate = keep) -> str:
    """What an agency's code, or the code that stands for one, is called in a sentence."""
    return _(STAND_INS[code]) if code in STAND_INS else names.agencies.get(code, code)


def _clause(code: str, params: Mapping[str, Any], names: Names, _: Translate, shown: int | None) -> str:
    values = _values(code, params.get("values", ()), names)
    if shown is not None and len(values) > shown + 1:
        values = [*values[:shown], _(MORE) % {"number": len(values) - shown}]
    return _(CLAUSES[code]) % {"values": _joined(values, AND if code == "if_words_all" else OR, _)}


def _values(code: str, values: Iterable[str], names: Names) -> list[str]:
    known = {"if_category": names.categories, "if_project_contact_agency": names.agencies}.get(code, names.values)
    return [f"“{value}”" if code.startswith("if_words") else known.get(value, value) for value in values]


def _outcome(parts: Mapping[str, Mapping[str, Any]], names: Names, _: Translate) -> str:
    agencies = [say_agency(code, names, _) for code in parts.get("coordinating", {}).get("agencies", ())]
    said = {"others": _joined(agencies, AND, _)}
    if "lead" not in parts:
        return _(COORDINATES if len(agencies) == 1 else COORDINATE) % said
    said["lead"] = say_agency(parts["lead"]["agency"], names, _)
    if not agencies:
        return _(LEADS) % said
    return _(LEADS_AND_COORDINATES if len(agencies) == 1 else LEADS_AND_COORDINATE) % said


def _dates(parts: Mapping[str, Mapping[str, Any]], _: Translate, day: Callable[[str], str]) -> str:
    said = {key: day(parts[code]["date"]) for key, code in (("start", "from"), ("end", "until")) if code in parts}
    if len(said) == 2:
        return _(BETWEEN) % said
    return (_(FROM) if "start" in said else _(UNTIL)) % said if said else ""


def _joined(words: Sequence[str], last: str, _: Translate) -> str:
    if len(words) < 2:
        return "".join(words)
    return _(last) % {"first": ", ".join(words[:-1]), "last": words[-1]}
