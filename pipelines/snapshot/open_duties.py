"""What is found and not put right at a grid now."""

from __future__ import annotations

from pipelines.snapshot.door import Scope, Snapshot, below
from pipelines.snapshot.walk import OBLIGATION, Obligation, told_duties


def open_rectifications(snapshot: Snapshot, scope: Scope, grid_id: str) -> list[Obligation]:
    """All that is found and not put right at or below the grid now: past its day first, the longest first, then what
    still runs by its day, then what has none."""
    sql = f"""{OBLIGATION}
        select duty.* from duty
        where duty.metric_id = 'rectification' and duty.state in ('overdue', 'pending', 'no_deadline')
            and {below("duty.grid_id", "cast(coalesce(duty.due_at, duty.started_at) as date)")}
        order by list_position(['overdue', 'pending', 'no_deadline'], duty.state), duty.due_at, duty.obligation_id"""
    return told_duties(snapshot, scope, snapshot.ask(scope, sql, grid_id=grid_id))
