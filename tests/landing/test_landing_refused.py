"""Sheets that are no table: what goes back, and what it says."""

from __future__ import annotations

import duckdb
from landing_files import (
    PROBLEM,
    csv_bytes,
    patrol_rows,
    put,
    query,
    take_in,
    workbook,
)

from pipelines.settings import Settings

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
    assert states[1][1].startswith("工作表“csv”未认出是哪张表：第 1 行的表头为 年、产值、增速，无一相符")
    rejected = query(
        con,
        "select sheet_name, count(*) from raw.source_row where kind = 'body' and table_name = '' group by 1 order by 1",
    )
    assert rejected == [("csv", 2), ("台账", 3)]
    assert query(con, "select found from raw.sheet where table_name = '' order by sheet_name") == [(2,), (3,)]


def test_prose_alone_is_refused_and_counts_nothing(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/说明.csv", "本月无\n请知悉,谢谢\n".encode())
    assert take_in(con, settings).refused == 1
    assert query(con, "select distinct kind from raw.source_row") == [("note",)]
    assert query(con, "select found from raw.sheet") == [(0,)]


def test_a_header_without_rows_is_a_delivery(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes([PROBLEM]))
    assert take_in(con, settings).refused == 0
    assert query(con, "select table_name, found from raw.sheet") == [("problem", 0)]
