"""情况说明: what was said of overdue duties, and which of a county's are still without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.snapshot.door import CITY, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.walk import Obligation, obligations

EXPLAINED_STATES = ("overdue", "late")


@dataclass(frozen=True)
class Explained:
    """One 情况说明. is_within_window: written between 初步数 and 最终数."""

    by: str
    written_on: date
    text: str
    is_within_window: bool


def explanations(snapshot: Snapshot, scope: Scope, duties: Sequence[Obligation]) -> dict[str, tuple[Explained, ...]]:
    """`<metric_id>|<obligation_id>` → what was said of that duty, oldest first; duties nobody spoke of are left out."""
    sql = """
        select told.metric_id || '|' || told.obligation_id as duty, told.by_zh, told.written_on, told.text,
            told.is_within_window
        from published.explanation as told
        join published.obligation as obligation
            on obligation.metric_id = told.metric_id and obligation.obligation_id = told.obligation_id
        where obligation.grid_id in (from visible_grid)
            and list_contains($duties, told.metric_id || '|' || told.obligation_id)
        order by told.written_on, told.file, told.entry"""
    mask = Mask(snapshot, scope)
    found: dict[str, list[Explained]] = {}
    for row in snapshot.ask(scope, sql, duties=[key_of(duty) for duty in duties]):
        told = Explained(mask.name(row["by_zh"]), row["written_on"], mask.text(row["text"]), row["is_within_window"])
        found.setdefault(row["duty"], []).append(told)
    return {duty: tuple(said) for duty, said in found.items()}


@dataclass(frozen=True)
class Departed:
    """A 情况说明 of a duty that was past due when its month was fixed, and that a correction has taken away since."""

    metric_id: str
    metric_zh: str
    obligation_id: str
    grid_name: str
    period: str
    said: Explained


def departed(
    snapshot: Snapshot, scope: Scope, metric_id: str = "", grid_id: str = CITY, month: str = ""
) -> list[Departed]:
    """What was said of duties that are no more, at and below a grid; metric_id, month '': of all."""
    sql = f"""
        select told.*, metric.zh as metric_zh, place.name as grid_name
        from published.explanation as told
        join published.metric_catalogue as metric on metric.metric_id = told.metric_id
        join place on place.grid_id = told.grid_id and place.grid_id in (from visible_grid)
        where told.is_gone and $metric_id in ('', told.metric_id) and $month in ('', told.period)
            and {below("told.grid_id", "last_day(cast(concat(told.period, '-01') as date))")}
        order by told.period, told.metric_id, told.obligation_id, told.written_on, told.file, told.entry"""
    mask = Mask(snapshot, scope)
    return [
        Departed(
            row["metric_id"], row["metric_zh"], row["obligation_id"], row["grid_name"], row["period"],
            Explained(mask.name(row["by_zh"]), row["written_on"], mask.text(row["text"]), row["is_within_window"]),
        )
        for row in snapshot.ask(scope, sql, metric_id=metric_id, grid_id=grid_id, month=month)
    ]  # fmt: skip


def key_of(duty: Obligation) -> str:
    """How `explanations` names a duty."""
    return f"{duty.metric_id}|{duty.obligation_id}"


def unexplained(snapshot: Snapshot, scope: Scope, county_id: str, month: str) -> list[Obligation]:
    """The duties of a county's month that are past due and of which nothing was said; of `city` those of level 1."""
    sql = """
        select distinct obligation.metric_id, obligation.state
        from published.obligation as obligation
        where obligation.grid_id in (from visible_grid) and obligation.period = $month
            and list_contains($states, obligation.state)
        order by obligation.metric_id, obligation.state"""
    found = [
        duty
        for row in snapshot.ask(scope, sql, month=month, states=list(EXPLAINED_STATES))
        for duty in obligations(
            snapshot, scope, row["metric_id"], county_id, month, "1" if county_id == CITY else "all", row["state"]
        )
    ]
    spoken = explanations(snapshot, scope, found)
    return [duty for duty in found if key_of(duty) not in spoken]
