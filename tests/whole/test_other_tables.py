"""Files as counties send them, of every table beyond the five: landed, accounted for, published, names covered."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from roots import build

from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.mask import Mask

FILES = {
    "重点点位.csv": [
        ["安化县重点点位清单"],
        ["序号", "企业名称", "行业类别", "乡镇", "检查频次", "列管日期"],
        ["1", "示例化工厂", "企业", "田庄乡", "每季度不少于1次", "2026/1/1"],
        ["2", "示例养殖场", "规模养殖场", "梅城镇", "2次/月", ""],
        ["合计", "2家", "", "", "", ""],
    ],
    "自评.csv": [
        ["单位", "年度", "评价内容", "标准分", "自评分", "扣分原因", "整改措施", "责任人", "完成时限", "上报时间"],
        ["田庄乡", "2025年", "日常巡查", "20", "18", "夜查少", "增加夜查", "赵示例", "2026年6月底前", "2026-01-20"],
        ["梅城镇", "2025年", "", "", "", "", "", "", "", "2026-01-25"],
    ],
    "复核.csv": [
        ["巡查编号", "乡镇", "抽样方式", "核查日期", "核查人", "核查结果"],
        ["7", "田庄乡", "随机抽取", "2026.10.20", "钱示例、孙示例", "部分属实"],
    ],
    "计划.csv": [
        ["乡镇", "月份", "计划巡查次数", "重点时段", "开始日期", "结束日期", "文号", "印发日期"],
        ["田庄乡", "2026年10月", "6", "", "", "", "", ""],
        ["田庄乡", "2026年10月", "3", "国庆", "2026-10-01", "2026-10-07", "益环网〔2026〕5号", "2026-09-25"],
    ],
    "例会.csv": [
        ["单位", "记录类型", "会议时间", "会议主题", "纪要编号"],
        ["安化县", "例会", "2026年10月9日", "示例例会", "纪要〔2026〕9号"],
    ],
    "问责.csv": [
        ["姓名", "单位", "岗位", "问责原因", "处理时间", "处理结果", "文号"],
        ["李示例", "田庄乡", "网格员", "李示例未按要求巡查", "2026-10-15", "约谈", ""],
    ],
    "月报.csv": [
        ["安化县10月网格化巡查月报"],
        ["乡镇", "人次", "家次", "问题数", "办结数"],
        ["田庄乡", "4", "3", "2", "1"],
        ["无此乡", "4", "3", "2", "1"],
        ["合计", "8", "6", "4", "2"],
    ],
    "登记表.csv": [
        ["编码", "名称", "级别", "上级网格", "生效日期", "定区域", "定区域日期"],
        ["430923209", "田庄乡", "三级", "安化县", "2026-01-01", "田发〔2026〕1号", "2026-01-10"],
    ],
}
PUBLISHED = (
    "site", "five_fixed", "self_evaluation", "backcheck", "patrol_plan", "grid_record", "accountability",
    "monthly_summary",
)  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    root = tmp_path_factory.mktemp("other_tables")
    deliver(root / "data/raw/2026-10/anhua")
    build(root)
    opened = open_snapshot(root / "data/published")
    yield opened
    opened.close()


def deliver(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, rows in FILES.items():
        with (folder / name).open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(rows)
    receipts = "".join(f"{name},2026-11-02 09:00\n" for name in FILES)
    (folder / "_receipts.csv").write_text("file,received_at\n" + receipts, "utf-8")


def test_each_file_is_taken_for_what_it_is_and_every_row_is_accounted_for(snapshot: Snapshot) -> None:
    rows = snapshot.ask_unscoped(
        "select s.table_name, s.table_zh, f.state, s.found, s.accepted, s.rejected, s.identical"
        " from published.submission as s join published.source_file as f on f.file_id = s.file_id"
    )
    assert {row["table_name"]: (row["found"], row["accepted"], row["rejected"]) for row in rows} == {
        "site": (2, 2, 0), "self_evaluation": (2, 2, 0), "backcheck": (1, 1, 0), "patrol_plan": (2, 2, 0),
        "grid_record": (1, 1, 0), "accountability": (1, 1, 0), "monthly_summary": (2, 1, 1), "grid": (1, 1, 0),
    }  # fmt: skip
    assert {row["state"] for row in rows} == {"landed"}
    assert all(row["found"] == row["accepted"] + row["rejected"] + row["identical"] for row in rows)
    assert "未识别" not in {row["table_zh"] for row in rows}


@pytest.mark.parametrize("table", PUBLISHED)
def test_every_published_row_goes_back_to_its_row(snapshot: Snapshot, table: str) -> None:
    rows = snapshot.ask_unscoped(
        f"select t.row_id, t.absent_in_latest, s.kind from published.{table} as t"
        " left join published.source_row as s on s.row_id = t.row_id"
    )
    assert rows
    assert {(row["kind"], row["absent_in_latest"]) for row in rows} == {("body", False)}


def test_what_the_sites_say(snapshot: Snapshot) -> None:
    rows = snapshot.ask_unscoped("select name, visits_per, cycle, valid_from from published.site order by visits_per")
    assert rows == [
        {"name": "示例化工厂", "visits_per": 1, "cycle": "quarter", "valid_from": date(2026, 1, 1)},
        {"name": "示例养殖场", "visits_per": 2, "cycle": "month", "valid_from": None},
    ]


def test_every_person_of_these_tables_is_covered(snapshot: Snapshot) -> None:
    mask = Mask(snapshot, Scope("anhua", see_names=False))
    text = "李示例未按要求巡查，钱示例、孙示例复核，赵示例负责改进"
    assert mask.text(text) == "李*未按要求巡查，钱*、孙*复核，赵*负责改进"
    assert mask.cell("问责对象", "周示例") == "周*"
    for heading in ("被问责人", "复核人", "改进责任人"):
        assert mask.cell(heading, "周示例") == "周*"
