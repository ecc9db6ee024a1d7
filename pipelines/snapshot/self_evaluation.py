"""A grid's year on one sheet: what it said of itself, what is computed, what became of its measures, and what was kept
of running the grid. Reads what is published and adds nothing up but a grid's own items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.made import made
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.self_agreement import Agreement, agreements

ITEM_ZH = {
    "compared": "已比较",
    "no_metric": "无对应指标",
    "not_due": "没有应办",
    "small": "应办太少",
    "not_measurable": "不可测",
    "undated": "没有时限的太多",
    "no_score": "没有可用的得分",
    "receipt_only": "只有文字报告",
    "year_partial": "年度不全",
}
MEASURE_ZH = {
    "talk": "约谈", "written_inspection": "书面检查", "criticism": "通报批评", "admonition": "诫勉",
    "suspension": "停职检查", "adjustment": "调整岗位", "discipline": "处分", "transferred": "移送", "other": "其他",
}  # fmt: skip
RECORD_ZH = {
    "scheme": "实施方案", "rule": "制度", "team": "巡查小组", "meeting": "会议", "self_check": "自查",
    "training": "培训", "reward": "奖惩",
}  # fmt: skip


@dataclass(frozen=True)
class Submission:
    """The duty to send the evaluation, in a state of `walk.STATE_ZH`; row_id '' where nothing came."""

    state: str
    due_at: datetime | None
    met_at: datetime | None
    due_basis: str
    row_id: str


@dataclass(frozen=True)
class Item:
    """One item beside what is computed; states as in ITEM_ZH. gap in percentage points, self − computed.

    metrics: ids of what it is compared with, 、 between them. Below min_n duties nothing is compared.
    """

    grid_id: str
    item: str
    max_score: float | None
    self_score: float | None
    self_share: float | None
    metrics: str
    metrics_zh: str
    on_time: int | None
    due: int | None
    unreported: int | None
    computed_share: float | None
    gap: float | None
    min_n: int | None
    state: str
    reason_zh: str
    row_id: str

    @property
    def whole(self) -> int:
        """What it is computed over: due, and what was not reported."""
        return (self.due or 0) + (self.unreported or 0)


@dataclass(frozen=True)
class MeanGap:
    """The mean of the items compared, in percentage points; None where none is."""

    gap: float | None
    compared: int


@dataclass(frozen=True)
class Improvement:
    """A shortfall with its measure; states of the two duties it forms, '' where it forms none."""

    item: str
    shortfall: str
    improvement: str
    owner: str
    due_at: datetime | None
    done_at: datetime | None
    defined_state: str
    defined_basis: str
    done_state: str
    done_basis: str
    row_id: str


@dataclass(frozen=True)
class Act:
    """Somebody of the grid held to account: neutral, never ranked."""

    decided_on: date
    measure: str
    matter: str
    person: str
    post: str
    problem_id: str
    document_no: str
    row_id: str


@dataclass(frozen=True)
class Kept:
    """A record of running the grid."""

    held_on: date
    kind: str
    subject: str
    document_no: str
    row_id: str


@dataclass(frozen=True)
class GridYear:
    """All of a grid's year. own: over its own items; with_below: over those of all grids below as well."""

    grid_id: str
    year: int
    submission: Submission | None
    items: tuple[Item, ...]
    own: MeanGap
    with_below: MeanGap
    improvements: tuple[Improvement, ...]
    kept: tuple[Kept, ...]
    acts: tuple[Act, ...]
    agreements: tuple[Agreement, ...]


def grid_year(snapshot: Snapshot, scope: Scope, grid_id: str, year: int) -> GridYear:
    """The sheet; empty where the scope does not reach the grid."""
    mask, key = Mask(snapshot, scope), {"grid_id": grid_id, "year": year}
    own = "grid_id = $grid_id and grid_id in (from visible_grid)"
    submission = f"""
        select state, due_at, met_at, due_basis, coalesce(met_row_id, '') as row_id from published.obligation
        where obligation_id = 'self_evaluation_submission/' || $grid_id || '/' || cast($year as varchar) and {own}"""
    items = f"""
        select * from published.self_gap where year = $year and {own}
        order by max_score desc nulls last, item, self_evaluation_id"""
    mine = f"""
        select avg(gap_per_10000) / 100.0 as gap, count(*) as compared from published.self_gap
        where state = 'compared' and year = $year and {own}"""
    # the number stands in the year in which the evaluations were due
    below = f"""
        select value as gap, n as compared from published.indicator_value where indicator_id = 'self_gap'
        and period_kind = 'year' and period = cast($year + 1 as varchar) and {own}"""
    kept = f"select * from published.grid_record where year(held_on) = $year and {own} order by held_on, row_id"
    acts = (
        f"select * from published.accountability where year(decided_on) = $year and {own} order by decided_on, row_id"
    )
    covered = ("matter", "person", "subject", "document_no")
    return GridYear(
        grid_id=grid_id,
        year=year,
        submission=next((made(Submission, row) for row in snapshot.ask(scope, submission, **key)), None),
        items=tuple(made(Item, row) for row in snapshot.ask(scope, items, **key)),
        own=_mean(snapshot.ask(scope, mine, **key)),
        with_below=_mean(snapshot.ask(scope, below, **key)),
        improvements=_improvements(snapshot, scope, mask, key),
        kept=tuple(made(Kept, _masked(mask, row, covered)) for row in snapshot.ask(scope, kept, **key)),
        acts=tuple(made(Act, _masked(mask, row, covered)) for row in snapshot.ask(scope, acts, **key)),
        agreements=_agreements(snapshot, scope, key),
    )


def _mean(rows: list[Row]) -> MeanGap:
    return made(MeanGap, rows[0]) if rows else MeanGap(None, 0)


def _improvements(snapshot: Snapshot, scope: Scope, mask: Mask, key: dict[str, Any]) -> tuple[Improvement, ...]:
    sql = """
        select told.item, told.shortfall, told.improvement, told.owner, told.improvement_due_at as due_at,
            told.improvement_done_at as done_at, defined.state as defined_state, defined.due_basis as defined_basis,
            done.state as done_state, done.due_basis as done_basis, told.row_id
        from published.self_evaluation as told
        left join published.obligation as defined
            on defined.metric_id = 'improvement_defined' and defined.subject_id = told.self_evaluation_id
        left join published.obligation as done
            on done.metric_id = 'improvement_done' and done.subject_id = told.self_evaluation_id
        where told.year = $year and told.grid_id = $grid_id and told.grid_id in (from visible_grid)
            and (told.shortfall is not null or told.improvement is not null
                or defined.state is not null or done.state is not null)
        order by told.row_id"""
    covered = ("shortfall", "improvement", "owner")
    return tuple(made(Improvement, _masked(mask, row, covered)) for row in snapshot.ask(scope, sql, **key))


def _agreements(snapshot: Snapshot, scope: Scope, key: dict[str, Any]) -> tuple[Agreement, ...]:
    """Over all, over the grid's level, over its county."""
    place = "select level, county_id from place where grid_id = $grid_id and grid_id in (from visible_grid)"
    own = {
        named
        for row in snapshot.ask(scope, place, grid_id=key["grid_id"])
        for named in (("all", "all"), ("level", str(row["level"])), ("county", row["county_id"]))
    }
    return tuple(one for one in agreements(snapshot, scope, key["year"]) if (one.scope_kind, one.scope) in own)


def _masked(mask: Mask, row: Row, covered: tuple[str, ...]) -> Row:
    texts = {name: mask.text(row[name]) for name in covered if name in row}
    return row | texts | {name: mask.name(row[name]) for name in ("person",) if name in row}
