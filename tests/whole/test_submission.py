"""Sending and columns from file to walk: status and summary tell what is odd, trace leads from figure to file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from deliveries import deliver
from foreign import build

from pipelines.snapshot import Snapshot, open_snapshot
from pipelines.status import status
from pipelines.summary import summary
from pipelines.trace import trace_figure, trace_row

HEADER = ["巡查编号", "所属网格", "实施网格", "开始时间", "巡查人员", "发现问题数"]
ROW = ["1", "田庄乡", "田庄乡", "2026-09-08 09:00", "示例甲", "0"]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """September in time; October late, without 发现问题数, with a row of September in it."""
    root = tmp_path_factory.mktemp("submission")
    deliver(root, "2026-09/anhua/九月.csv", [HEADER, ROW], "2026-10-03 10:00")
    later = [HEADER[:-1], ["2", *ROW[1:-1]], ["3", "田庄乡", "田庄乡", "2026-10-09 09:00", "示例甲"]]
    deliver(root, "2026-10/anhua/十月.csv", later, "2026-11-06 10:00")
    build(root, datetime(2026, 11, 20, 9, 0))
    return open_snapshot(root / "data/published")


def test_status_and_summary_tell_what_is_odd_about_a_whole_file(snapshot: Snapshot, tmp_path: Path) -> None:
    lines = [line.strip() for line in status(snapshot) if line.strip().startswith("提示 巡查记录")]
    assert lines[0].startswith("提示 巡查记录：“发现问题数”列上一次还有（2026-09/anhua/九月.csv），本件没有了 → 请核对")
    assert lines[1].startswith("提示 巡查记录：有 1 行的日期不在 2026-10：2026-09 1 行；各行按其日期计入 → 请核对")
    assert len(lines) == 2
    assert "整件提示 file warnings: 1 个文件 2 处，见 gp status" in list(summary(snapshot, "http://示例", "gp status"))


def test_a_figure_of_sending_leads_to_the_file_that_met_it(snapshot: Snapshot) -> None:
    text = "\n".join(trace_figure(snapshot, "export_submission", "安化县", "2026-10"))
    assert "按期 1 / 应办 2" in text
    assert "事项 巡查记录　2026-09" in text
    assert "来源 2026-09/anhua/九月.csv　工作表 （CSV）　第 1 行（表头）" in text
    assert "没有来源行：义务由网格名录或报送要求产生，无台账行可履行" in text  # the problem ledger that never came


def test_a_missing_column_names_itself_and_its_file_and_the_header_row_leads_back(snapshot: Snapshot) -> None:
    text = "\n".join(trace_figure(snapshot, "字段填报率", "anhua", "2026-11"))
    # the three lacking beside it are asked for by other metrics: 巡查类型, 录入时间, 巡查点位
    assert "按期 3 / 应办 7" in text
    assert "事项 巡查记录“发现问题数”　2026-10" in text
    assert "表头无“发现问题数”列（2026-10/anhua/十月.csv）" in text
    (row,) = snapshot.ask_unscoped(
        "select met_row_id from published.obligation where obligation_id = 'export_submission/anhua/2026-09/patrol'"
    )
    back = "\n".join(trace_row(snapshot, row["met_row_id"]))
    assert "履行　数据报送及时率　按期办结　安化县　export_submission/anhua/2026-09/patrol" in back
    assert "计入 数据报送及时率 益阳市 2026-10 各级合计：1 / 16" in back
