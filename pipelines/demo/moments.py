"""A moment of the demo: naive Asia/Shanghai time, as precise as the ledger that will carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from pipelines.demo.places import end_of


@dataclass(frozen=True)
class Moment:
    """An instant, or a whole day (`at` is then 00:00:00)."""

    at: datetime
    is_day: bool = False

    @property
    def day(self) -> date:
        """The day it falls on."""
        return self.at.date()

    @property
    def last(self) -> datetime:
        """The last second that still belongs to it."""
        return end_of(self.day) if self.is_day else self.at


def whole_day(day: date) -> Moment:
    """A day without a time."""
    return Moment(datetime.combine(day, time()), is_day=True)
