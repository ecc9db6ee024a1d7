"""A fixed month says so on every page of its figures, and a figure stands beside the one that was fixed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from page_text import Visit, html

RELEASE = (
    "insert into published.release (period, stage, fixed_at, as_of, known_at, build_id, state, reason_zh, restated_to)"
    " values ('2026-10', 'final', '2026-11-17', '2026-11-16 23:59:59', '2026-11-16 23:59:59', 'b', ?, ?, '2026-11-20')"
)
VALUE = (
    "insert into published.release_value (period, stage, metric_id, grid_id, owner_level, period_kind, on_time, due)"
    " values ('2026-10', 'final', 'rectification', 'anhua', 'all', 'month', 7, 9)"
)
CHANGE = (
    "insert into published.restatement (period, stage, metric_id, grid_id, owner_level, period_kind, field, old, new,"
    " cause_zh) values ('2026-10', 'final', 'rectification', 'anhua', 'all', 'month', 'on_time', 7, 6, '安化县的文件')"
)


@pytest.fixture
def fixed_root(root: Path, tmp_path: Path) -> Path:
    """The tiny snapshot with nothing fixed yet, to be written to."""
    copy = tmp_path / "root"
    shutil.copytree(root, copy)
    return copy


def write(root: Path, *statements: tuple[str, list[str]]) -> None:
    published = root / "data" / "published"
    file = published / json.loads((published / "current.json").read_text("utf-8"))["file"]
    file.chmod(0o644)
    with duckdb.connect(str(file)) as con:
        for statement, values in statements:
            con.execute(statement, values or None)


def test_a_fixed_month_says_so_and_shows_the_fixed_figure_beside(visit: Visit, fixed_root: Path) -> None:
    write(fixed_root, (RELEASE, ["intact", ""]), (VALUE, []), (CHANGE, []))
    for page in ("overview", "grid", "timeliness", "coverage"):
        shown = html(visit(page, fixed_root, month="2026-10", county="anhua"))
        assert "2026年10月的最终数已固化（计算时点 2026-11-16 23:59）" in shown
        assert "已引起数据更正（截至 2026-11-20 00:00）" in shown
    shown = html(visit("obligations", fixed_root, month="2026-10", county="anhua", metric="rectification", level="all"))
    assert "已固化 最终数（计算时点 2026-11-16 23:59）：按期 7 / 应办 9" in shown
    assert "按期 7 → 6" in shown and "缘由：安化县的文件" in shown


def test_other_months_say_nothing(visit: Visit, fixed_root: Path) -> None:
    write(fixed_root, (RELEASE, ["intact", ""]))
    shown = html(visit("overview", fixed_root, month="2026-09"))
    assert "已固化" not in shown
    assert "尚未固化" in shown


def test_a_damaged_one_is_told(visit: Visit, fixed_root: Path) -> None:
    write(fixed_root, (RELEASE, ["damaged", "2026-10 最终数：文件不见了"]))
    shown = html(visit("overview", fixed_root, month="2026-10"))
    assert "2026-10 最终数：文件不见了" in shown and "已固化" not in shown
