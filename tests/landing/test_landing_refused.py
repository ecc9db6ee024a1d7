"""Sheets that are no table: what goes back, and what it says."""

from __future__ import annotations

import zipfile

import duckdb
import pytest
import xlsxwriter
from landing_files import (
    PATROL,
    PROBLEM,
    contracts,
    csv_bytes,
    patrol_row,
    patrol_rows,
    put,
    query,
    take_in,
    workbook,
)

from pipelines.landing.delimited import SHEET_NAME
from pipelines.landing.recognise import recognise
from pipelines.landing.sheet import Sheet
from pipelines.settings import Limits, Settings

Connection = duckdb.DuckDBPyConnection


def test_sheets_that_are_no_table_go_back_with_the_reason(con: Connection, settings: Settings) -> None:
    sheets = {"巡查": patrol_rows(1), "台账": [["说明"], ["问题编号", "镇名", "发现时间"], ["1", "梅城镇", "5月1日"]]}
    workbook(settings.raw / "2026-05/anhua/两张.xlsx", sheets)
    put(settings, "2026-05/anhua/别的.csv", csv_bytes([["年", "产值", "增速"], ["2025", "1", "2"]]))
    take_in(con, settings)
    states = query(con, "select state, reason_zh, mend_zh from raw.content order by state")
    assert [state for state, _, _ in states] == ["partial", "refused"]
    assert states[0][1] == (
        "工作表“台账”未认出是哪张表：第 2 行的表头为 问题编号、镇名、发现时间；最接近“问题台账”，缺少 “所属网格”"
    )
    assert "请补上 “所属网格” 列" in states[0][2]
    assert states[1][1].startswith("未认出是哪张表：第 1 行的表头为 年、产值、增速，无一相符")
    rejected = query(
        con,
        "select sheet_name, count(*) from raw.source_row where kind = 'body' and table_name = '' group by 1 order by 1",
    )
    assert rejected == [("csv", 1), ("台账", 1)]  # what is told as their header is none of their rows
    assert query(con, "select found from raw.sheet where table_name = '' order by sheet_name") == [(1,), (1,)]


def test_prose_alone_is_refused_and_counts_nothing(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/说明.csv", "本月无\n请知悉,谢谢\n".encode())
    assert take_in(con, settings).refused == 1
    assert query(con, "select distinct kind from raw.source_row") == [("note",)]
    assert query(con, "select found from raw.sheet") == [(0,)]


def test_a_header_without_rows_is_a_delivery(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes([PROBLEM]))
    assert take_in(con, settings).refused == 0
    assert query(con, "select table_name, found from raw.sheet") == [("problem", 0)]


def test_what_stands_above_a_header_nearly_known_is_not_sent_back(con: Connection, settings: Settings) -> None:
    rows = [
        ["安化县问题台账"],
        ["填报单位：示例", "", "2026年5月"],
        ["问题编号", "情况", "发现时间", "时限", "完成"],
        ["1", "示例", "5月1日", "5月9日", ""],
        ["2", "示例", "5月2日", "5月9日", ""],
    ]
    put(settings, "2026-05/anhua/a.csv", csv_bytes(rows))
    take_in(con, settings)
    assert query(con, "select row_number, kind from raw.source_row order by 1") == [
        (1, "title"), (2, "title"), (3, "header"), (4, "body"), (5, "body")
    ]  # fmt: skip
    assert query(con, "select found from raw.sheet") == [(2,)]


def test_a_row_as_wide_as_the_header_above_it_is_sent_back_too(con: Connection, settings: Settings) -> None:
    rows = [["1", "示例", "5月1日"], ["2", "示例", "5月2日"], ["问题编号", "情况", "发现时间"], ["3", "示例", "5月3日"]]
    put(settings, "2026-05/anhua/a.csv", csv_bytes(rows))
    take_in(con, settings)
    assert query(con, "select kind from raw.source_row order by row_number") == [
        ("body",), ("body",), ("header",), ("body",)
    ]  # fmt: skip


SUM = ["合计", "4次", "", "0"]
SIGNED = ["审核人：示例甲    填表人：示例乙"]
SIGNED_APART = ["审核人：示例甲", "", "填表人：", "示例乙"]


@pytest.mark.parametrize(
    "header",
    [
        ["地名", "巡查时间", "巡查人员", "问题数"],  # a day is known, which the sum fills
        ["巡查时间", "地名", "巡查人员", "问题数"],  # a day is known, which the names fill
        ["地名", "什么时候", "谁去的", "发现几个"],
        None,
    ],
)
def test_a_footer_is_none_of_the_rows_of_a_sheet_nobody_knows(header: list[str] | None) -> None:
    body = [["东坪镇", f"2026-10-0{day}", "示例甲", "0"] for day in range(1, 5)]
    rows = [*([header] if header else []), *body, SUM, SIGNED, SIGNED_APART]
    part = recognise(Sheet(SHEET_NAME, False, list(enumerate(rows, 1)), ()), contracts(), None, Limits())
    assert part.table is None
    assert [part.kinds.get(number, "body") for number in range(1, len(rows) + 1)] == [
        *(["header"] if header else []), *["body"] * 4, *["footnote"] * 3
    ]  # fmt: skip


def test_what_begins_like_a_footer_among_others_is_sent_back() -> None:
    rows = [
        ["事项", "巡查时间", "巡查人员", "问题数"],
        ["审批手续不全", "2026-10-01", "示例甲", ""],
        ["合计", "2026-10-01", "示例甲", "3"],
        ["合计一号井", "2026-10-01", "", ""],
    ]
    part = recognise(Sheet(SHEET_NAME, False, list(enumerate(rows, 1)), ()), contracts(), None, Limits())
    assert part.table is None
    assert part.kinds == {1: "header", 3: "footnote"}


def test_a_header_of_two_rows_nearly_known_is_header_in_both(con: Connection, settings: Settings) -> None:
    rows = [
        ["台账"],
        ["号码", "所属网格", "发现", "", "其他"],
        ["", "", "时间", "方式", "情况"],
        ["1", "田庄乡", "5月1日", "巡查", "示例"],
    ]
    put(settings, "2026-05/anhua/a.csv", csv_bytes(rows))
    take_in(con, settings)
    assert query(con, "select kind from raw.source_row order by row_number") == [
        ("title",), ("header",), ("header",), ("body",)
    ]  # fmt: skip


def test_two_sheets_of_one_name_are_refused(con: Connection, settings: Settings) -> None:
    path = workbook(settings.raw / "2026-05/anhua/a.xlsx", {"甲": patrol_rows(1), "乙": patrol_rows(2)})
    with zipfile.ZipFile(path) as source:
        parts = {part.filename: source.read(part) for part in source.infolist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("乙".encode(), "甲".encode())
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert take_in(con, settings).refused == 1
    assert query(con, "select reason_zh from raw.content") == [("有两张同名的工作表，其中的行无法区分",)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("日期 地方 检查人 检查企业 问题个数", "；最接近“巡查记录”，缺少 “所属网格”"),
        ("序号 地点 查处日期 检查人 检查企业 问题个数", "；最接近“巡查记录”，缺少 “所属网格”"),
        (
            "序号 属地乡镇 查处日期 存在问题 限期整改 批准人 批准日期 办结情况",
            "；最接近“问题台账”，缺少 “问题编号”",
        ),
        (
            "姓名 单位 问责情况 备注",
            "；看不准是哪张表，可能是：“责任人员”，缺少 “岗位”；“问责台账”，缺少 “问责事由”、“问责日期”；"
            "“网格管理记录”，缺少 “管理事项”、“开展日期”",
        ),
        (
            "镇村 检查日期 天气 车辆 里程 备注",
            "；看不准是哪张表，可能是：“巡查记录”，缺少 “所属网格”；“问题台账”，缺少 “问题编号”、“所属网格”",
        ),
    ],
)
def test_what_a_sheet_is_most_like_and_what_that_table_lacks(line: str, told: str) -> None:
    part = recognise(Sheet(SHEET_NAME, False, [(1, line.split())], ()), contracts(), None, Limits())
    assert part.table is None
    assert part.reason_zh.endswith(told)
    assert part.mend_zh.startswith("请核对这是哪张表" if "看不准" in told else "请补上 “")


def test_hidden_sheets_and_unused_columns_are_noted(con: Connection, settings: Settings) -> None:
    path = settings.raw / "2026-05/anhua/a.xlsx"
    path.parent.mkdir(parents=True)
    book = xlsxwriter.Workbook(str(path))
    for name, header in (("巡查", [*PATROL, "天气"]), ("旧", PATROL)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, patrol_row(1))
    sheet.hide()
    book.close()
    take_in(con, settings)
    assert query(con, "select sheet_name, is_hidden, unused from raw.sheet order by all") == [
        ("巡查", False, ["天气"]), ("旧", True, [])
    ]  # fmt: skip
