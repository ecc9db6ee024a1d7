"""A score in words: what was owed and done, every lost point with its cause, what was left out and why."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.snapshot.score import Part, Score
from pipelines.snapshot.score_words import explained, part_told

SCORE = Score(
    grid_id="anhua", grid_name="安化县", level=2, period_kind="month", period="2026-10", version="1",
    score=62.5, geometric=50.0, finding="watch", finding_zh="巡查得分率 75%，没有按期 1 件", assessable=16, unseen=4,
    counted=22, missed=5, compared=8, rank_low=2, rank_high=6,
)  # fmt: skip
PATROL = Part(
    metric_id="patrol_frequency", metric_zh="巡查频次达标率", group_zh="巡查", weight=6, floor=0.6, goal=0.95,
    state="scored", numerator=2, denominator=2, late=0, overdue=0, unreported=0, points=6.0, assessed=6.0, reason_zh="",
    min_n=10, missed_months=(),
)  # fmt: skip
FEEDBACK = replace(
    PATROL, metric_id="feedback", metric_zh="反馈及时率", group_zh="信访反馈", weight=10, numerator=15,
    denominator=20, late=1, overdue=3, unreported=1, points=4.0, assessed=10.0, missed_months=("2026-10",),
)  # fmt: skip
LEFT = replace(
    PATROL, metric_id="first_response", metric_zh="首次处置及时率", group_zh="发现处置", weight=4, numerator=0,
    denominator=0, state="not_measurable", points=None, assessed=0.0, reason_zh="该县台账无“到场时间”列，本指标不可测",
)  # fmt: skip


def texts(score: Score, *parts: Part) -> list[str]:
    return [line.text for line in explained(score, parts)]


def test_the_whole_explanation() -> None:
    assert texts(SCORE, PATROL, LEFT, FEEDBACK) == [
        "安化县（二级网格）　2026-10　评分卡第 1 版",
        "总分 62.5　可评分值 16/100（不可测或说不清时限 4），其中得 10.0 分　各组几何平均 50.0",
        "计入 22 件，按期 17 件，没有按期 5 件",
        "结论 关注：巡查得分率 75%，没有按期 1 件",
        "同级可比的 8 个网格中排在第 2—6 之间（权重怎样定、件数的偶然都算在内）",
        "巡查　得 6.0/6 分",
        "巡查频次达标率（6 分）　应办 2 件，按期 2 件；得 6.0/6 分",
        "信访反馈　得 4.0/10 分",
        "反馈及时率（10 分）　应办 20 件，按期 15 件、超期办结 1 件、超期未办 3 件、未报送 1 件；"
        "得 4.0/10 分，差 6.0 分：5 件没有按期，按期率 15/20 = 75.0%，"
        "目标 95% 得满分，不超过 60% 的不得分，未报送的按没有按期计",
        "没有评到的 4 分，不得分也不失分",
        "首次处置及时率（4 分）　不可测：该县台账无“到场时间”列，本指标不可测",
    ]


def test_small_numbers_bear_no_percentage_and_a_miss_within_the_goal_is_told() -> None:
    assert "按期率 1/3，目标" in part_told(replace(FEEDBACK, numerator=1, denominator=3, points=0.0))
    within = part_told(replace(FEEDBACK, numerator=19, denominator=20, late=1, overdue=0, unreported=0, points=10.0))
    assert within.endswith("得 10.0/10 分：按期率 19/20 = 95.0%，已达目标 95%")


def test_what_cannot_be_seen_is_told_beside_what_counts() -> None:
    half = part_told(replace(PATROL, points=3.0, assessed=3.0, reason_zh="另有 6 个月判断不了，如：缺列"))
    assert half.endswith("得 3.0/3 分（另有 6 个月判断不了，如：缺列；权重 6 分只计入 3 分）")
    lost = part_told(replace(FEEDBACK, points=1.5, assessed=7.5, reason_zh="缺列"))
    assert "得 1.5/7.5 分，差 6.0 分：5 件没有按期" in lost
    hidden = replace(LEFT, numerator=1, denominator=1)
    assert texts(SCORE, hidden)[-1].endswith("本指标不可测；看得见的按期 1/1，不计分")


def test_a_grid_of_which_nothing_can_be_said() -> None:
    nothing = replace(SCORE, score=None, geometric=None, finding="insufficient", finding_zh="可评分值 0", assessable=0)
    due = replace(LEFT, state="not_due", reason_zh="没有应办的")
    assert texts(nothing, due) == [
        "安化县（二级网格）　2026-10　评分卡第 1 版",
        "可评分值 0/100：一项也没有评到　结论 可评不足（可评分值 0）",
        "没有评到的 4 分，不得分也不失分",
        "首次处置及时率（4 分）　无应办",
    ]


def test_ranks_and_periods_are_called_what_they_are() -> None:
    assert "与其余各网格分不出先后" in texts(replace(SCORE, rank_low=1, rank_high=8))[4]
    assert "排第 3（" in texts(replace(SCORE, rank_low=3, rank_high=3))[4]
    assert texts(replace(SCORE, rank_low=None, rank_high=None))[4].startswith("不排名")
    assert "2026 年 1—10 月累计" in texts(replace(SCORE, period_kind="to_date"))[0]
    assert "　2026 年　" in texts(replace(SCORE, period_kind="year", period="2026"))[0]


@given(st.integers(1, 30), st.floats(0, 1))
def test_what_is_printed_as_got_and_as_lost_makes_the_weight_and_a_loss_never_looks_whole(
    weight: int, share: float
) -> None:
    told = part_told(replace(FEEDBACK, weight=weight, points=weight * share, assessed=float(weight)))
    got = float(re.search(r"得 ([\d.]+)/", told).group(1))  # type: ignore[union-attr]
    lost = re.search(r"差 ([\d.]+) 分", told)
    assert got + float(lost.group(1) if lost else 0) == round(float(weight), 1)
    if share < 0.99:
        assert lost is not None and float(lost.group(1)) > 0
