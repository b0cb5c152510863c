"""What happened, one sentence per type of event, for the timeline, the feed of the board and the list of changes.

A sentence says who did what and until when; the text that somebody wrote is in `quote`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from issues.models import Channel, Consultation, ResolutionKind
from issues.sentences.clock_sentences import breached, recomputed, timer
from issues.sentences.event_reading import Reading, Sentence, strong
from issues.sentences.mail_sentences import from_party, mail_noted


def sentence_of(reading: Reading) -> Sentence:
    """The sentence of an event; KeyError for a type that has none (a test walks through all)."""
    return _SENTENCES[reading.event.type](reading)


def _say(text: str, **values: Any) -> SafeString:
    return format_html(text, **values)


def _submitted(r: Reading) -> Sentence:
    if r.data.get("split_from"):
        text = _("{who} made this part of {whole} a separate proposal with the same due time: {due}")
        return Sentence(_say(text, who=r.who, whole=r.data["split_from"], due=r.due("due_at")))
    if r.data.get("assisted_by"):
        return Sentence(_assisted(r))
    if r.event.actor_role != Role.ENTERPRISE:  # who helped is not for every reader
        return Sentence(_say(_taken_down(r), due=r.due("due_at")))
    by = {
        Channel.PHONE: _("{who} filed the proposal by phone, due {due}"),
        Channel.COUNTER: _("{who} filed the proposal at the counter, due {due}"),
        Channel.MEETING: _("{who} raised the matter at a listening session, due {due}"),
        Channel.API: _("{who} filed the proposal through the programming interface, due {due}"),
    }
    text = by.get(Channel(r.data["channel"]), _("{who} filed the proposal on the web site, due {due}"))
    return Sentence(_say(text, who=r.who, due=r.due("due_at")))


def _assisted(r: Reading) -> SafeString:
    by = {
        Channel.PHONE: _("{helper} filed it by phone for {enterprise}, due {due}"),
        Channel.COUNTER: _("{helper} filed it at the counter for {enterprise}, due {due}"),
        Channel.MEETING: _("{helper} filed what {enterprise} said at a listening session, due {due}"),
    }
    text = by.get(Channel(r.data["channel"]), _("{helper} filed it for {enterprise}, due {due}"))
    enterprise = strong(r.enterprise or _("The enterprise"))
    return _say(text, helper=r.agency("assisted_by"), enterprise=enterprise, due=r.due("due_at"))


def _taken_down(r: Reading) -> str:
    by = {
        Channel.PHONE: _("It was recorded by phone, due {due}"),
        Channel.MEETING: _("It was recorded at a listening session, due {due}"),
    }
    return by.get(Channel(r.data["channel"]), _("It was recorded at the counter, due {due}"))


def _routed(r: Reading) -> Sentence:
    by_hand = r.data.get("method") == "hand"
    text = _("{who} sent it to {agency}") if by_hand else _("The system sent it to {agency}")
    said = _say(text, who=r.who, agency=r.agency("lead_agency"))
    others = [strong(r.names.get(code, code)) for code in r.data.get("coordinating_agencies") or ()]
    if others:
        joined = format_html(", ".join(["{}"] * len(others)), *others)
        said = format_html("{}. {}", said, _say(_("Coordinating: {agencies}"), agencies=joined))
    if r.data.get("suggested_assignee"):
        suggested = _say(_("Suggested inside the agency: {officer}"), officer=r.data["suggested_assignee"])
        said = format_html("{}. {}", said, suggested)
    return Sentence(said, quote=r.data.get("reason", ""))


def _accepted(r: Reading) -> Sentence:
    if r.data.get("assignee"):
        text = _("{agency} accepted it. In charge: {officer}")
        return Sentence(_say(text, agency=r.agency("agency"), officer=r.data["assignee"]))
    return Sentence(_say(_("{agency} accepted it"), agency=r.agency("agency")))


def _reassigned(r: Reading) -> Sentence:
    if r.data.get("undoes"):
        text = _("{who} undid the hand-over: {officer} is in charge again")
    elif r.data["previous"]:
        text = _("{who} put {officer} in charge instead of {previous}")
    else:
        text = _("{who} put {officer} in charge")
    said = _say(text, who=r.who, officer=strong(r.data["assignee"]), previous=r.data["previous"])
    return Sentence(said, r.data.get("reason", ""))


def _info_requested(r: Reading) -> Sentence:
    text = _("{who} sent a question. The clock is paused, {left} left")
    return Sentence(_say(text, who=r.who, left=r.duration("left_minutes")), r.data["question"], pauses=True)


def _info_provided(r: Reading) -> Sentence:
    if r.data.get("within_grace"):
        text = _("{who} answered immediately. The due time has not moved: {due}")
    else:
        text = _("{who} answered. The clock is running again, due {due}")
    return Sentence(_say(text, who=r.who, due=r.due("due_at")), r.data["text"])


def _returned(r: Reading) -> Sentence:
    text = _("{sender} returned it and named {agency} as the responsible agency. Legal basis: {basis}")
    said = _say(text, sender=r.agency("from_agency"), agency=r.agency("agency"), basis=r.data["legal_basis"])
    return Sentence(said, r.data.get("reason", ""))


def _resolved(r: Reading) -> Sentence:
    outcome = str(ResolutionKind(r.data["kind"]).label)
    text = (
        _("{agency} answered in time, after {time}: {outcome}")
        if r.data["in_time"]
        else _("{agency} answered after the due time, after {time}: {outcome}")
    )
    if r.data.get("said_by"):
        text = _("{agency} answered on the spot, through {speaker}: {outcome}")
        said = _say(text, agency=r.agency("agency"), speaker=r.data["said_by"], outcome=outcome)
        return Sentence(said, r.data.get("answer", ""))
    said = _say(text, agency=r.agency("agency"), time=r.duration("used_minutes"), outcome=outcome)
    return Sentence(said, r.data.get("answer", ""))


def _declined(r: Reading) -> Sentence:
    text = _("{who} decided that it is outside the city’s competence. Responsible: {agency}. Legal basis: {basis}")
    return Sentence(_say(text, who=r.who, agency=r.agency("agency"), basis=r.data["legal_basis"]))


def _reopened(r: Reading) -> Sentence:
    text = _("{who} reopened it. A new clock started, due {due}")
    return Sentence(_say(text, who=r.who, due=r.due("due_at")), r.data.get("reason", ""))


def _rated(r: Reading) -> Sentence:
    return Sentence(_say(_("{who} rated the answer {score} of 5"), who=r.who, score=r.data["score"]), r.data["comment"])


def _split(r: Reading) -> Sentence:
    text = _("{who} made one part a separate proposal: {part}. It keeps the time of receipt and the due time")
    return Sentence(_say(text, who=r.who, part=strong(r.data["part"])), r.data["title"])


def _joined(r: Reading) -> Sentence:
    text = ngettext(
        "{count} other enterprise has the same problem and gets the same answer",
        "{count} other enterprises have the same problem and get the same answer",
        r.data["parties"],
    )
    return Sentence(_say(text, count=r.data["parties"]))


def _consultation_requested(r: Reading) -> Sentence:
    text = _("{who} asked {agency} for its opinion, due {due}")
    return Sentence(_say(text, who=r.who, agency=r.agency("agency"), due=r.due("due_at")), r.data["question"])


def _consultation_answered(r: Reading) -> Sentence:
    return Sentence(_say(_("{agency} gave its opinion"), agency=r.agency("agency")), r.data["answer"])


def _consultation_cancelled(r: Reading) -> Sentence:
    if r.data.get("cause"):
        text = _("The opinion of {agency} is not needed any more: {cause}")
        cause = str(Consultation.Cause(r.data["cause"]).label)
        return Sentence(_say(text, agency=r.agency("agency"), cause=cause))
    text = _("{who} cancelled the request for the opinion of {agency}")
    return Sentence(_say(text, who=r.who, agency=r.agency("agency")), r.data["reason"])


def _extension_requested(r: Reading) -> Sentence:
    if r.data.get("as_complex"):
        text = _("{who} asked a leader to treat it as a complex case, until {new}")
        return Sentence(_say(text, who=r.who, new=r.due("new_due_at")), r.data["reason"])
    text = ngettext(
        "{who} asked a leader for {days} more working day, until {new}",
        "{who} asked a leader for {days} more working days, until {new}",
        r.data["working_days"],
    )
    return Sentence(_say(text, who=r.who, days=r.data["working_days"], new=r.due("new_due_at")), r.data["reason"])


def _extension_decided(r: Reading) -> Sentence:
    if not r.data["granted"]:
        return Sentence(_say(_("{who} refused more time; the due time does not change"), who=r.who), r.data["reason"])
    if r.data.get("as_complex"):
        text = _("{who} granted treatment as a complex case: due {new} instead of {old}")
    else:
        text = _("{who} granted more time: due {new} instead of {old}")
    return Sentence(_say(text, who=r.who, new=r.due("new_due_at"), old=r.due("old_due_at")), r.data["reason"])


def _message(r: Reading) -> Sentence:
    return Sentence(_say(_("{who} wrote"), who=r.who), r.data["body"])


def _note(r: Reading) -> Sentence:
    name = r.event.actor_name
    return Sentence(_say(_("{who} wrote an internal note"), who=strong(name) if name else r.who), r.data["body"])


def _blocked(r: Reading) -> Sentence:
    text = _("The file “{name}” was blocked and removed: the virus scan found {signature}")
    return Sentence(_say(text, name=r.data["name"], signature=r.data["signature"]))


def _attached(r: Reading) -> Sentence:
    return Sentence(_say(_("{who} attached a file"), who=r.who))


def _plain(text: Callable[[], str], quote: str = "") -> Callable[[Reading], Sentence]:
    """A sentence of who did it, with one field of the data as the quotation."""
    return lambda r: Sentence(_say(text(), **{**r.data, "who": r.who}), r.data.get(quote, ""))


_SENTENCES: Mapping[str, Callable[[Reading], Sentence]] = {
    "ticket.submitted": _submitted,
    "ticket.routed": _routed,
    "ticket.routing_pending": _plain(lambda: _("Neither a rule nor the text decides: a coordinator will choose")),
    "ticket.accepted": _accepted,
    "ticket.reassigned": _reassigned,
    "ticket.suggested": _reassigned,
    "ticket.info_requested": _info_requested,
    "ticket.info_provided": _info_provided,
    "ticket.returned": _returned,
    "ticket.resolved": _resolved,
    "ticket.declined": _declined,
    "ticket.confirmed": _plain(lambda: _("{who} confirmed that it is solved. Closed")),
    "ticket.closed_unconfirmed": _plain(lambda: _("Closed as unconfirmed: the enterprise did not react")),
    "ticket.disputed": _plain(lambda: _("{who} wrote back about the answer: it is not closed by silence")),
    "ticket.reopened": _reopened,
    "ticket.withdrawn": _plain(lambda: _("{who} withdrew the proposal"), "reason"),
    "ticket.merged": _plain(lambda: _("{who} merged it into {into}: the answer is given there")),
    "ticket.absorbed": _plain(lambda: _("{who} merged {ticket} into this one")),
    "ticket.split": _split,
    "ticket.joined": _joined,
    "ticket.enterprise_confirmed": _plain(lambda: _("The enterprise is confirmed: {enterprise}")),
    "ticket.rated": _rated,
    "ticket.publication_proposed": _plain(
        lambda: _("{who} wrote the public words; a second person checks them"), "answer"
    ),
    "ticket.published": _plain(lambda: _("{who} published the answer"), "answer"),
    "consultation.requested": _consultation_requested,
    "consultation.answered": _consultation_answered,
    "consultation.cancelled": _consultation_cancelled,
    "extension.requested": _extension_requested,
    "extension.decided": _extension_decided,
    "message.posted": _message,
    "message.from_party": from_party,
    "mail.noted": mail_noted,
    "note.posted": _note,
    "message.taken_back": _plain(lambda: _("{who} withdrew what they had just written")),
    "note.taken_back": _plain(lambda: _("{who} withdrew the note they had just written")),
    "attachment.added": _attached,
    "attachment.added_internal": _attached,
    "attachment.blocked": _blocked,
    "attachment.blocked_internal": _blocked,
    "clock.timer": timer,
    "clock.breached": breached,
    "clock.recomputed": recomputed,
}
