"""One duty, as compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Duty:
    """What somebody owed by a moment, and what came of it."""

    metric_id: str
    obligation_id: str
    grid_id: str
    period: str
    started_at: datetime | None
    original_due_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    state: str
    round: int = 1
    owner_level: int = 0

    def compared(self) -> dict[str, object]:
        """The columns that are compared."""
        return {name: getattr(self, name) for name in COMPARED}


COMPARED = (
    "metric_id", "obligation_id", "grid_id", "period", "started_at", "original_due_at", "due_at", "met_at", "state",
    "round", "owner_level",
)  # fmt: skip


def by_dates(due_at: datetime | None, met_at: datetime | None, as_of: datetime) -> str:
    """The state of a duty by its dates alone."""
    if due_at is None:
        return "no_deadline"
    if met_at is not None:
        return "on_time" if met_at <= due_at else "late"
    return "overdue" if as_of > due_at else "pending"
