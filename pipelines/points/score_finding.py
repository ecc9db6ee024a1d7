"""The finding of a score: against goals, not against others or their mean, and never by a single duty alone."""

from __future__ import annotations

import numpy as np

from pipelines.points.score_board import Board, Bools, Grouped
from pipelines.statistics.inputs import Floats

# A rate on its line is not below it for a rounding.
_HAIR = 1e-9


def findings(board: Board, groups: Grouped, score: Floats, assessable: Floats) -> list[tuple[str, str]]:
    """attained, watch, failed or insufficient, and because of what."""
    lines = board.lines
    enough = lines["failed_misses"]
    poor_group = (groups.share < lines["failed_below"] - _HAIR) & (groups.missed >= enough)
    poor_whole = (score < 100 * lines["failed_below"] - _HAIR) & (groups.missed.sum(axis=1) >= enough)
    short_group = groups.share < lines["attained_at_least"] - _HAIR
    missed = board.asked - board.done
    poor_part = (board.done < lines["failed_below"] * board.asked - _HAIR) & (missed >= enough)
    poor_part &= board.asked >= lines["failed_metric_from"]
    # A part whose months cannot be seen stands in no group: what is seen of it must meet the groups' line.
    line = np.where(board.seen > 0, lines["failed_below"], lines["attained_at_least"])
    short_part = board.assessed & (board.share < line - _HAIR)
    undated = board.is_undated
    dark_weight = board.unseen
    unseen = dark_weight > lines["unseen_at_most"]
    failed, attained = f"{100 * lines['failed_below']:.0f}%", f"{100 * lines['attained_at_least']:.0f}%"
    failed_zh = (
        f"（得分率不到 {failed}、没有按期的有 {enough:.0f} 件以上，或一项应办满"
        f" {lines['failed_metric_from']:.0f} 件而按期率不到 {failed}，为未达标）"
    )
    watch_zh = f"（达标要每组得分率不低于 {attained}、每项不低于 {failed}）"
    found = []
    for unit in range(len(board.grids)):
        if assessable[unit] < lines["assessable_at_least"]:
            told = f"可评分值 {plain(assessable[unit])}，不到 {lines['assessable_at_least']:.0f}，不作结论"
            found.append(("insufficient", told))
        elif poor_group[unit].any() or poor_whole[unit] or poor_part[unit].any():
            whole = [f"总分 {score[unit]:.1f}"] if poor_whole[unit] else []
            told_groups = _group_told(groups, unit, poor_group[unit])
            because = "；".join([*whole, *told_groups, *_part_told(board, unit, poor_part[unit])])
            found.append(("failed", because + failed_zh))
        elif short_group[unit].any() or short_part[unit].any() or undated[unit].any() or unseen[unit]:
            parts = _part_told(board, unit, short_part[unit])
            dateless = [
                f"{board.metrics[part]}未定时限或时间矛盾 {board.undated[unit, part]} 件"
                for part in np.flatnonzero(undated[unit]).tolist()
            ]
            dark = [f"有 {plain(dark_weight[unit])} 分不可测或说不清时限"] if unseen[unit] else []
            because = "；".join([*_group_told(groups, unit, short_group[unit]), *parts, *dateless, *dark])
            found.append(("watch", because + watch_zh))
        else:
            found.append(("attained", "评到的各组、各项都达到目标线"))
    return found


def plain(weight: float) -> str:
    """A weight without decimals where it is whole."""
    return f"{weight:.1f}".removesuffix(".0")


def _part_told(board: Board, unit: int, which: Bools) -> list[str]:
    return [
        f"{board.metrics[part]} {board.done[unit, part]}/{board.asked[unit, part]}"
        for part in np.flatnonzero(which).tolist()
    ]


def _group_told(groups: Grouped, unit: int, which: Bools) -> list[str]:
    told = []
    for number in np.flatnonzero(which).tolist():
        share = f"{groups.names[number]}得分率 {100 * groups.share[unit, number]:.0f}%"
        told.append(f"{share}，没有按期 {groups.missed[unit, number]} 件")
    return told
