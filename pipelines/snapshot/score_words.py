"""A score in plain Chinese: what was owed, what was done, where each missing point came from, what was not assessed.

Pure: what is published in, lines out. Every line of lost points bears the months whose duties can be looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipelines.snapshot.score import FINDING_ZH, Part, Score
from pipelines.snapshot.standing import percent

_LEVEL_ZH = {1: "一级网格", 2: "二级网格", 3: "三级网格"}
_STATE_ZH = {
    "pending": "尚未到期",
    "undated": "没有时限",
    "not_measurable": "不可测",
    "void": "不纳入考核",
    "not_due": "无应办",
}


# A weight put together from shares of months is not short for a rounding.
_HAIR = 1e-9


@dataclass(frozen=True)
class Line:
    """A line of the explanation; part: the line of the card it speaks of, if any."""

    text: str
    part: Part | None = None


def explained(score: Score, parts: Sequence[Part]) -> list[Line]:
    """The whole explanation: head, groups with their lines, what was not assessed."""
    lines = [Line(text) for text in head(score, parts)]
    assessed = [part for part in parts if part.points is not None]
    for name, group in groupby(sorted(assessed, key=lambda part: _group_place(parts, part)), key=_group):
        of_group = list(group)
        lines.append(Line(f"{name}　得 {_sum(of_group)} 分"))
        lines += [Line(part_told(part), part) for part in of_group]
    left = [part for part in parts if part.points is None]
    if left:
        lines.append(Line(f"没有评到的 {_plain(sum(part.weight for part in left))} 分，不得分也不失分"))
        lines += [Line(f"{part.metric_zh}（{part.weight} 分）　{_left_out(part)}", part) for part in left]
    return lines


def head(score: Score, parts: Sequence[Part]) -> list[str]:
    """Score, finding, rank, each in a line."""
    what = f"{score.grid_name}（{_LEVEL_ZH[score.level]}）　{_period(score)}　评分卡第 {score.version} 版"
    if score.score is None:
        return [what, f"可评分值 0/100：一项也没有评到　结论 {FINDING_ZH[score.finding]}（{score.finding_zh}）"]
    points = _one_decimal(sum(part.points or 0.0 for part in parts), score.assessable)
    unseen = f"（不可测或说不清时限 {_plain(score.unseen)}）" if score.unseen else ""
    whole = (
        f"总分 {_one_decimal(score.score, 100)}　可评分值 {_plain(score.assessable)}/100{unseen}，其中得 {points} 分"
    )
    done = f"计入 {score.counted} 件，按期 {score.counted - score.missed} 件，没有按期 {score.missed} 件"
    geometric = f"各组几何平均 {_one_decimal(score.geometric or 0.0, 100)}"
    return [
        what,
        f"{whole}　{geometric}",
        done,
        f"结论 {FINDING_ZH[score.finding]}：{score.finding_zh}",
        _rank(score),
    ]


def part_told(part: Part) -> str:
    """What was owed and done, the points, and why some are missing."""
    counts = [f"按期 {part.numerator} 件"]
    counts += [
        f"{zh} {count} 件"
        for zh, count in (("超期办结", part.late), ("超期未办", part.overdue), ("未报送", part.unreported))
        if count
    ]
    owed = f"{part.metric_zh}（{part.weight} 分）　应办 {part.denominator} 件，{'、'.join(counts)}"
    told = f"{owed}；得 {_points(part)} 分"
    if part.points is not None and part.points < part.assessed - _HAIR:
        told += f"，差 {_lost(part)} 分：{_because(part)}"
    elif part.numerator < part.denominator:
        told += f"：按期率 {_rate(part)}，已达目标 {part.goal:.0%}"
    hidden = f"{part.reason_zh}" if part.reason_zh else ""
    if part.assessed < part.weight - _HAIR:
        hidden += f"；权重 {part.weight} 分只计入 {_plain(part.assessed)} 分"
    return f"{told}（{hidden.removeprefix('；')}）" if hidden else told


def _because(part: Part) -> str:
    missed = part.denominator - part.numerator
    nothing = f"不超过 {part.floor:.0%} 的不得分"
    silent = "，未报送的按没有按期计" if part.unreported else ""
    return f"{missed} 件没有按期，按期率 {_rate(part)}，目标 {part.goal:.0%} 得满分，{nothing}{silent}"


def _left_out(part: Part) -> str:
    state = _STATE_ZH[part.state]
    seen = f"；看得见的按期 {part.numerator}/{part.denominator}，不计分" if part.denominator else ""
    return state if part.state == "not_due" else f"{state}：{part.reason_zh}{seen}"


def _rank(score: Score) -> str:
    if score.rank_low is None or score.rank_high is None:
        return "不排名：没有结论、计入的件数太少、有一项说不清时限的太多，或没有可比的网格"
    among = f"同级可比的 {score.compared} 个网格中"
    if score.rank_low == score.rank_high:
        return f"{among}排第 {score.rank_low}（权重怎样定、件数的偶然都算在内）"
    whole = "，与其余各网格分不出先后" if (score.rank_low, score.rank_high) == (1, score.compared) else ""
    return f"{among}排在第 {score.rank_low}—{score.rank_high} 之间{whole}（权重怎样定、件数的偶然都算在内）"


def _period(score: Score) -> str:
    if score.period_kind == "to_date":
        return f"{score.period[:4]} 年 1—{int(score.period[5:])} 月累计"
    return score.period if score.period_kind == "month" else f"{score.period} 年"


def _rate(part: Part) -> str:
    """x/n, with a percentage where n allows one."""
    share = f"{part.numerator}/{part.denominator}"
    enough = part.denominator >= part.min_n
    return f"{share} = {percent(part.numerator / part.denominator)}" if enough else share


def _group(part: Part) -> str:
    return part.group_zh


def _group_place(parts: Sequence[Part], part: Part) -> int:
    """Where its group first stands on the card."""
    return next(number for number, other in enumerate(parts) if other.group_zh == part.group_zh)


def _sum(parts: Sequence[Part]) -> str:
    assessed = sum(part.assessed for part in parts)
    return f"{_one_decimal(sum(part.points or 0.0 for part in parts), assessed)}/{_plain(assessed)}"


def _points(part: Part) -> str:
    return f"{_one_decimal(part.points or 0.0, part.assessed)}/{_plain(part.assessed)}"


def _lost(part: Part) -> str:
    """What is printed as lost and what is printed as got make what was assessed."""
    return f"{float(_plain(part.assessed)) - float(_one_decimal(part.points or 0.0, part.assessed)):.1f}"


def _plain(weight: float) -> str:
    """A weight without decimals where it is whole."""
    return f"{weight:.1f}".removesuffix(".0")


def _one_decimal(value: float, whole: float) -> str:
    """One decimal, and never the whole where a part of it is missing."""
    return f"{whole - 0.1 if value < whole - 1e-9 and round(value, 1) >= whole else value:.1f}"
