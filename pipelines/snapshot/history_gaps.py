"""What is not known of a grid in a span of days, so that silence is not read as nothing done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.snapshot.door import CITY, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.senders import senders_of

_FACTS = """
select
    cast(build.as_of as date) as as_of,
    (select min(month) from published.measurable) as first_month,
    (select min(valid_from) from published.grid where grid_id = $grid_id) as begun,
    (select nullif(max(coalesce(valid_to, date '9999-12-31')), date '9999-12-31') from published.grid
        where grid_id = $grid_id) as ended
from published.build
where $grid_id in (from visible_grid)"""
# Asked of the senders that bear on a grid in sight, seen themselves or not: a silence is theirs and the grid's alike.
_SILENT = """
select given.county_id, metric.needed_table_zh as table_zh, list(distinct given.month order by given.month) as months
from published.measurable as given
join published.metric_catalogue as metric on metric.metric_id = given.metric_id
cross join published.build as build
where list_contains($senders, given.county_id)
    and not given.is_delivered and given.month between $first_month and $last_month
    and given.month < strftime(build.as_of, '%Y-%m') and metric.needed_table_zh <> ''
group by given.county_id, metric.needed_table_zh
order by given.county_id = 'city', months, table_zh"""
_BLIND = """
, told as (
    select metric_id, month, reason_zh from published.unmeasurable_grid
    where grid_id = $grid_id and grid_id in (from visible_grid)
    union
    select given.metric_id, given.month, given.reason_zh
    from published.measurable as given
    join place as here on here.grid_id = $grid_id and here.grid_id in (from visible_grid)
    where given.county_id = here.county_id and given.measurable = 'no' and given.is_delivered
)
select metric.zh as metric_zh, told.reason_zh, list(told.month order by told.month) as months
from told
join published.metric_catalogue as metric on metric.metric_id = told.metric_id
where told.month between $first_month and $last_month and metric.kind = 'obligation'
group by metric.zh, metric.place, told.reason_zh
order by metric.place, told.reason_zh"""
_BACK = """
select finding.row_id, finding.month, any_value(sheet.table_zh) as table_zh
from published.quarantine as finding
left join published.source_sheet as sheet on sheet.file_id = finding.file_id and sheet.table_name = finding.table_name
where finding.is_awaiting and finding.grid_id = $grid_id and finding.grid_id in (from visible_grid)
    and (finding.month between $first_month and $last_month or finding.table_name in ('person', 'problem', 'follow_up'))
group by finding.row_id, finding.month
order by table_zh, finding.month, finding.row_id"""
_NOWHERE = """
select count(distinct finding.row_id) as n
from published.quarantine as finding
where finding.is_awaiting and coalesce(finding.grid_id, '') = '' and finding.county_id = $county_id
    and finding.month between $first_month and $last_month"""


@dataclass(frozen=True)
class Gap:
    """Something that nobody can know from what was delivered.

    kind: no_grid (there was none on the day), part_grid (it began or ended within the span), before_data (months
    before the first that was asked for), after_as_of (days of the span that lie ahead), open_month (its ledger is not
    due yet), ledger (what of which table was not delivered in months), blind (what cannot be judged, with the reason),
    sent_back (rows about the grid that await correction), nowhere (n such rows of the sender that name no known grid).
    """

    kind: str
    what: str = ""
    who: str = ""
    months: tuple[str, ...] = ()
    day: date | None = None
    n: int = 0
    row_ids: tuple[str, ...] = ()


def gaps(snapshot: Snapshot, scope: Scope, grid_id: str, day: date, first: date, last: date) -> tuple[Gap, ...]:
    """What cannot be known of the grid between two days; `last` may lie beyond the as-of day."""
    found = snapshot.ask(scope, _FACTS, grid_id=grid_id)
    if not found:
        return ()
    facts = found[0]
    asked = {"grid_id": grid_id, "first_month": f"{first:%Y-%m}", "last_month": f"{last:%Y-%m}"}
    told = _of_time(facts["as_of"], facts["first_month"], facts["begun"], facts["ended"], day, first, last)
    senders = {one.county_id: one.name for one in senders_of(snapshot, scope, grid_id)}
    for row in snapshot.ask_unscoped(_SILENT, **asked, senders=list(senders)):
        who = "" if row["county_id"] == CITY else senders[row["county_id"]]
        told.append(Gap("ledger", row["table_zh"], who, tuple(row["months"])))
    mask = Mask(snapshot, scope)
    for row in snapshot.ask(scope, _BLIND, **asked):
        told.append(Gap("blind", row["metric_zh"], mask.text(row["reason_zh"] or ""), tuple(row["months"])))
    for row in snapshot.ask(scope, _BACK, **asked):
        told.append(Gap("sent_back", row["table_zh"] or "", months=(row["month"],), row_ids=(row["row_id"],)))
    n = snapshot.ask_unscoped(_NOWHERE, **asked, county_id=next(iter(senders), ""))[0]["n"]  # its county comes first
    return tuple([*told, Gap("nowhere", n=n)] if n else told)


def _of_time(
    as_of: date, first_month: str | None, begun: date, ended: date | None, day: date, first: date, last: date
) -> list[Gap]:
    """Where the span reaches beyond the grid's life, the data's beginning or the as-of day."""
    told = []
    if not begun <= day <= (ended or day):
        told.append(Gap("no_grid", day=begun if day < begun else ended))
    elif first < begun or (ended is not None and ended < last):
        told.append(Gap("part_grid", day=begun if first < begun else ended))
    if first_month is None or f"{first:%Y-%m}" < first_month:
        told.append(Gap("before_data", months=(first_month,) if first_month else ()))
    if last > as_of:
        told.append(Gap("after_as_of", day=as_of))
    opening = as_of.replace(day=1) - timedelta(days=1)  # the last day that can lie in a month that is over
    if first <= as_of and last > opening:
        told.append(Gap("open_month", months=(f"{as_of:%Y-%m}",)))
    return told
