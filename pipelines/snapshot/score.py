"""One grid's score in a period and what it is made of; reads what is published and adds nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.snapshot.door import Scope, Snapshot

FINDING_ZH = {"attained": "达标", "watch": "关注", "failed": "未达标", "insufficient": "可评不足"}


@dataclass(frozen=True)
class Score:
    """A published score, 0–100; None where nothing could be assessed. assessable: the weight that could be, of 100;
    unseen: the weight of what cannot be seen.

    counted, missed: duties behind it, and those not done on time. The rank is between rank_low and rank_high of
    `compared` grids of the level; None for a grid that is not compared.
    """

    grid_id: str
    grid_name: str
    level: int
    period_kind: str
    period: str
    version: str
    score: float | None
    geometric: float | None
    finding: str
    finding_zh: str
    assessable: float
    unseen: float
    counted: int
    missed: int
    compared: int
    rank_low: int | None
    rank_high: int | None


@dataclass(frozen=True)
class Part:
    """A line of the card. numerator on time of denominator (unreported ones among them); points of `assessed`, which is
    the weight where every month can be seen; None where not assessed, and then the reason.
    missed_months: in which months of the period duties were not done on time."""

    metric_id: str
    metric_zh: str
    group_zh: str
    weight: int
    floor: float
    goal: float
    state: str
    numerator: int
    denominator: int
    late: int
    overdue: int
    unreported: int
    points: float | None
    assessed: float
    reason_zh: str
    min_n: int
    missed_months: tuple[str, ...]


def score(snapshot: Snapshot, scope: Scope, grid_id: str, period_kind: str, period: str) -> Score | None:
    """None for a grid that did not stand in the period, or beyond the scope."""
    found = snapshot.ask(
        scope,
        """select
            score.grid_id, place.name as grid_name, score.level, period_kind, period, version, score, geometric,
            finding, finding_zh, assessable, unseen, counted, missed, compared, rank_low, rank_high
        from published.score as score
        join place on place.grid_id = score.grid_id
        where score.grid_id = $grid_id and score.grid_id in (from visible_grid)
            and period_kind = $kind and period = $period""",
        grid_id=grid_id,
        kind=period_kind,
        period=period,
    )
    return next((Score(**row) for row in found), None)


def parts(snapshot: Snapshot, scope: Scope, grid_id: str, period_kind: str, period: str) -> list[Part]:
    """The lines of the card, in its order."""
    found = snapshot.ask(
        scope,
        """, missed as (
            select metric_id, list(period order by period) as months
            from published.metric_value
            where grid_id = $grid_id and period_kind = 'month' and late + overdue + unreported > 0
                and owner_level = (select cast(level as varchar) from place where grid_id = $grid_id)
                and case $kind
                    when 'month' then period = $period
                    when 'year' then substr(period, 1, 4) = $period
                    else substr(period, 1, 4) = substr($period, 1, 4) and period <= $period
                end
            group by metric_id
        )
        select
            part.metric_id, metric.zh as metric_zh, part.group_zh, part.weight, part.floor, part.goal, part.state,
            part.numerator, part.denominator, part.late, part.overdue, part.unreported, part.points, part.assessed,
            coalesce(part.reason_zh, '') as reason_zh, metric.min_n, coalesce(missed.months, []) as missed_months
        from published.score_part as part
        join published.metric_catalogue as metric on metric.metric_id = part.metric_id
        left join missed on missed.metric_id = part.metric_id
        where part.grid_id = $grid_id and part.grid_id in (from visible_grid)
            and part.period_kind = $kind and part.period = $period
        order by part.place""",
        grid_id=grid_id,
        kind=period_kind,
        period=period,
    )
    return [Part(**{**row, "missed_months": tuple(row["missed_months"])}) for row in found]


def periods(snapshot: Snapshot) -> Sequence[str]:
    """The months and years that have scores, oldest first."""
    found = snapshot.ask_unscoped("""
        select distinct period from published.score where period_kind in ('month', 'year') order by period""")
    return [row["period"] for row in found]
