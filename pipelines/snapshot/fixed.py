"""Which months are fixed, whether they are still whole, and how much later files would change of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import Snapshot

STAGE_ZH = {"preliminary": "初步数", "final": "最终数"}


@dataclass(frozen=True)
class Fixed:
    """A month at a stage. figures, duties: how many of them later files would make other, as of `restated_to`; moments
    are None where the manifest is damaged."""

    period: str
    stage: str
    fixed_at: datetime | None
    as_of: datetime | None
    build_id: str
    is_intact: bool
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
            release.state = 'intact' as is_intact, coalesce(release.reason_zh, '') as reason_zh, release.restated_to,
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
    """One line on a fixed month that is whole."""
    looked = ""
    if one.restated_to:
        changed = f"{one.figures} 个数、{one.duties} 项义务" if one.figures or one.duties else "无"
        looked = f"，数据更正 {changed}（截至 {one.restated_to:%Y-%m-%d %H:%M}）"
    moments = f"{one.fixed_at:%Y-%m-%d %H:%M} 固化，计算时点 {one.as_of:%Y-%m-%d %H:%M}"
    return f"{one.period} {one.stage_zh}：{moments}{looked}"
