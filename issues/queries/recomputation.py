"""The progress of recalculating the open clocks of a calendar, in numbers and in a sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import wording
from issues.models import Calendar, Recomputation


@dataclass(frozen=True)
class RecomputationProgress:
    """The newest run of a calendar; `run` is None while none is known."""

    calendar: Calendar
    run: Recomputation | None
    is_waiting: bool  # edited, and the job has not started yet

    @property
    def is_running(self) -> bool:
        return self.is_waiting or (self.run is not None and self.run.is_running)

    @property
    def percent(self) -> int:
        if self.run is None or not self.run.total:
            return 0 if self.is_waiting else 100
        return min(100, 100 * self.run.done // self.run.total)

    @property
    def finished_at(self) -> datetime | None:
        return self.run.finished_at if self.run and not self.is_running else None

    @property
    def sentence(self) -> str:
        """“2,340 of 10,000 open clocks checked, 127 due times moved”."""
        if self.is_waiting:
            return _("The job that recalculates the open clocks starts within seconds.")
        if self.run is None:
            return _("No open clock has had to be recalculated.")
        if not self.run.total:
            return _("No open clock uses this calendar.")
        text = ngettext(
            "{done} of {total} open clock checked, {moved}",
            "{done} of {total} open clocks checked, {moved}",
            self.run.total,
        )
        said = text.format(done=_number(self.run.done), total=_number(self.run.total), moved=self._moved(self.run))
        return f"{said}, {self._failed(self.run)}" if self.run.failed else said

    def _moved(self, run: Recomputation) -> str:
        text = ngettext("{count} due time moved", "{count} due times moved", run.moved)
        return text.format(count=_number(run.moved))

    def _failed(self, run: Recomputation) -> str:
        text = ngettext("{count} could not be computed", "{count} could not be computed", run.failed)
        return text.format(count=_number(run.failed))


def progress_of(calendar: Calendar) -> RecomputationProgress:
    """The newest run of a calendar."""
    runs = calendar.recomputations.all()  # prefetched in the list
    run = max(runs, key=lambda one: one.pk, default=None)
    taken_up = run is not None and run.edited_at >= calendar.changed_at
    known = calendar.recomputed_at is not None and calendar.recomputed_at >= calendar.changed_at
    return RecomputationProgress(calendar, run, is_waiting=not taken_up and not known)


def _number(value: int) -> str:
    return wording.number(value) or "0"
