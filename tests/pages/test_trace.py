"""What `trace` prints, both ways, and what it says of names it does not know."""

from __future__ import annotations

import re

import pytest
from tiny_rows import BLIND_TOLD, BLIND_TOWN

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.walk import obligations
from pipelines.trace import trace_figure, trace_row


def test_a_figure_down_to_its_cells(snapshot: Snapshot) -> None:
    text = "\n".join(trace_figure(snapshot, "按期整改率", "安化县", "2026-10"))
    assert "按期 4 / 应办 7　目标 95%" in text
    assert "%　" not in text.split("目标")[0]  # fewer than ten: no percentage
    assert "超期未办结 2" in text
    assert text.count("\n[") == 12
    assert "经办人 = 王示例" in text
    assert "文件摘要 (sha256) " in text
    assert "第 11 行" in text


def test_a_percentage_from_ten_on(snapshot: Snapshot) -> None:
    assert "按期 10 / 应办 13 = 76.9%　目标 95%" in "\n".join(
        trace_figure(snapshot, "rectification", "city", "2026-10")
    )


def test_a_level_of_its_own(snapshot: Snapshot) -> None:
    lines = list(trace_figure(snapshot, "rectification", "city", "2026-10", "3"))
    assert lines[0] == "按期整改率　益阳市　2026-10　三级网格"
    assert sum(line.startswith("[") for line in lines) == 2


def test_a_duty_nobody_met_shows_the_patrols_that_do_not_count(snapshot: Snapshot) -> None:
    text = "\n".join(trace_figure(snapshot, "patrol_coverage", "江南镇", "2026-10"))
    assert "到期日在岗人 不明（名册未报）" in text
    assert "没有来源行" in text
    assert "    未计入的巡查　江南镇　2026-10-07" in text
    assert "    退回待核 1 行，改好重报后才能计入" in text
    assert text.count("2026-13-40") == 1  # said beside the duty, not again at the end
    assert "2026-13-41" not in text  # mended


def test_no_duties(snapshot: Snapshot) -> None:
    assert list(trace_figure(snapshot, "rectification", "修山镇", "2026-10"))[-1].startswith("无应办")


def test_a_grid_that_cannot_be_judged_is_not_called_idle(snapshot: Snapshot) -> None:
    text = "\n".join(trace_figure(snapshot, "patrol_coverage", BLIND_TOWN, "2026-09"))
    assert f"不可测：{BLIND_TOLD}" in text
    assert "请先报责任人员名册，列明网格员；或在台账写明实施网格" in text
    assert "无应办" not in text


def test_grids_that_cannot_be_judged_are_named_beside_the_figure(snapshot: Snapshot) -> None:
    lines = list(trace_figure(snapshot, "patrol_coverage", "city", "2026-10"))
    assert "另有 2 个网格不可测：朝阳街道、谢林港镇" in lines
    assert f"    缘由：{BLIND_TOLD}" in lines


def test_the_walk_is_told_in_chinese(snapshot: Snapshot) -> None:
    """Codes, file names and what stands in brackets aside, no line holds an English word."""
    for grid, month in (("江南镇", "2026-10"), ("安化县", "2026-10"), ("高新区", "2026-10")):
        for metric in ("patrol_coverage", "rectification"):
            for line in trace_figure(snapshot, metric, grid, month):
                told = re.sub(r"\([^)]*\)|\S*[/!]\S*|发布编号 \S+|[0-9a-f]{64}|= .*|事项 .*", "", line)
                assert not re.search(r"[A-Za-z]{2,}", told), line


def test_a_row_up_to_its_figures(snapshot: Snapshot) -> None:
    found = obligations(snapshot, Scope(), "rectification", "anhua", "2026-10", "2", "late")
    text = "\n".join(trace_row(snapshot, found[0].duty_row_id))
    assert "形成并履行　按期整改率　超期办结　安化县　rectification/anhua/A2/r1" in text
    assert "计入 按期整改率 益阳市 2026-10 各级合计：10 / 13" in text
    assert "更正　anhua/A2　整改完成时间：（空） → 2026-10-15" in text


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (("coverage", "city", "2026-10"), r"没有这个指标：'coverage'；现有 patrol_coverage"),
        (("rectification", "安化市", "2026-10"), r"没有这个网格：'安化市'；是否为 安化县（anhua）"),
        (("rectification", "", "2026-10"), r"应为网格编号或中文名"),
        (("rectification", "city", "2026-13"), r"没有这个月份：'2026-13'；现有 2026-09"),
        (("rectification", "city", "2026-10", "4"), r"级别应为 1、2、3、all 之一，现为 '4'"),
    ],
)
def test_unknown_names_say_what_is_known(snapshot: Snapshot, values: tuple[str, ...], says: str) -> None:
    with pytest.raises(LookupError, match=says):
        trace_figure(snapshot, *values)


def test_an_unknown_row_is_a_lookup_error(snapshot: Snapshot) -> None:
    with pytest.raises(LookupError, match="没有这一行"):
        trace_row(snapshot, "nothing")
