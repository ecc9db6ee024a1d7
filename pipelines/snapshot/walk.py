"""The way back: number → obligations → source row → cell, and from a row to what it forms or fulfils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.spans import bounds

STATE_ZH = {
    "on_time": "按期办结",
    "late": "超期办结",
    "overdue": "超期未办结",
    "pending": "在办未到期",
    "no_deadline": "未定时限",
    "bad_dates": "时间矛盾",
    "void": "不纳入考核",
    "unreported": "未报送",
}
LEVELS = ("1", "2", "3", "all")
# What a duty is about, in words, where its own table does not say it.
_SUBJECT = """
    case obligation.subject_kind
        when 'post' then
            case obligation.subject_id when 'body_head' then '机构负责人' else '网格长' end || '每天有人在岗'
        when 'year' then obligation.subject_id || ' 年自评上报'
        when 'five_fixed' then case obligation.subject_id
            when 'area' then '定区域' when 'staff' then '定人员' when 'duty' then '定职责' when 'task' then '定任务'
            else '定奖惩' end || '（' || substr(obligation.period, 1, 4) || ' 年）'
        when 'grid_record' then case obligation.subject_id
            when 'rule' then '制度' when 'meeting' then '例会' else '自查' end
            || '（' || substr(obligation.period, 1, 4) || ' 年）'
    end"""
# Every visible duty with its words, for queries that choose among them; `told_duties` reads what they choose.
OBLIGATION = f"""
, roster as (
    select distinct county_id from published.submission where table_name = 'person' and accepted > 0
), listed as (
    select distinct subject_id, period from published.obligation
    where metric_id = 'listed_followup' and subject_kind = 'problem'
), duty as (
    select
        obligation.*, metric.zh as metric_zh, place.name as grid_name,
        county.name as county_name, county.code as county_code,
        coalesce(
            problem.description, asked.words, ledger.table_zh,
            self.year || ' 年自评　' || coalesce(self.item, self.shortfall), site.name, lower.name,
            strftime(patrol.started_at, '%Y-%m-%d %H:%M') || '　' || patrol_place.name, {_SUBJECT}
        ) as subject_text,
        problem.row_id as subject_row_id, roster.county_id is not null as is_roster_sent,
        listed.subject_id is not null as is_listed,
        case when obligation.state in ('overdue', 'late')
            then date_diff('day', cast(obligation.due_at as date), cast(coalesce(
                case when obligation.state = 'late' then obligation.met_at end, build.as_of) as date))
        end as days_over
    from published.obligation as obligation
    cross join published.build as build
    left join place on place.grid_id = obligation.grid_id
    left join published.metric_catalogue as metric on metric.metric_id = obligation.metric_id
    left join place as county on county.grid_id = place.county_id
    left join published.problem as problem
        on obligation.subject_kind = 'problem' and problem.problem_id = obligation.subject_id
    left join (select subject_id, table_zh || '“' || field_zh || '”' as words from published.asked_field) as asked
        on obligation.subject_kind = 'field' and asked.subject_id = obligation.subject_id
    left join (select distinct table_name, table_zh from published.asked_field) as ledger
        on obligation.subject_kind = 'table' and ledger.table_name = obligation.subject_id
    left join published.self_evaluation as self
        on obligation.subject_kind = 'self_evaluation' and self.self_evaluation_id = obligation.subject_id
    left join (select site_id, max_by(name, coalesce(valid_from, date '1900-01-01')) as name
        from published.site group by site_id) as site
        on obligation.subject_kind = 'site' and site.site_id = obligation.subject_id
    left join place as lower
        on obligation.subject_kind = 'grid' and lower.grid_id = obligation.subject_id
        and obligation.subject_id <> obligation.grid_id
    left join published.patrol as patrol
        on obligation.subject_kind = 'patrol' and patrol.patrol_id = obligation.subject_id
    left join place as patrol_place on patrol_place.grid_id = patrol.grid_id
    left join listed
        on obligation.subject_kind = 'problem' and listed.subject_id = obligation.subject_id
        and listed.period = obligation.period and obligation.metric_id <> 'listed_followup'
    left join roster on roster.county_id = place.county_id
    where obligation.grid_id in (from visible_grid)
)"""
_OF_FIGURE = f"""{OBLIGATION}, chosen as (
    select duty.* from duty
    where duty.metric_id = $metric_id and duty.period between $first and $last
        and ($level = 'all' or cast(duty.owner_level as varchar) = $level)
        and {below("duty.grid_id", "cast(coalesce(duty.due_at, duty.started_at) as date)")}
        and ($state is null or duty.state = $state)
)"""


@dataclass(frozen=True)
class Obligation:
    """One duty. days_over: days past due_at, until it was met or until the as-of moment. Empty persons: nobody.

    about_month: the month whose ledger is owed, '' where the duty is about no ledger. subject_text: the problem's
    description, the ledger's name, the ledger's and the column's, or what else is owed. is_roster_sent: whether the
    grid's sender ever sent a roster; without one an empty person_at_due does not mean that the post is vacant.
    is_listed: about a problem that stood under listed supervision in the duty's period (the follow-up itself is not).
    """

    metric_id: str
    metric_zh: str
    obligation_id: str
    grid_id: str
    grid_name: str
    county_name: str
    owner_level: int
    subject_kind: str
    subject_id: str
    subject_text: str
    round: int
    about_month: str
    period: str
    started_at: datetime | None
    original_due_at: datetime | None
    due_at: datetime | None
    is_extended: bool
    met_at: datetime | None
    state: str
    days_over: int | None
    person_at_start: str
    person_at_due: str
    days_in_post_at_due: int | None
    deputy_at_due: str
    is_roster_sent: bool
    duty_row_id: str
    met_row_id: str
    due_basis: str
    is_listed: bool


@dataclass(frozen=True)
class RowUse:
    """How a row bears on a duty: forms (形成), fulfils (履行) or tells of its subject (所及)."""

    role: str
    obligation: Obligation


@dataclass(frozen=True)
class Entry:
    """A published figure that a duty enters: the owing grid's own, then its ancestors' up to the city's."""

    metric_id: str
    metric_zh: str
    grid_id: str
    grid_name: str
    owner_level: str
    period: str
    on_time: int
    due: int


def obligations(
    snapshot: Snapshot,
    scope: Scope,
    metric_id: str,
    grid_id: str,
    month: str,
    owner_level: str = "all",
    state: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Obligation]:
    """The duties behind one figure, worst first, then by place and date; at most `limit` of them from `offset` on.

    month: or the months of a longer figure, as spans.duty_period writes them.
    """
    sql = f"""{_OF_FIGURE}
        select * from chosen
        order by
            list_position(
                ['overdue', 'unreported', 'late', 'bad_dates', 'no_deadline', 'pending', 'on_time', 'void'], state),
            county_code, owner_level, due_at, grid_id, obligation_id
        limit {"all" if limit is None else int(limit)} offset {int(offset)}"""
    found = _ask(snapshot, scope, sql, metric_id, grid_id, month, owner_level, state)
    return told_duties(snapshot, scope, found)


def state_counts(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, owner_level: str = "all"
) -> dict[str, int]:
    """Duties by state, counted one by one; they agree with the published figure (a test holds that)."""
    sql = f"{_OF_FIGURE} select state, count(*) as n from chosen group by state order by state"
    found = _ask(snapshot, scope, sql, metric_id, grid_id, month, owner_level, None)
    return {row["state"]: row["n"] for row in found}


def obligations_of_row(snapshot: Snapshot, scope: Scope, row_id: str) -> list[RowUse]:
    """Every visible duty that this row forms, fulfils or whose subject it describes."""
    sql = f"""{OBLIGATION}, told as (
            select problem_id from published.problem where row_id = $row_id
            union select problem_id from published.follow_up where row_id = $row_id
            union select key from published.revision
                where table_name = 'problem' and ($row_id in (from_row_id, to_row_id))
        )
        select
            duty.*,
            case when duty.duty_row_id = $row_id and duty.met_row_id = $row_id then '形成并履行'
                when duty.duty_row_id = $row_id then '形成' when duty.met_row_id = $row_id then '履行'
                else '所及' end as role
        from duty
        where duty.duty_row_id = $row_id or duty.met_row_id = $row_id
            or (duty.subject_kind = 'problem' and duty.subject_id in (from told))
        order by duty.metric_id, duty.obligation_id"""
    found = snapshot.ask(scope, sql, row_id=row_id)
    duties = told_duties(snapshot, scope, found)
    return [RowUse(row["role"], duty) for row, duty in zip(found, duties, strict=True)]


def entries(snapshot: Snapshot, scope: Scope, duties: list[Obligation]) -> list[Entry]:
    """The published monthly figures these duties enter, from the owing grid up to the top of the scope."""
    sql = """
        select distinct
            value.metric_id, metric.zh as metric_zh, value.grid_id, place.name as grid_name, place.level,
            value.owner_level, value.period, value.on_time, value.due
        from published.obligation as duty
        join published.grid_path as path on path.leaf_id = duty.grid_id
            and cast(coalesce(duty.due_at, duty.started_at) as date) between path.valid_from and path.valid_to
        join published.metric_value as value
            on value.metric_id = duty.metric_id and value.period = duty.period and value.period_kind = 'month'
            and value.grid_id = path.ancestor_id and value.owner_level in (cast(duty.owner_level as varchar), 'all')
        join published.metric_catalogue as metric on metric.metric_id = value.metric_id
        join place on place.grid_id = value.grid_id
        where list_contains($ids, duty.metric_id || '|' || duty.obligation_id)
            and value.grid_id in (from visible_grid)
        order by value.metric_id, value.period, place.level desc, value.grid_id, value.owner_level"""
    found = snapshot.ask(scope, sql, ids=[f"{duty.metric_id}|{duty.obligation_id}" for duty in duties])
    return [Entry(**{name: row[name] for name in Entry.__dataclass_fields__}) for row in found]


def _ask(
    snapshot: Snapshot,
    scope: Scope,
    sql: str,
    metric_id: str,
    grid_id: str,
    period: str,
    level: str,
    state: str | None,
) -> list[Row]:
    first, last = bounds(period)
    values = {"metric_id": metric_id, "grid_id": grid_id, "first": first, "last": last, "level": level, "state": state}
    return snapshot.ask(scope, sql, **values)


def told_duties(snapshot: Snapshot, scope: Scope, found: list[Row]) -> list[Obligation]:
    """Rows of `OBLIGATION`'s duty as the reader may see them: names covered where the scope hides them."""
    mask = Mask(snapshot, scope)
    people = ("person_at_start", "person_at_due", "deputy_at_due")
    free = ("subject_text", "subject_id", "obligation_id", "about_month", "due_basis")
    texts = ("metric_zh", "grid_name", "county_name", "duty_row_id", "met_row_id", *people, *free)
    result = []
    for row in found:
        values = {name: row[name] for name in Obligation.__dataclass_fields__}
        values.update({name: values[name] or "" for name in texts})
        values.update({name: mask.name(values[name]) for name in people})
        values.update({name: mask.text(values[name]) for name in free})
        result.append(Obligation(**values))
    return result
