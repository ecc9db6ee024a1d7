"""Which months are fixed, whether they are still whole, and how much later files would change of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import Scope, Snapshot

STAGE_ZH = {"preliminary": "初步数", "final": "最终数"}


@dataclass(frozen=True)
class Fixed:
    """A month at a stage. figures, duties: how many of them later files would make other, as of `restated_to`; moments
    are None where the manifest is damaged. is_missing: it is due and not fixed yet."""

    period: str
    stage: str
    fixed_at: datetime | None
    as_of: datetime | None
    build_id: str
    is_intact: bool
    is_missing: bool
    reason_zh: str
    restated_to: datetime | None
    figures: int
    duties: int

    @property
    def stage_zh(self) -> str:
        """初步数 or 最终数."""
        return STAGE_ZH[self.stage]


def fixed_months(snapshot: Snapshot) -> list[Fixed]:
    """All of them, by month and stage."""
    rows = snapshot.ask_unscoped("""
        select
            release.period, release.stage, release.fixed_at, release.as_of, coalesce(release.build_id, '') as build_id,
            release.state = 'intact' as is_intact, release.state = 'missing' as is_missing,
            coalesce(release.reason_zh, '') as reason_zh, release.restated_to,
            (
                select count(distinct (change.metric_id, change.grid_id, change.owner_level, change.period_kind))
                from published.restatement as change
                where change.period = release.period and change.stage = release.stage
            ) as figures,
            (
                select count(*) from published.restated_duty as duty
                where duty.period = release.period and duty.stage = release.stage
            ) as duties
        from published.release as release
        order by release.period, release.stage desc""")
    return [Fixed(**row) for row in rows]


def told(one: Fixed) -> str:
    """One line on a month: fixed, not fixed though due, or damaged and why."""
    if not one.is_intact:
        return one.reason_zh
    looked = ""
    if one.restated_to:
        changed = f"{one.figures} 个数、{one.duties} 项义务" if one.figures or one.duties else "无"
        looked = f"，数据更正 {changed}（截至 {one.restated_to:%Y-%m-%d %H:%M}）"
    moments = f"{one.fixed_at:%Y-%m-%d %H:%M} 固化，计算时点 {one.as_of:%Y-%m-%d %H:%M}"
    return f"{one.period} {one.stage_zh}：{moments}{looked}"


FIELD_ZH = {
    "on_time": "按期", "due": "应办", "late": "超期办结", "overdue": "超期未办结", "pending": "在办未到期",
    "no_deadline": "未定时限", "bad_dates": "时间矛盾", "void": "不纳入考核", "unreported": "未报送",
    "on_time_original": "按原时限按期", "obligations": "义务", "numerator": "分子或合计", "denominator": "分母",
    "n": "明细", "value": "中位数",
}  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """What a later file would make of one count of a fixed figure; None where there was, or is, no such figure."""

    field: str
    old: int | None
    new: int | None
    cause_zh: str


@dataclass(frozen=True)
class FixedFigure:
    """A figure as it was fixed. on_time, due: of a duty; value: of an indicator. changes: by later files, up to
    `restated_to` (None: nobody has looked yet)."""

    stage: str
    as_of: datetime
    on_time: int | None
    due: int | None
    value: float | None
    restated_to: datetime | None
    changes: tuple[Changed, ...]

    @property
    def stage_zh(self) -> str:
        """初步数 or 最终数."""
        return STAGE_ZH[self.stage]


def fixed_figures(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, owner_level: str = ""
) -> list[FixedFigure]:
    """The month's figure at each stage at which it was fixed and is whole, in order; owner_level '' of indicators."""
    given = {"metric_id": metric_id, "grid_id": grid_id, "month": month, "level": owner_level}
    held = snapshot.ask(
        scope,
        """
        select release.stage, release.as_of, value.on_time, value.due, value.value, release.restated_to
        from published.release as release
        left join published.release_value as value
            on value.period = release.period and value.stage = release.stage and value.metric_id = $metric_id
            and value.grid_id = $grid_id and value.owner_level = $level and value.period_kind = 'month'
        where release.period = $month and release.state = 'intact'
            and $grid_id in (select grid_id from visible_grid)
        order by release.stage desc""",
        **given,
    )
    changes = snapshot.ask(
        scope,
        """
        select stage, field, old, new, cause_zh from published.restatement
        where period = $month and metric_id = $metric_id and grid_id = $grid_id and owner_level = $level
            and period_kind = 'month' and $grid_id in (select grid_id from visible_grid)
        order by stage, field""",
        **given,
    )
    return [
        FixedFigure(
            **one,
            changes=tuple(
                Changed(change["field"], change["old"], change["new"], change["cause_zh"])
                for change in changes
                if change["stage"] == one["stage"]
            ),
        )
        for one in held
    ]


def fixed_lines(figures: Iterable[FixedFigure], said: Callable[[float], str]) -> Iterator[str]:
    """What was fixed of a figure, and what later files would make of it; the fixed one stays as it is."""
    for one in figures:
        counts = f"按期 {one.on_time} / 应办 {one.due}" if one.due is not None else "固化时没有这个数"
        shown = said(one.value) if one.value is not None else counts
        yield f"已固化 {one.stage_zh}（计算时点 {one.as_of:%Y-%m-%d %H:%M}）：{shown}"
        if one.restated_to is None:
            continue
        by_field = {change.field: change for change in one.changes}
        changes = [
            f"{zh} {_count(by_field[field].old)} → {_count(by_field[field].new)}"
            for field, zh in FIELD_ZH.items()
            if field in by_field
        ]
        until = f"（截至 {one.restated_to:%Y-%m-%d %H:%M} 收到的文件）"
        yield f"  数据更正{until}：{'　'.join(changes) or '无'}"
        yield from (f"  缘由：{cause}" for cause in dict.fromkeys(change.cause_zh for change in one.changes))


def _count(value: int | None) -> str:
    return "没有" if value is None else str(value)


def last_fixed(snapshot: Snapshot, month: str) -> Fixed | None:
    """The last stage at which a month was fixed, damaged or not; None where it was not."""
    found = [one for one in fixed_months(snapshot) if one.period == month and not one.is_missing]
    return next((one for one in found if one.stage == "final"), found[0] if found else None)


@dataclass(frozen=True)
class FixedScore:
    """A grid's score as it was fixed; new_score, new_finding: what later files would make of it, where is_changed."""

    stage: str
    as_of: datetime
    score: float | None
    finding: str
    is_changed: bool
    new_score: float | None
    new_finding: str
    cause_zh: str

    @property
    def stage_zh(self) -> str:
        """初步数 or 最终数."""
        return STAGE_ZH[self.stage]


def fixed_scores(snapshot: Snapshot, scope: Scope, grid_id: str, kind: str, period: str) -> list[FixedScore]:
    """A score of a month, or of the year up to it, at each stage; of a whole year what was fixed with its December."""
    rows = snapshot.ask(
        scope,
        """
        select
            release.stage, release.as_of, fixed.score, fixed.finding, change.grid_id is not null as is_changed,
            change.new_score, coalesce(change.new_finding, '') as new_finding, coalesce(change.cause_zh, '') as cause_zh
        from published.release as release
        join published.release_score as fixed
            on fixed.period = release.period and fixed.stage = release.stage
            and fixed.grid_id = $grid_id and fixed.period_kind = $kind
        left join published.restated_score as change
            on change.period = fixed.period and change.stage = fixed.stage
            and change.grid_id = fixed.grid_id and change.period_kind = fixed.period_kind
        where release.period = $month and $grid_id in (select grid_id from visible_grid)
        order by release.stage desc""",
        grid_id=grid_id,
        kind=kind,
        month=f"{period}-12" if kind == "year" else period,
    )
    return [FixedScore(**row) for row in rows]
