"""What people do to a ticket: each move is one ordinary action with words and people chosen by chance.

A move returns nothing when there is nothing to do for it (no consultation to answer). Actions may refuse: the world
counts it, and what was refused must leave no trace.
"""

from collections.abc import Callable, Mapping

from core.errors import OperationError
from issues.actions import (
    complex_cases,
    consultations,
    conversation,
    drafts,
    enterprise,
    extensions,
    filing,
    merging,
    publishing,
    resolving,
)
from issues.actions import routing as routes
from issues.actor import Actor
from issues.models import OPEN_STATUSES, Consultation, Extension, ResolutionKind, Ticket
from issues.simulation.world import World

Move = Callable[[World, Ticket], object]
_LAW = "Quyết định phân công nhiệm vụ của UBND thành phố"
_ANSWER_KINDS = ("solved", "explained", "explained", "explained", "partly", "referred")


def file(world: World) -> Ticket | None:
    """An enterprise files one of the published proposals, sometimes from a draft; None when it was refused."""
    row, actor = world.proposal(), world.filer()
    fields = {
        "title": row["title_vi"],
        "body": row["summary_vi"],
        "kind": world.chance.choice(("proposal", "difficulty", "difficulty", "question")),
        "category": row["category"] if world.chance.random() < 0.6 else "",
    }
    try:
        draft = drafts.save_draft(actor=actor, **fields) if world.chance.random() < 0.2 else None
        ticket = filing.file_ticket(actor=actor, public_consent=world.chance.random() < 0.5, draft=draft, **fields)
    except OperationError:
        world.refused["file"] += 1
        return None
    world.done["file"] += 1
    return ticket


def do(world: World, name: str, ticket: Ticket) -> bool:
    """Try a move; returns whether something happened."""
    try:
        result = MOVES[name](world, ticket)
    except OperationError:
        world.refused[name] += 1
        return False
    if result is None:
        return False
    world.done[name] += 1
    return True


def _route(world: World, ticket: Ticket) -> object:
    lead = world.other_agency(ticket)
    reason = "Phân công theo chức năng của cơ quan."
    return routes.route(ticket=ticket, actor=world.coordinator(), lead_agency=lead.code, reason=reason)


def _reroute(world: World, ticket: Ticket) -> object:
    return routes.reroute(ticket=ticket, actor=world.coordinator())


def _decline(world: World, ticket: Ticket) -> object:
    return routes.decline(
        ticket=ticket, actor=world.coordinator(), agency="Bộ Tài chính", legal_basis="Nghị định về chức năng của bộ"
    )


def _accept(world: World, ticket: Ticket) -> object:
    return resolving.accept(ticket=ticket, actor=world.officer_of(ticket))


def _return(world: World, ticket: Ticket) -> object:
    right = world.other_agency(ticket)
    return resolving.return_ticket(ticket=ticket, actor=world.officer_of(ticket), agency=right.code, legal_basis=_LAW)


def _request_info(world: World, ticket: Ticket) -> object:
    question = "Đề nghị gửi bản sao văn bản đã được cấp."
    return resolving.request_info(ticket=ticket, actor=world.officer_of(ticket), question=question)


def _provide_info(world: World, ticket: Ticket) -> object:
    return enterprise.provide_info(ticket=ticket, actor=world.filer_of(ticket), text="Công ty gửi văn bản kèm theo.")


def _consult(world: World, ticket: Ticket) -> object:
    question = "Đề nghị cho ý kiến về nội dung thuộc lĩnh vực quản lý của cơ quan."
    return consultations.request_consultation(
        ticket=ticket, actor=world.officer_of(ticket), agency=world.other_agency(ticket).code, question=question
    )


def _open_consultation(world: World, ticket: Ticket) -> Consultation | None:
    rows = list(ticket.consultations.select_related("agency").filter(status=Consultation.Status.REQUESTED))
    return world.chance.choice(rows) if rows else None


def _give_opinion(world: World, ticket: Ticket) -> object:
    asked = _open_consultation(world, ticket)
    if asked is None:
        return None
    actor = world.officer_at(asked.agency)
    return consultations.answer_consultation(consultation=asked, actor=actor, answer="Thống nhất với đề xuất.")


def _cancel_opinion(world: World, ticket: Ticket) -> object:
    asked = _open_consultation(world, ticket)
    if asked is None:
        return None
    actor = world.officer_of(ticket)
    return consultations.cancel_consultation(consultation=asked, actor=actor, reason="Đã có văn bản trả lời.")


def _ask_time(world: World, ticket: Ticket) -> object:
    complex_case = world.chance.random() < 0.4
    days = None if complex_case else world.chance.randint(1, 6)
    return extensions.request_extension(
        ticket=ticket, actor=world.officer_of(ticket), working_days=days, as_complex=complex_case,
        reason="Phải kiểm tra thực địa.",
    )  # fmt: skip


def _decide_time(world: World, ticket: Ticket) -> object:
    asked = ticket.extensions.filter(status=Extension.Status.ASKED).first()
    if asked is None:
        return None
    granted = world.chance.random() < 0.75
    return extensions.decide_extension(extension=asked, actor=world.leader(), granted=granted, reason="Đã xem xét.")


def _make_complex(world: World, ticket: Ticket) -> object:
    return complex_cases.grant_complex(ticket=ticket, actor=world.leader(), reason="Vụ việc liên ngành.")


def _message(world: World, ticket: Ticket) -> object:
    from_agency = world.chance.random() < 0.6
    actor = world.officer_of(ticket) if from_agency else world.filer_of(ticket)
    body = "Cơ quan đang xem xét hồ sơ." if from_agency else "Xin hỏi tiến độ giải quyết."
    return conversation.post_message(ticket=ticket, actor=actor, body=body)


def _note(world: World, ticket: Ticket) -> object:
    actor = world.officer_of(ticket)
    return conversation.post_message(ticket=ticket, actor=actor, body="Đã đối chiếu hồ sơ.", visibility="internal")


def _resolve(world: World, ticket: Ticket) -> object:
    kind = world.chance.choice(_ANSWER_KINDS)
    assert kind in ResolutionKind.values  # noqa: S101  (a list of this file)
    return resolving.resolve(ticket=ticket, actor=world.officer_of(ticket), answer=world.answer(), kind=kind)


def _publish(world: World, ticket: Ticket) -> object:
    """Two people of the lead agency; None where it has but one."""
    people = world.cast.officers[ticket.lead_agency_id or 0]
    if len(people) < 2:
        return None
    first, second = (Actor.of(one) for one in world.chance.sample(people, 2))
    publishing.propose_publication(ticket=ticket, actor=first, title=ticket.title, answer=ticket.answer)
    return publishing.publish(ticket=ticket, actor=second)


def _confirm(world: World, ticket: Ticket) -> object:
    return enterprise.confirm(ticket=ticket, actor=world.filer_of(ticket))


def _rate(world: World, ticket: Ticket) -> object:
    score = world.chance.choice((5, 5, 5, 4, 4, 3, 2, 1))
    return enterprise.rate(ticket=ticket, actor=world.filer_of(ticket), score=score, comment="")


def _reopen(world: World, ticket: Ticket) -> object:
    return enterprise.reopen(ticket=ticket, actor=world.filer_of(ticket), reason="Câu trả lời chưa đủ.")


def _withdraw(world: World, ticket: Ticket) -> object:
    return enterprise.withdraw(ticket=ticket, actor=world.filer_of(ticket), reason="Đã tự giải quyết được.")


def _merge(world: World, ticket: Ticket) -> object:
    others = list(Ticket.objects.filter(status__in=OPEN_STATUSES).exclude(pk=ticket.pk).order_by("pk")[:20])
    if not others:
        return None
    return merging.merge(ticket=ticket, actor=world.coordinator(), into=world.chance.choice(others).code)


MOVES: Mapping[str, Move] = {
    "route": _route,
    "reroute": _reroute,
    "decline": _decline,
    "accept": _accept,
    "return": _return,
    "request_info": _request_info,
    "provide_info": _provide_info,
    "consult": _consult,
    "give_opinion": _give_opinion,
    "cancel_opinion": _cancel_opinion,
    "ask_time": _ask_time,
    "decide_time": _decide_time,
    "make_complex": _make_complex,
    "message": _message,
    "note": _note,
    "resolve": _resolve,
    "publish": _publish,
    "confirm": _confirm,
    "rate": _rate,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "merge": _merge,
}
