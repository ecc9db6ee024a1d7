"""Sheets of which the receipt says that they are no ledgers: prose, and the file stands as if they were."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest
from landing_files import NOW, csv_bytes, look, patrol_rows, put, query, take_in, workbook

from pipelines.settings import Settings

Connection = duckdb.DuckDBPyConnection
PHONES = [["姓名", "手机", "QQ"], ["张示例", "13800000001", "10001"], ["李示例", "13800000002", "10002"]]
BOOK = "2026-05/anhua/五月.xlsx"
REGISTER = "2026-05/anhua/_receipts.csv"


def deliver(settings: Settings, **more: list[list[str]]) -> None:
    workbook(settings.raw / BOOK, {"巡查": patrol_rows(2), "通讯录": PHONES, **more})


def register(settings: Settings, line: str, header: str = "文件,收到时间,不是台账的工作表") -> None:
    put(settings, REGISTER, f"{header}\n{line}\n".encode())


def state(con: Connection) -> list[tuple[object, ...]]:
    return query(con, "select state, coalesce(reason_zh, '') from raw.content")


def test_a_named_sheet_is_prose_and_all_its_rows_stay(con: Connection, settings: Settings) -> None:
    deliver(settings)
    take_in(con, settings)
    ((before, reason),) = state(con)
    ((mend,),) = query(con, "select mend_zh from raw.content")
    assert (before, reason.split("：")[0]) == ("partial", "工作表“通讯录”未认出是哪张表")
    assert mend.endswith("；不是台账的，请收件人在 _receipts.csv 的“不是台账的工作表”一列写明")
    register(settings, "五月.xlsx,2026-06-01 09:00,通讯录")
    report = take_in(con, settings)
    assert (report.landed, report.misplaced) == (1, ())
    assert state(con) == [("landed", "")]
    assert query(con, "select sheet_name, table_name, found, is_no_ledger from raw.sheet order by 1") == [
        ("巡查", "patrol", 2, False), ("通讯录", "", 0, True)
    ]  # fmt: skip
    kinds = "select row_number, kind from raw.source_row where sheet_name = '通讯录' order by 1"
    assert query(con, kinds) == [(1, "note"), (2, "note"), (3, "note")]
    ((sha256,),) = query(con, "select sha256 from raw.delivery")
    cells = con.execute(
        "select columns('^c[0-9]+$') from read_parquet(?) where sheet_name = '通讯录'",
        [str(settings.row_files / f"{sha256}.parquet")],
    ).fetchall()
    assert [[cell for cell in row if cell is not None] for row in cells] == PHONES
    assert take_in(con, settings).landed == 0
    register(settings, "五月.xlsx,2026-06-01 09:00,")
    assert take_in(con, settings).landed == 1
    assert state(con)[0][0] == "partial"


@pytest.mark.parametrize(
    ("header", "line"),
    [("文件,收到时间,不是台账的工作表", "五月.xlsx,,通讯录、封面"), ("file,not_ledgers", "五月.xlsx,通讯录;封面"),
     ("file,received_at,not_ledgers", "五月.xlsx,,封面； 通讯录 "),
     ("文件名,not_ledgers,收到时间", "五月.xlsx,通讯录、封面")],
)  # fmt: skip
def test_without_a_moment_the_first_sight_counts(con: Connection, settings: Settings, header: str, line: str) -> None:
    deliver(settings, 封面=[["甲", "乙", "丙"], ["1", "2", "3"]])
    register(settings, line, header)
    assert take_in(con, settings).misplaced == ()
    assert state(con) == [("landed", "")]
    (one,) = look(settings).received
    assert (one.received_at, one.received_basis) == (NOW.replace(second=0), "first_sight")


def test_of_several_lines_each_column_counts_where_it_is_filled(con: Connection, settings: Settings) -> None:
    deliver(settings)
    register(settings, "五月.xlsx,2026-06-01 09:00,\n五月.xlsx,,通讯录")
    take_in(con, settings)
    assert state(con) == [("landed", "")]
    assert [one.received_at for one in look(settings).received] == [datetime(2026, 6, 1, 9)]


def test_a_name_the_file_does_not_have_is_a_wrong_line(con: Connection, settings: Settings) -> None:
    deliver(settings)
    register(settings, "五月.xlsx,,通讯录、联系人")
    report = take_in(con, settings)
    told = [
        (
            REGISTER,
            "第 2 行的不是台账的工作表“联系人”：五月.xlsx 里没有这张有内容的工作表；请核对工作表名（CSV 写 csv）",
        )
    ]
    assert [(one.path, one.reason_zh) for one in report.misplaced] == told
    assert query(con, "select path, reason_zh from raw.misplaced") == told
    assert state(con) == [("landed", "")]
    again = take_in(con, settings)
    assert (again.landed, len(again.misplaced)) == (0, 1)


def test_a_moment_that_is_none_is_told_and_the_sheets_count(con: Connection, settings: Settings) -> None:
    deliver(settings)
    register(settings, "五月.xlsx,昨天,通讯录")
    report = take_in(con, settings)
    assert [one.reason_zh[:11] for one in report.misplaced] == ["第 2 行的收到时间“"]
    assert state(con) == [("landed", "")]


def test_a_name_with_the_mark_in_it_is_one_name(con: Connection, settings: Settings) -> None:
    workbook(settings.raw / BOOK, {"巡查": patrol_rows(1), "电话、邮箱": PHONES})
    register(settings, "五月.xlsx,,电话、邮箱")
    assert take_in(con, settings).misplaced == ()
    assert state(con) == [("landed", "")]


def test_a_file_that_is_no_ledger_at_all_is_not_refused(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/通讯录.csv", csv_bytes(PHONES))
    take_in(con, settings)
    assert state(con)[0][0] == "refused"
    register(settings, "通讯录.csv,,csv")
    assert take_in(con, settings).refused == 0
    assert state(con) == [("landed", "")]


def test_other_sheets_of_the_file_stay_asked_for(con: Connection, settings: Settings) -> None:
    deliver(settings, 产值=[["年度", "产值", "增速"], ["2025", "1", "2"]])
    register(settings, "五月.xlsx,,通讯录")
    take_in(con, settings)
    ((is_now, reason),) = state(con)
    assert is_now == "partial"
    assert "产值" in reason
    assert "通讯录" not in reason


def test_the_same_content_in_another_month_is_the_same_content(con: Connection, settings: Settings) -> None:
    deliver(settings)
    data = (settings.raw / BOOK).read_bytes()
    put(settings, "2026-06/anhua/六月.xlsx", data)
    put(settings, "2026-06/anhua/_receipts.csv", "文件,not_ledgers\n六月.xlsx,通讯录\n".encode())
    take_in(con, settings)
    assert query(con, "select distinct state from raw.content") == [("landed",)]
    assert query(con, "select count(*) from raw.source_row where kind = 'body' and table_name = ''") == [(0,)]
