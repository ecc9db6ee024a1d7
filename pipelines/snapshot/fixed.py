"""Which months are fixed, whether they are still whole, and how much later files would change of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import Snapshot

STAGE_ZH = {"preliminary": "初步数", "final": "最终数"}


@dataclass(frozen=True)
class Fixed:
    """A month at a stage. changes: figures and fields that later files would make other, as of `restated_to`; moments
    are None where the manifest is damaged."""

    period: str
    stage: str
    fixed_at: datetime | None
    as_of: datetime | None
    build_id: str
    is_intact: bool
    reason_zh: str
    restated_to: datetime | None
    changes: int

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
            count(change.field) as changes
        from published.release as release
        left join published.restatement as change on change.period = release.period and change.stage = release.stage
        group by all
        order by release.period, release.stage desc""")
    return [Fixed(**row) for row in rows]


def told(one: Fixed) -> str:
    """One line on a fixed month that is whole."""
    looked = f"，数据更正 {one.changes} 处（截至 {one.restated_to:%Y-%m-%d %H:%M}）" if one.restated_to else ""
    moments = f"{one.fixed_at:%Y-%m-%d %H:%M} 固化，计算时点 {one.as_of:%Y-%m-%d %H:%M}"
    return f"{one.period} {one.stage_zh}：{moments}{looked}"
