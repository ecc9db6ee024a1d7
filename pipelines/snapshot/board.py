"""All metrics of one grid and month side by side: the month, the year to date, the same month a year ago.

Chooses among published values and adds nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import MONTH_END, Row, Scope, Snapshot, below
from pipelines.snapshot.standing import VERDICT, Metric, headline_level, metrics


@dataclass(frozen=True)
class Share:
    """on_time of due; rate 0–1, None where due is under the metric's min_n."""

    on_time: int
    due: int
    rate: float | None


@dataclass(frozen=True)
class Line:
    """One metric as the board shows it; its month is None where nobody owed anything.

    verdict as in standing.Figure, '' without a month. measurable of counties: how many can be judged that month;
    silent: how many of the others did not send the ledger it takes.
    variation, assurance: of the month as in judged.Judged, '' where it is not judged.
    """

    metric: Metric
    owner_level: str
    month: Share | None
    to_date: Share | None
    year_ago: Share | None
    overdue: int
    unreported: int
    no_deadline: int
    pending: int
    obligations: int
    verdict: str
    blind: int
    measurable: int
    counties: int
    silent: int
    variation: str = ""
    assurance: str = ""


def board(
    snapshot: Snapshot, scope: Scope, grid_id: str, grid_level: int, month: str, owner_level: str = ""
) -> list[Line]:
    """Every duty metric in the catalogue's order. owner_level '' for each metric's own convention."""
    values = _values(snapshot, scope, grid_id, month)
    counties = _counties(snapshot, scope, grid_id, month)
    lines = []
    for metric in sorted(metrics(snapshot), key=lambda metric: metric.place):
        level = owner_level or headline_level(metric, grid_level)
        now = values.get((metric.metric_id, level, "month"), {})
        lines.append(
            Line(
                metric=metric,
                owner_level=level,
                month=_share(now, metric.min_n),
                to_date=_share(values.get((metric.metric_id, level, "to_date"), {}), metric.min_n),
                year_ago=_share(
                    {"on_time": now.get("previous_year_on_time"), "due": now.get("previous_year_due")}, metric.min_n
                ),
                overdue=now.get("overdue", 0),
                unreported=now.get("unreported", 0),
                no_deadline=now.get("no_deadline", 0),
                pending=now.get("pending", 0),
                obligations=now.get("obligations", 0),
                verdict=now.get("verdict", ""),
                blind=now.get("blind", 0),
                variation=now.get("variation") or "",
                assurance=now.get("assurance") or "",
                **counties.get(metric.metric_id, {"measurable": 0, "silent": 0, "counties": 0}),
            )
        )
    return lines


def _share(value: Row, min_n: int) -> Share | None:
    due = value.get("due")
    if due is None:
        return None
    on_time = value["on_time"] or 0
    return Share(on_time, due, on_time / due if due >= max(min_n, 1) else None)


def _values(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> dict[tuple[str, str, str], Row]:
    sql = f"""
        , blind as (
            select lacking.metric_id, own.level, count(*) as grids
            from published.unmeasurable_grid as lacking
            join place as own on own.grid_id = lacking.grid_id
            where lacking.month = $month and {below("lacking.grid_id", MONTH_END.format(month="$month"))}
            group by grouping sets ((lacking.metric_id, own.level), (lacking.metric_id))
        )
        select
            value.metric_id, value.owner_level, value.period_kind, on_time, due, overdue, unreported, no_deadline,
            pending, obligations, previous_year_on_time, previous_year_due, value.variation, value.assurance,
            {VERDICT} as verdict,
            coalesce(blind.grids, 0) as blind
        from published.metric_value as value
        join published.metric_catalogue as metric on metric.metric_id = value.metric_id
        left join blind
            on blind.metric_id = value.metric_id and coalesce(cast(blind.level as varchar), 'all') = value.owner_level
        where value.grid_id = $grid_id and value.grid_id in (from visible_grid)
            and value.period_kind in ('month', 'to_date') and value.period = $month"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, month=month)
    return {(row["metric_id"], row["owner_level"], row["period_kind"]): row for row in found}


def _counties(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> dict[str, Row]:
    """In how many counties below the grid (or holding it) each metric can be measured."""
    sql = f"""
        select given.metric_id, count(*) filter (where given.measurable <> 'no' and given.is_delivered) as measurable,
            count(*) filter (where not given.is_delivered) as silent, count(*) as counties
        from published.measurable as given
        join place on place.grid_id = given.county_id and place.level = 2
        where given.month = $month and given.county_id in (
            select owner.county_id from place as owner
            where owner.level > 1 and owner.grid_id in (from visible_grid)
                and {below("owner.grid_id", MONTH_END.format(month="$month"))})
        group by given.metric_id"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, month=month)
    return {row.pop("metric_id"): row for row in found}
