"""Words of what stands open at a grid, on 网格档案."""

from __future__ import annotations

GRID_ZH: dict[str, str] = {
    "chart": "逐月走势与界限",
    "chart_note": "点是各月的比率，虚线是控制界限，实线是中线，都只用到当月为止的数；菱形不是偶然；红线是目标。",
    "chart_none": "没有走势图：满 12 个月、月均 5 件以上的才画界限。",
    "chart_alt": "{metric}逐月的比率与控制界限，最近几个月：{points}。",
    "chart_centre": "中线",
    "chart_limits": "控制界限",
    "chart_low": "下限",
    "chart_high": "上限",
    "open_title": "未办结的整改　{n} 件",
    "open_note": "计算时点 {as_of} 仍未办结的；逾期久的在前，然后按到期日；没有时限的在后。",
    "open_none": "没有未办结的整改。",
    "open_problems": "未办结的整改",
    "open_clock": "时钟",
    "open_left": "还有 {n} 天",
}
