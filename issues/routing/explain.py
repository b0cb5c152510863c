"""A decision in words. The sentences are English sources; the caller's gettext translates them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from issues.routing.trace import Step


def gettext_noop(message: str) -> str:
    """Mark a sentence for extraction under the name that message extractors know; it is translated when used."""
    return message


SENTENCES: Mapping[str, str] = {
    "category_given": gettext_noop("The field “%(category)s” was chosen on filing."),
    "text_disagrees": gettext_noop("The words of the text point more to “%(category)s” (%(percent)s): %(words)s."),
    "text_disagrees_similar": gettext_noop("The text points more to “%(category)s” (%(percent)s)."),
    "category_voted": gettext_noop("The text points to “%(category)s” (%(percent)s): %(words)s."),
    "category_voted_similar": gettext_noop("The text points to “%(category)s” (%(percent)s)."),
    "category_uncertain": gettext_noop(
        "The text is not clear enough: “%(category)s” %(percent)s, “%(second)s” %(second_percent)s; "
        "%(threshold)s is needed."
    ),
    "nothing_recognised": gettext_noop("No word of the text points to a field."),
    "category_named": gettext_noop("It was found to be about “%(category)s”."),
    "category_corrected": gettext_noop("The category was corrected from “%(second)s” to “%(category)s”."),
    "similar": gettext_noop("It reads like: %(tickets)s."),
    "rule_matched": gettext_noop("Rule %(number)s applies: %(name)s."),
    "rule_matched_words": gettext_noop("Rule %(number)s applies: %(name)s. Words found: %(words)s."),
    "rule_adds": gettext_noop("Rule %(number)s adds a coordinating agency: %(name)s."),
    "rule_without_agency": gettext_noop("Rule %(number)s would apply, but its agency is not known here: %(name)s."),
    "category_agency": gettext_noop("No rule names an agency; this one is responsible for “%(category)s”."),
    "no_rule": gettext_noop("No rule names an agency for “%(category)s”."),
    "lead": gettext_noop("Lead agency: %(agency)s."),
    "coordinating": gettext_noop("Coordinating: %(agencies)s."),
    "waits": gettext_noop("A coordinator of the task force will choose the agency."),
    "absent_left_out": gettext_noop("Officers who are absent were left out."),
    "nobody_present": gettext_noop("No officer is present; the head of the agency decides."),
    "on_duty": gettext_noop("Goes to %(officer)s, who is on duty."),
    "least_loaded": gettext_noop("Goes to %(officer)s, who has the fewest open tickets (%(open_tickets)s)."),
}

TOKENS: Mapping[str, str] = {
    "@ward": gettext_noop("the agency of the ward"),
    "@project_contact": gettext_noop("the project's contact agency"),
}

Translate = Callable[[str], str]


def keep(message: str) -> str:
    """The sentence as it is, in English."""
    return message


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called in the reader's language; a code without a name is shown as it is."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[Any, str] = field(default_factory=dict)
    tickets: Mapping[str, str] = field(default_factory=dict)
    officers: Mapping[int, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)  # wards, sectors, kinds


def explain(trace: Iterable[Step], names: Names | None = None, _: Translate = keep) -> list[str]:
    """Say the steps of a decision (or an assignment), one or two sentences each, in the language of ``_``.

    Similar tickets are named only if ``names.tickets`` has them: the reader may not see all tickets.
    """
    names, sentences = names or Names(), []
    for step in trace:
        code, params = _variant(step), _params(step, names, _)
        sentences.append(_(SENTENCES[code]) % params)
        shown = [names.tickets[t] for t in step.params.get("similar", ()) if t in names.tickets]
        if shown and code.startswith("category_"):
            sentences.append(_(SENTENCES["similar"]) % {"tickets": "; ".join(shown)})
    return sentences


def _variant(step: Step) -> str:
    """The key of the variant of a sentence without an empty parameter."""
    if step.code == "rule_matched" and step.params["words"]:
        return "rule_matched_words"
    if step.code in ("category_voted", "text_disagrees") and not step.params["words"]:
        return f"{step.code}_similar"
    return step.code


def _params(step: Step, names: Names, _: Translate) -> dict[str, str]:
    """The parameters as text, a percent sign included where it belongs to the number."""
    said = {key: str(value) for key, value in step.params.items()}
    for key in ("category", "second"):
        if key in said:
            said[key] = names.categories.get(said[key], said[key])
    for key, shown in (("score", "percent"), ("second_score", "second_percent"), ("threshold", "threshold")):
        if key in step.params:
            said[shown] = f"{step.params[key]:.0%}"
    if "words" in step.params:
        said["words"] = ", ".join(f"“{word}”" for word in step.params["words"])
    if "number" in step.params:
        said["name"] = names.rules.get(step.params["rule"], step.params["name"]).rstrip(".")
    if "agency" in step.params:
        said["agency"] = _agency(step.params["agency"], names, _)
    if "agencies" in step.params:
        said["agencies"] = ", ".join(_agency(code, names, _) for code in step.params["agencies"])
    if "officer" in step.params:
        said["officer"] = names.officers.get(step.params["officer"], said["officer"])
    return said


def _agency(code: str, names: Names, _: Translate) -> str:
    return _(TOKENS[code]) if code in TOKENS else names.agencies.get(code, code)
