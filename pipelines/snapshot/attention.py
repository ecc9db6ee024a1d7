"""What leadership should look at in a month, gravest first: duties left undone past their day, ledgers that did not
come, and figures that left their own ordinary variation.

A concern names a county (or a level-1 unit, where it is the unit's own duty), a metric and how many; it says what is
known and accuses nobody. The order is by consequence, written down in `TIERS`, and then by how long it has lasted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.snapshot.door import MONTH_END, Scope, Snapshot, below
from pipelines.snapshot.submissions import lacking, lacking_above
from pipelines.snapshot.urged import LAPSING

# By what it does to people outside the office: problems under listed supervision, those told by citizens or assigned
# from above, problems known and not solved, what nobody can see, nobody having been there, papers late in the office.
LISTED, ASKED, KNOWN, UNSEEN, ABSENT, ELSE = range(6)
TIERS = {
    "assigned_problem": ASKED,
    "petition_acceptance": ASKED,
    "petition_closure": ASKED,
    "listed_followup": LISTED,
    "rectification": KNOWN,
    "reinspection": KNOWN,
    "escalation": KNOWN,
    "violation_report": KNOWN,
    "case_filing": KNOWN,
    "case_decision": KNOWN,
    "export_submission": UNSEEN,
    "first_response": ABSENT,
    "patrol_coverage": ABSENT,
    "patrol_frequency": ABSENT,
    "key_site_visit": ABSENT,
    "site_sweep": ABSENT,
    "surprise_inspection": ABSENT,
    "upper_guidance": ABSENT,
    "post_filled": ABSENT,
}
_KINDS = ("missing", "overdue", "blind", "change")
# Who answers for it: a county for itself and its townships, a level-1 unit and the city each for their own duties; a
# reader who may not see the county is told of the township.
_BEARER = (
    "case when place.county_id in (from visible_grid) and place.level >= 2 then place.county_id else place.grid_id end"
)


@dataclass(frozen=True)
class Concern:
    """One sentence on the page.

    kind: overdue (n duties of the month past their day and undone, longest days over, listed how many of them are about
    problems under listed supervision (挂牌督办) this month; earlier, earlier_longest, earlier_listed the same of those
    from before it that are undone and can still be done), missing (ledgers did not come; n duties nobody can judge;
    tables by name), blind (n metrics of a sender that its ledgers, or its roster, leave wholly or for some grids
    unjudged), change (the month's figure left its own variation for the worse; on_time of due). level: the owner level
    whose duties these are.
    """

    kind: str
    tier: int
    grid_id: str
    level: str
    metric_id: str = ""
    n: int = 0
    longest: int = 0
    listed: int = 0
    earlier: int = 0
    earlier_longest: int = 0
    earlier_listed: int = 0
    tables: tuple[str, ...] = ()
    on_time: int = 0
    due: int = 0


def concerns(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> list[Concern]:
    """All concerns of a grid and what lies below it, gravest first."""
    whole = [
        *_overdue(snapshot, scope, grid_id, month),
        *_missing(snapshot, scope, grid_id, month),
        *_blind(snapshot, scope, grid_id, month),
        *_changed(snapshot, scope, grid_id, month),
    ]
    return sorted(whole, key=_order)


def _order(one: Concern) -> tuple[object, ...]:
    # What is new this month before what stood already: a director has seen the latter last month.
    is_old = one.kind == "overdue" and not one.n
    longest = max(one.longest, one.earlier_longest)
    return (one.tier, is_old, _KINDS.index(one.kind), -longest, -(one.n + one.earlier), one.grid_id, one.metric_id)


def _overdue(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> Iterable[Concern]:
    """By who answers and metric: the month's, and what is still open from before it."""
    sql = f"""
        , listed as (
            select distinct subject_id from published.obligation
            where metric_id = 'listed_followup' and subject_kind = 'problem' and period = $month
        ), undone as (
            select
                {_BEARER} as bearer_id, case when place.level >= 2 then 'all' else cast(place.level as varchar) end
                    as level, duty.metric_id, duty.due_at, duty.period, listed.subject_id is not null as is_listed
            from published.obligation as duty
            join place on place.grid_id = duty.grid_id
            join published.metric_catalogue as metric on metric.metric_id = duty.metric_id
            left join listed
                on duty.subject_kind = 'problem' and listed.subject_id = duty.subject_id
                and duty.metric_id <> 'listed_followup'
            where duty.state = 'overdue' and duty.grid_id in (from visible_grid)
                and (duty.period = $month or (duty.period < $month and not list_contains($lapsing, metric.concept)))
                and {below("duty.grid_id", "cast(coalesce(duty.due_at, duty.started_at) as date)")}
        )
        select undone.bearer_id as grid_id, undone.level, undone.metric_id,
            count(*) filter (where undone.period = $month) as n,
            coalesce(max(over.days) filter (where undone.period = $month), 0) as longest,
            count(*) filter (where undone.is_listed and undone.period = $month) as listed,
            count(*) filter (where undone.period < $month) as earlier,
            coalesce(max(over.days) filter (where undone.period < $month), 0) as earlier_longest,
            count(*) filter (where undone.is_listed and undone.period < $month) as earlier_listed
        from undone cross join published.build as build
        cross join lateral (
            select greatest(date_diff('day', cast(undone.due_at as date), cast(build.as_of as date)), 0) as days
        ) as over
        group by undone.bearer_id, undone.level, undone.metric_id"""
    for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month, lapsing=list(LAPSING)):
        tier = TIERS.get(row["metric_id"], ELSE)
        # Paperwork late on a listed problem is paperwork: the problem's own lines stand above it.
        is_listed = row["listed"] or row["earlier_listed"]
        yield Concern("overdue", LISTED if is_listed and tier <= KNOWN else tier, **row)


def _missing(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> Iterable[Concern]:
    """A line a sender: its ledgers that did not come, and how many duties nobody can judge because of it; the
    detachment's for the duties of the units and of the city."""
    sql = f"""
        select case when place.level = 2 then place.county_id else 'city' end as sender, sum(value.unreported) as n
        from published.metric_value as value
        join place on place.grid_id = value.grid_id and place.level in (1, 2)
        where value.period = $month and value.period_kind = 'month'
            and value.owner_level = case when place.level = 2 then 'all' else '1' end
            and value.grid_id in (from visible_grid)
            and {below("value.grid_id", MONTH_END.format(month="$month"))}
        group by sender"""
    unjudged = {row["sender"]: int(row["n"]) for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month)}
    tables: dict[str, list[str]] = {}
    for one in lacking(snapshot, scope, month):
        if one.county_id in unjudged:
            tables.setdefault(one.county_id, []).append(one.table_name)
    # What bears on the scope from above it is told, without what the reader may not see.
    for one in lacking_above(snapshot, scope, month):
        tables.setdefault(one.county_id, []).append(one.table_name)
    for sender, names in tables.items():
        yield Concern("missing", UNSEEN, sender, "all", n=unjudged.get(sender, 0), tables=tuple(names))


def _blind(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> Iterable[Concern]:
    """A line a county: how many metrics cannot be judged for it or for some grid of it, though its ledgers came."""
    sql = f"""
        , unjudged as (
            select county_id, metric_id from published.measurable
            where month = $month and measurable = 'no' and is_delivered
            union
            select own.county_id, lacking.metric_id
            from published.unmeasurable_grid as lacking
            join place as own on own.grid_id = lacking.grid_id and own.level >= 2
            where lacking.month = $month and lacking.grid_id in (from visible_grid)
        )
        select unjudged.county_id, count(*) as n
        from unjudged
        join published.metric_catalogue as metric
            on metric.metric_id = unjudged.metric_id and metric.kind = 'obligation'
        join place on place.grid_id = unjudged.county_id
        where unjudged.county_id in (from visible_grid)
            and {below("unjudged.county_id", MONTH_END.format(month="$month"))}
        group by unjudged.county_id"""
    for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month):
        yield Concern("blind", UNSEEN, row["county_id"], "all", n=row["n"])


def _changed(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> Iterable[Concern]:
    """Figures of the grid itself and of the counties and units below it that got worse beyond their own variation."""
    sql = f"""
        select value.grid_id, value.owner_level as level, value.metric_id, value.on_time, value.due
        from published.metric_value as value
        join place on place.grid_id = value.grid_id and place.level <= 2
        where value.period = $month and value.period_kind = 'month' and value.variation = 'concern'
            and value.owner_level = case when place.level = 1 then '1' else 'all' end
            and value.grid_id in (from visible_grid)
            and {below("value.grid_id", MONTH_END.format(month="$month"))}"""
    for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month):
        yield Concern("change", max(TIERS.get(row["metric_id"], ELSE), UNSEEN), **row)
