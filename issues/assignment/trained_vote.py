"""The text vote of this process: what it has learnt, and how it is updated without making anybody wait.

Learnt from: the term lists, the examples a new installation begins with, and tickets whose category can be believed.
That is a ticket that an agency answered and nobody ever returned, or one whose category a coordinator named while
routing it by hand; never one that a coordinator left out (VoteExclusion), nor one that was returned and whose category
nobody has looked at since.

A filing always uses the model in memory. Every few seconds one of the callers reads four small facts; if
one has changed, a background thread trains a new model and replaces the old one.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from issues import routing
from issues.models import CategoryTerm, Ticket, TicketStatus, VoteExclusion
from issues.routing.defaults import default_examples

logger = logging.getLogger(__name__)

MOST_EXAMPLES = 2_000  # the newest; they train in about half a second
LOOK_EVERY = 2.0  # seconds between two looks at whether anything changed
TRAIN_EVERY = 20.0  # seconds between two trainings while tickets are resolved one after the other
_ANSWERED = (TicketStatus.RESOLVED, TicketStatus.CLOSED)
_VOID = (TicketStatus.DRAFT, TicketStatus.DECLINED, TicketStatus.WITHDRAWN, TicketStatus.MERGED)


@dataclass
class _Kept:
    """What this process holds."""

    model: routing.Model | None = None
    seen: tuple[Any, ...] | None = None
    looked_at: float = float("-inf")
    trained_at: float = float("-inf")
    training: threading.Thread | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def current_model() -> routing.Model:
    """The text vote. Only the very first caller of a process waits for a training; a change counts soon after."""
    model = _kept.model
    if model is None:
        with _kept.lock:
            return _kept.model or _train(what_is_known())
    if connection.in_atomic_block:
        return model  # nothing is learnt while a transaction is open: it could keep a writer waiting
    now = time.monotonic()
    if now - _kept.looked_at > LOOK_EVERY and _kept.lock.acquire(blocking=False):
        try:
            _look(now)
        finally:
            _kept.lock.release()
    return _kept.model or model


def forget_model() -> None:
    """Train again at the next question (after an edit of the lists in this process)."""
    _kept.model = _kept.seen = None
    _kept.looked_at = _kept.trained_at = float("-inf")


def what_is_known() -> tuple[Any, ...]:
    """Facts that change whenever something can be learnt or unlearnt; a few milliseconds, however many tickets."""
    terms = CategoryTerm.objects.aggregate(n=Count("pk"), last=Max("changed_at"))
    left_out = VoteExclusion.objects.aggregate(n=Count("pk"), last=Max("at"))
    return (*terms.values(), *left_out.values(), _latest("resolved_at"), _latest("category_checked_at"))


def _latest(name: str) -> Any:
    """The newest of an instant of tickets: one step in its index."""
    return Ticket.objects.filter(**{f"{name}__isnull": False}).order_by(f"-{name}").values_list(name, flat=True).first()


def evidence() -> QuerySet[Ticket]:
    """The tickets that teach, newest first."""
    answered = Q(status__in=_ANSWERED, returns=0)
    checked = Q(category_checked_at__isnull=False) & ~Q(status__in=_VOID)
    tickets = Ticket.objects.filter(answered | checked, vote_exclusion=None).exclude(category="")
    return tickets.order_by("-received_at")


def read_terms() -> Sequence[routing.Term]:
    """The term lists as they are now: some ten thousand rows."""
    return [routing.Term(*row) for row in CategoryTerm.objects.values_list("category", "phrase", "weight")]


def _look(now: float) -> None:
    """Start a training where something changed and none is under way or just over. The lock is held."""
    _kept.looked_at = now
    if _kept.training is not None and _kept.training.is_alive():
        return
    if now - _kept.trained_at < TRAIN_EVERY and settings.VOTE_TRAINS_BESIDE:
        return
    known = what_is_known()
    if known == _kept.seen:
        return
    if not settings.VOTE_TRAINS_BESIDE:
        _train(known)
        return
    _kept.training = threading.Thread(target=_train_beside, args=(known,), name="text-vote", daemon=True)
    _kept.training.start()


def _train_beside(known: tuple[Any, ...]) -> None:
    try:
        _train(known)
    except Exception:
        logger.exception("the text vote could not be trained; the old one stays")
    finally:
        connection.close()  # this thread's own


def _train(known: tuple[Any, ...]) -> routing.Model:
    rows = evidence().values_list("code", "title", "body", "category")[:MOST_EXAMPLES]
    examples = default_examples() + [
        routing.Example(id=code or "", text=f"{title}\n{body}", category=category)
        for code, title, body, category in rows
    ]
    model = routing.Model.train(examples, read_terms())
    _kept.model, _kept.seen, _kept.trained_at = model, known, time.monotonic()
    return model
