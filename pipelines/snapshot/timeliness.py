"""办理时效: one metric's rates side by side, its months by state, what is open and how old, how long duties take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.snapshot.door import Scope, Snapshot, below
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.spans import bounds
from pipelines.snapshot.standing import COUNTS, Counts, series
from pipelines.snapshot.walk import STATE_ZH

BANDS = ("open_overdue_0_7", "open_overdue_8_30", "open_overdue_31_90", "open_overdue_over_90")
BY_CLASS = ("petition_acceptance", "petition_closure", "assigned_problem")
RECTIFYING = "median_days_to_rectify"


@dataclass(frozen=True, kw_only=True)
class Rates(Counts):
    """A published value of any span with its other ways of counting. closed: on_time and late, what rate_closed_only is
    of; owed: due and unreported, what rate_if_unmet is of. Percentages only where has_percentage, has_closed_percentage
    (as many as the metric's min_n)."""

    closed: int
    owed: int
    rate: float | None
    low: float | None
    high: float | None
    rate_closed_only: float | None
    rate_if_unmet: float | None
    on_time_original: int
    rate_original: float | None
    target: float | None
    min_n: int
    has_percentage: bool
    has_closed_percentage: bool


@dataclass(frozen=True, kw_only=True)
class StateMonth(Counts):
    """Duties by state of one month. blind: grids that owe and cannot be judged, in none of the states."""

    period: str
    blind: int


@dataclass(frozen=True)
class Overdue:
    """A rectification past its limit at a month's end (or the as-of moment). met_on: when it was done after that."""

    problem_no: str
    description: str
    grid_id: str
    grid_name: str
    county_name: str
    due_at: datetime
    days_over: int
    met_on: date | None
    row_id: str


@dataclass(frozen=True)
class Step:
    """The curve from a day on: the share that still goes on, with its 95 % band (None where there is none)."""

    day: int
    survival: float
    low: float | None
    high: float | None
    censored: int


@dataclass(frozen=True)
class AtRisk:
    """How many were still going on when a day began, and the share that outlasted it (None: nobody to tell)."""

    day: int
    at_risk: int
    survival: float | None


@dataclass(frozen=True)
class Duration:
    """How long rectification takes, open ones counted in. n problems, events of them done; median None where more than
    half go on. steps empty where no curve is made (townships); is_few: too few for a median or a curve."""

    n: int
    events: int
    is_few: bool
    median: float | None
    median_low: float | None
    median_high: float | None
    rmst_30: float | None
    steps: tuple[Step, ...]
    marks: tuple[AtRisk, ...]


@dataclass(frozen=True)
class ClassLine:
    """Duties of one metric whose limit is of one kind. limit_class: '' the metric's only one, petition, hotline, or
    unreported where the ledger never came."""

    metric_id: str
    metric_zh: str
    limit_class: str
    limit_zh: str
    on_time: int
    late: int
    overdue: int
    pending: int
    no_deadline: int
    bad_dates: int
    unreported: int
    due: int
    rate: float | None


def rates(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, owner_level: str, span: str, period: str
) -> Rates | None:
    """The value published for a grid and period; None where nobody owed anything."""
    found = snapshot.ask(
        scope,
        f"""select {COUNTS}, on_time + late as closed, due + unreported as owed, rate, low, high, rate_closed_only,
            rate_if_unmet, on_time_original, rate_original, value.target, coalesce(metric.min_n, 10) as min_n,
            due >= greatest(metric.min_n, 1) as has_percentage,
            on_time + late >= greatest(metric.min_n, 1) as has_closed_percentage
        from published.metric_value as value
        join published.metric_catalogue as metric on metric.metric_id = value.metric_id
        where value.metric_id = $metric_id and value.grid_id = $grid_id and value.grid_id in (from visible_grid)
            and value.owner_level = $level and value.period_kind = $span and value.period = $period""",
        metric_id=metric_id,
        grid_id=grid_id,
        level=owner_level,
        span=span,
        period=period,
    )
    return Rates(**found[0]) if found else None


def state_months(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, owner_level: str, last: str, most: int = 24
) -> list[StateMonth]:
    """The months up to `last` in which anybody owed anything or could not be judged, oldest first, at most `most`."""
    frame = series(snapshot, scope, metric_id, grid_id, owner_level)
    rows = frame[frame["period"] <= last].tail(most).rename(columns={"not_measurable": "blind"})
    return [
        StateMonth(
            period=str(row["period"]), **{name: int(row[name]) for name in (*STATE_ZH, "obligations", "due", "blind")}
        )
        for row in rows.to_dict("records")
    ]


def oldest(snapshot: Snapshot, scope: Scope, grid_id: str, month: str, limit: int = 10) -> list[Overdue]:
    """What was past its limit at a month's end, the longest first: the facts of `open_overdue`."""
    found = snapshot.ask(
        scope,
        f"""
        select
            coalesce(problem.problem_no, duty.subject_id) as problem_no,
            coalesce(problem.description, '') as description,
            part.grid_id, place.name as grid_name,
            case when county.grid_id <> place.grid_id then county.name else '' end as county_name,
            duty.due_at, date_diff('day', cast(duty.due_at as date), part.on_day) as days_over,
            cast(duty.met_at as date) as met_on, coalesce(part.row_id, '') as row_id
        from published.indicator_row as part
        join published.obligation as duty
            on duty.metric_id = 'rectification' and duty.obligation_id = part.subject_id
        join place on place.grid_id = part.grid_id
        left join place as county on county.grid_id = place.county_id
        left join published.problem as problem on problem.problem_id = duty.subject_id
        where part.indicator_id = 'open_overdue' and part.month = $month and part.grid_id in (from visible_grid)
            and {below("part.grid_id", "part.on_day")}
        order by days_over desc, duty.due_at, part.subject_id
        limit {int(limit)}""",
        grid_id=grid_id,
        month=month,
    )
    mask = Mask(snapshot, scope)
    texts = ("problem_no", "description")
    return [Overdue(**{**row, **{name: mask.text(row[name]) for name in texts}}) for row in found]


def duration(snapshot: Snapshot, scope: Scope, grid_id: str, span: str, period: str) -> Duration | None:
    """How long putting right takes what was found in a period; None where nothing was found."""
    where = """metric_id = $metric_id and grid_id = $grid_id and grid_id in (from visible_grid)
            and period_kind = $span and period = $period"""
    values = {"metric_id": RECTIFYING, "grid_id": grid_id, "span": span, "period": period}
    found = snapshot.ask(
        scope,
        f"""select n, events, median, median_low, median_high, rmst_30,
            n < (select coalesce(max(min_n), 10) from published.metric_catalogue where metric_id = $metric_id) as is_few
        from published.survival_summary where {where}""",
        **values,
    )
    if not found:
        return None
    steps = snapshot.ask(
        scope,
        f"select day, survival, low, high, censored from published.survival_point where {where} order by day",
        **values,
    )
    marks = snapshot.ask(
        scope,
        f""", point as (select day, at_risk, survival from published.survival_point where {where})
        select asked.day, coalesce(arg_min(at_risk, point.day) filter (where point.day >= asked.day), 0) as at_risk,
            case when max(point.day) >= asked.day
                then coalesce(arg_max(survival, point.day) filter (where point.day <= asked.day), 1)
            end as survival
        from (values (0), (7), (15), (30), (60), (90), (180)) as asked (day) cross join point
        group by asked.day order by asked.day""",
        **values,
    )
    return Duration(**found[0], steps=tuple(Step(**row) for row in steps), marks=tuple(AtRisk(**row) for row in marks))


def by_class(snapshot: Snapshot, scope: Scope, grid_id: str, period: str) -> list[ClassLine]:
    """Petitions and assignments of the months of a period (spans.duty_period), a line a kind of limit."""
    first, last = bounds(period)
    found = snapshot.ask(
        scope,
        f""", duty as (
            select metric_id, state,
                case
                    when subject_kind <> 'problem' then 'unreported'
                    when metric_id <> 'petition_closure' then ''
                    when starts_with(coalesce(due_basis, ''), '热线') then 'hotline'
                    else 'petition'
                end as limit_class
            from published.obligation as owed
            where list_contains($metrics, metric_id) and period between $first and $last
                and grid_id in (from visible_grid)
                and {below("owed.grid_id", "cast(coalesce(owed.due_at, owed.started_at) as date)")}
        ), counted as (
            select metric_id, limit_class,
                count(*) filter (where state = 'on_time') as on_time, count(*) filter (where state = 'late') as late,
                count(*) filter (where state = 'overdue') as overdue,
                count(*) filter (where state = 'pending') as pending,
                count(*) filter (where state = 'no_deadline') as no_deadline,
                count(*) filter (where state = 'bad_dates') as bad_dates,
                count(*) filter (where state = 'unreported') as unreported,
                count(*) filter (where state in ('on_time', 'late', 'overdue')) as due
            from duty group by metric_id, limit_class
        )
        select counted.*, metric.zh as metric_zh, coalesce(metric.limit_zh, '') as limit_zh,
            case when due >= greatest(coalesce(metric.min_n, 10), 1) then on_time / due end as rate
        from counted join published.metric_catalogue as metric on metric.metric_id = counted.metric_id
        order by list_position($metrics, counted.metric_id),
            list_position(['', 'petition', 'hotline', 'unreported'], limit_class)""",
        metrics=list(BY_CLASS),
        grid_id=grid_id,
        first=first,
        last=last,
    )
    return [ClassLine(**row) for row in found]
