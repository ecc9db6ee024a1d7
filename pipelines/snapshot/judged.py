"""What the statistics say of a published monthly figure: its interval, is it news, can the target be relied on."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Scope, Snapshot

VARIATION_ZH = {
    "common_cause": "正常波动",
    "improvement": "不是偶然：好转",
    "concern": "不是偶然：变差",
    "higher": "不是偶然：偏高",
    "lower": "不是偶然：偏低",
}
ASSURANCE_ZH = {"pass": "稳定达标", "fail": "稳定不达标", "hit_or_miss": "时达时不达"}
MARK_ZH = {
    "outside": "在控制界限之外",
    "two_of_three": "三个月里两个月近界限",
    "shift": "连续 7 个月在中线同侧",
    "trend": "连续 7 个月升或降",
}
# Why a month has no verdict: the rules ask for so many months and events before they judge.
UNJUDGED_ZH = "不判读（当月未结束、没有可计的，或截至当月不满 12 个月、月均不足 5 件）"


@dataclass(frozen=True)
class Judged:
    """low, high: the 95 % interval, None where there is no rule for one · centre, lower, upper: of the control chart as
    of the month, None where it is not judged · mark, variation, assurance: '' likewise."""

    low: float | None
    high: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    mark: str
    variation: str
    assurance: str


def judged(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, owner_level: str = "all"
) -> Judged | None:
    """Of a duty's or an indicator's value of a month; None where there is no such value, or it may not be seen."""
    found = snapshot.ask(
        scope,
        """
        , value as (
            select low, high from published.metric_value
            where metric_id = $metric_id and grid_id = $grid_id and owner_level = $level and period_kind = 'month'
                and period = $month
            union all
            select low, high from published.indicator_value
            where indicator_id = $metric_id and grid_id = $grid_id and period_kind = 'month' and period = $month
        )
        select
            value.low, value.high, chart.centre, chart.low as lower, chart.high as upper,
            coalesce(chart.mark, '') as mark, coalesce(chart.variation, '') as variation,
            coalesce(chart.assurance, '') as assurance
        from value
        left join published.series_point as chart
            on chart.metric_id = $metric_id and chart.grid_id = $grid_id and chart.owner_level = $level
            and chart.period = $month
        where $grid_id in (from visible_grid)""",
        metric_id=metric_id,
        grid_id=grid_id,
        month=month,
        level=owner_level,
    )
    return Judged(**found[0]) if found else None
