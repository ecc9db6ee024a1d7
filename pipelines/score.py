"""Prints a grid's score and its explanation, each lost point with the command that shows its duties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.fixed import FixedScore, fixed_scores
from pipelines.snapshot.score import FINDING_ZH, Part, Score, parts, periods, score
from pipelines.snapshot.score_words import explained
from pipelines.snapshot.standing import Place
from pipelines.trace import UnknownNameError, place_named
from pipelines.trace_lines import moment

_MONTH = re.compile(r"\d{4}-\d{2}")
# Of so many months is the command printed; the others are named.
_SHOWN = 3


def score_lines(snapshot: Snapshot, grid: str, period: str, *, is_to_date: bool, command: str) -> Iterator[str]:
    """Lines of one grid's score. period: a month, or a year; is_to_date: from January to that month.

    command: how `trace` is called from here, {what} for its arguments.
    Raises trace.UnknownNameError before the first line.
    """
    place = place_named(snapshot, grid)
    kind = "year" if not _MONTH.fullmatch(period) else "to_date" if is_to_date else "month"
    found = score(snapshot, Scope(), place.grid_id, kind, period)
    if found is None:
        known = "、".join(periods(snapshot)) or "（无）"
        raise UnknownNameError(
            f"{place.name} {period} 没有得分：一、二、三级网格在其期间里有得分，现有 {known} (no score of this period)"
        )
    fixed = fixed_scores(snapshot, Scope(), place.grid_id, kind, period)
    return _lines(snapshot, found, parts(snapshot, Scope(), place.grid_id, kind, period), place, command, fixed)


def _lines(
    snapshot: Snapshot,
    found: Score,
    lines: Sequence[Part],
    place: Place,
    command: str,
    fixed: Sequence[FixedScore],
) -> Iterator[str]:
    pointer = snapshot.pointer
    yield f"发布编号 {pointer.build_id}　计算时点 {moment(pointer.as_of)}{'　演示数据' if pointer.is_demo else ''}"
    if found.period in (f"{pointer.as_of:%Y-%m}", f"{pointer.as_of:%Y}"):
        yield "期间未完：算到计算时点，尚未到期的不计"
    yield from map(_fixed, fixed)
    for line in explained(found, lines):
        yield f"  {line.text}" if line.part else line.text
        if line.part and line.part.points is not None and line.part.points < line.part.assessed - 1e-9:
            yield from (f"      {text}" for text in _commands(line.part, place, command))


def _fixed(one: FixedScore) -> str:
    """What was fixed, and beside it what later files would make of it; the lines below are of the present build."""
    later = ""
    if one.is_changed:
        finding = FINDING_ZH.get(one.new_finding, "无得分")
        later = f"；数据更正后为 {_points(one.new_score)}、结论 {finding}（{one.cause_zh}）"
    told = f"已固化 {one.stage_zh}（计算时点 {moment(one.as_of)}）"
    return f"{told}：总分 {_points(one.score)}、结论 {FINDING_ZH[one.finding]}{later}；以下按本次发布计算"


def _points(score: float | None) -> str:
    return "（没有评到）" if score is None else f"{score:.1f}"


def _commands(part: Part, place: Place, command: str) -> Iterator[str]:
    for month in part.missed_months[:_SHOWN]:
        what = f"{part.metric_id} {place.grid_id} {month} --level {place.level}"
        yield f"逐件看：{command.replace('{what}', what)}"
    if len(part.missed_months) > _SHOWN:
        yield f"还有 {'、'.join(part.missed_months[_SHOWN:])}，同样可看"
