"""The verbs that explain a figure: trace, score, selfeval."""

from __future__ import annotations

import argparse

from pipelines.score import score_lines
from pipelines.self_evaluation_lines import self_evaluation_lines
from pipelines.settings import Settings, SettingsError, root_with_data
from pipelines.snapshot import open_snapshot
from pipelines.snapshot.walk import LEVELS
from pipelines.trace import place_named, trace_figure, trace_row
from pipelines.verbs import Add, command


def add_verbs(add: Add) -> None:
    """Add the verbs to the command line."""
    trace = add("trace", _trace, root_with_data, "数字 → 义务 → 行 → 单元格，或由行编号反查 (walk a figure or a row)")
    trace.add_argument("what", nargs="+", metavar="METRIC GRID MONTH | ROW_ID")
    trace.add_argument("--level", choices=LEVELS, help="只看哪一级承担的，缺省同页面 (who owes)")
    score = add("score", _score, root_with_data, "一个网格的得分：应办什么、办了什么、每一分失在哪里 (explain a score)")
    score.add_argument("grid", help="如 anhua、安化县、田庄乡")
    score.add_argument("period", help="如 2026-10 或 2026")
    score.add_argument("--to-date", action="store_true", help="1—N 月累计 (from January to that month)")
    year = add(
        "selfeval", _selfeval, root_with_data, "一个网格一年的自评与系统所算 (a grid's self-evaluation, computed)"
    )
    year.add_argument("grid", help="如 anhua、安化县、田庄乡")
    year.add_argument("year", type=int, help="自评年度，如 2025")


def _trace(settings: Settings, given: argparse.Namespace) -> int:
    snapshot = open_snapshot(settings.published)
    if len(given.what) == 1:
        lines = trace_row(snapshot, given.what[0])
    elif len(given.what) == 3:
        metric_id, grid, month = given.what
        lines = trace_figure(snapshot, metric_id, grid, month, given.level)
    else:
        raise SettingsError("trace 要么给一个行号，要么给 指标 网格 月份 (one ROW_ID, or METRIC GRID MONTH)")
    for line in lines:
        print(line)
    return 0


def _score(settings: Settings, given: argparse.Namespace) -> int:
    snapshot = open_snapshot(settings.published)
    trace = command(settings, "trace {what}")
    for line in score_lines(snapshot, given.grid, given.period, is_to_date=given.to_date, command=trace):
        print(line)
    return 0


def _selfeval(settings: Settings, given: argparse.Namespace) -> int:
    snapshot = open_snapshot(settings.published)
    for line in self_evaluation_lines(snapshot, place_named(snapshot, given.grid), given.year):
        print(line)
    return 0
