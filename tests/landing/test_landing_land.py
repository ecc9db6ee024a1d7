"""Files become raw tables: every row with its place, each file whole or not at all, nothing read twice."""

from __future__ import annotations

from dataclasses import replace

import duckdb
from landing_files import (
    PATROL,
    contracts,
    csv_bytes,
    deliver_three,
    everything,
    look,
    patrol_row,
    patrol_rows,
    put,
    query,
    take_in,
    workbook,
)

from pipelines.contracts import Contracts
from pipelines.landing.land import LandingReport, land, reading_digest
from pipelines.settings import Settings

Connection = duckdb.DuckDBPyConnection


def test_a_ledger_lands_with_its_places(con: Connection, settings: Settings) -> None:
    header = [*PATROL, "自定", ""]
    rows = [["五月"], header, [*patrol_row(1), '天"晴', "旁注"], [*patrol_row(2), "", ""], ["注：示例"]]
    workbook(settings.raw / "2026-05/安化县/巡查.xlsx", {"巡查": rows, "填报说明": [["请按月填报"], ["示例"]]})
    report = take_in(con, settings)
    (file_id,) = (one.file_id for one in look(settings).received)
    assert (report.seen, report.landed, report.skipped, report.refused) == (1, 1, 0, 0)
    assert query(con, "select row_id, sheet_name, row_number, grid, started_at, kind, extra from raw.patrol") == [
        (
            f"{file_id}#巡查!3",
            "巡查",
            3,
            "梅城镇",
            "2026-05-02 09:30",
            None,
            '{"自定":"天\\"晴","第7列（无表头）":"旁注"}',
        ),
        (f"{file_id}#巡查!4", "巡查", 4, "梅城镇", "2026-05-03 09:30", None, None),
    ]
    assert query(con, "select row_number, kind, table_name from raw.source_row where sheet_name = '巡查'") == [
        (number, kind, "patrol") for number, kind in enumerate(["title", "header", "body", "body", "footnote"], 1)
    ]
    assert query(con, "select distinct kind, table_name from raw.source_row where sheet_name = '填报说明'") == [
        ("note", "")
    ]
    assert query(con, "select * exclude (file_id) from raw.sheet order by all") == [
        ("填报说明", "", [], None, 0, False, [], "", [], "", "", False),
        (
            "巡查",
            "patrol",
            ["patrol_no", "grid", "inspectors", "started_at", "findings"],
            2,
            2,
            False,
            ["自定", "第7列（无表头）"],
            "",
            [],
            "",
            "",
            False,
        ),
    ]
    assert query(con, "select state, reason_zh, mend_zh, contract_digest from raw.content") == [
        ("landed", None, None, reading_digest(contracts(), "anhua"))
    ]


def test_of_two_columns_of_one_name_the_first_is_read_and_the_second_kept(con: Connection, settings: Settings) -> None:
    header = ["问题编号", "所属网格", "发现时间", "整改时限", "整改时限", "备注", "备注"]
    row = ["1", "梅城镇", "2026-05-01", "30日内", "2026-06-30", "甲", "乙"]
    put(settings, "2026-05/anhua/a.csv", csv_bytes([header, row]))
    take_in(con, settings)
    assert query(con, "select rectify_due, extra from raw.problem") == [
        ("30日内", '{"整改时限#2":"2026-06-30","备注":"甲","备注#2":"乙"}')
    ]
    header = ["所属网格", "开始时间", "备注", "备注"]
    put(settings, "2026-05/anhua/b.csv", csv_bytes([header, ["梅城镇", "2026-05-01", "甲", "乙"]]))
    take_in(con, settings)
    assert query(con, "select note, extra from raw.patrol") == [("甲", '{"备注#2":"乙"}')]


def test_every_cell_is_kept_in_parquet(con: Connection, settings: Settings) -> None:
    path = put(settings, "2026-05/anhua/a.csv", csv_bytes([["标题"], *patrol_rows(2), ["合计"]]))
    take_in(con, settings)
    (one,) = look(settings).received
    rows = query(con, f"select * from '{settings.row_files / one.sha256}.parquet'")
    lines = [["标题"], *patrol_rows(2), ["合计"]]
    ends = [[None] * (len(lines[1]) - len(cells)) for cells in lines]
    assert rows == [
        ("csv", number, *cells, *end) for number, (cells, end) in enumerate(zip(lines, ends, strict=True), 1)
    ]
    assert [file.name for file in settings.row_files.iterdir()] == [f"{one.sha256}.parquet"]
    assert path.read_bytes() == csv_bytes([["标题"], *patrol_rows(2), ["合计"]])


def test_delivery_tells_of_every_path(con: Connection, settings: Settings) -> None:
    data = csv_bytes(patrol_rows(1))
    put(settings, "2026-05/anhua/a.csv", data)
    put(settings, "2026-05/安化县/b.csv", data)
    put(settings, "2026-06/anhua/a.csv", data)
    put(settings, "2026-05/x.csv", data)
    report = take_in(con, settings)
    assert (report.seen, report.landed) == (3, 2)
    assert query(con, "select path, county_id, month, size_bytes, received_basis from raw.delivery order by path") == [
        ("2026-05/anhua/a.csv", "anhua", "2026-05", len(data), "first_sight"),
        ("2026-05/安化县/b.csv", "anhua", "2026-05", len(data), "first_sight"),
        ("2026-06/anhua/a.csv", "anhua", "2026-06", len(data), "first_sight"),
    ]
    assert query(con, "select count(*), count(distinct file_id) from raw.patrol") == [(1, 1)]
    assert query(con, "select count(distinct file_id) from raw.delivery") == [(2,)]
    assert [path for (path,) in query(con, "select path from raw.misplaced")] == ["2026-05/x.csv"]


def test_what_stands_is_not_read_again_and_what_is_gone_is_forgotten(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes(patrol_rows(2)))
    gone = put(settings, "2026-05/anhua/b.csv", csv_bytes(patrol_rows(3)))
    take_in(con, settings)
    before = everything(con)
    report = take_in(con, settings)
    assert (report.seen, report.landed, report.skipped) == (2, 0, 2)
    assert everything(con) == before
    gone.unlink()
    assert take_in(con, settings).seen == 1
    assert query(con, "select count(*) from raw.patrol") == [(2,)]
    assert query(con, "select count(*) from raw.source_row") == [(3,)]
    assert query(con, "select (select count(*) from raw.content), (select count(*) from raw.sheet)") == [(1, 1)]


def test_months_restrict_what_is_read_not_what_is_known(con: Connection, settings: Settings) -> None:
    for month, rows in (("2026-05", 3), ("2026-06", 2)):
        put(settings, f"{month}/anhua/a.csv", csv_bytes(patrol_rows(rows)))
    report = take_in(con, settings, months=["2026-06"])
    assert (report.seen, report.landed) == (1, 1)
    assert query(con, "select distinct split_part(file_id, '/', 2) from raw.patrol") == [("2026-06",)]
    assert query(con, "select count(*) from raw.delivery") == [(2,)]
    assert take_in(con, settings, months=["2026-05"]).landed == 1
    assert take_in(con, settings).skipped == 2


def test_a_lost_or_cut_parquet_is_made_again(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes(patrol_rows(2)))
    put(settings, "2026-05/anhua/broken.xlsx", b"")
    take_in(con, settings)
    (parquet,) = settings.row_files.iterdir()
    parquet.unlink()
    report = take_in(con, settings)
    assert (report.landed, report.skipped, report.refused) == (2, 0, 1)
    assert parquet.exists()
    parquet.write_bytes(parquet.read_bytes()[:-20])
    assert take_in(con, settings).landed == 2
    assert query(con, f"select count(*) from '{parquet}'") == [(3,)]
    assert query(con, "select count(*) from raw.patrol") == [(2,)]


def with_alias(known: Contracts, column: str, alias: str) -> Contracts:
    patrol = known.tables["patrol"]
    changed = replace(patrol.columns[column], aliases=(*patrol.columns[column].aliases, alias))
    tables = {**known.tables, "patrol": replace(patrol, columns={**patrol.columns, column: changed})}
    return replace(known, tables=tables, digests=dict.fromkeys(known.digests, "other"))


def test_an_alias_added_later_makes_a_refused_file_land(con: Connection, settings: Settings) -> None:
    put(
        settings, "2026-05/anhua/a.csv", csv_bytes([["片片", "开始时间", "巡查人员"], ["梅城镇", "2026-05-01", "示例"]])
    )
    assert take_in(con, settings).refused == 1
    known = with_alias(contracts(), "grid", "片片")
    report = land(con, look(settings), settings, known)
    assert (report.landed, report.refused) == (1, 0)
    assert query(con, "select grid from raw.patrol") == [("梅城镇",)]
    assert query(con, "select count(*) from raw.source_row where table_name = ''") == [(0,)]


def test_a_new_column_lays_the_tables_out_anew(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes([[*PATROL, "天气"], [*patrol_row(1), "晴"]]))
    take_in(con, settings)
    assert query(con, "select extra from raw.patrol") == [('{"天气":"晴"}',)]
    known = contracts()
    patrol = known.tables["patrol"]
    weather = replace(patrol.columns["note"], name="weather", zh="天气", aliases=())
    wider = replace(
        known, tables={**known.tables, "patrol": replace(patrol, columns={**patrol.columns, "weather": weather})}
    )
    assert land(con, look(settings), settings, wider).landed == 1
    assert query(con, "select weather, extra from raw.patrol") == [("晴", None)]
    assert take_in(con, settings).landed == 1
    assert query(con, "select extra from raw.patrol") == [('{"天气":"晴"}',)]


def test_two_contents_whose_digests_begin_alike(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes(patrol_rows(1)))
    put(settings, "2026-05/anhua/b.csv", csv_bytes(patrol_rows(2)))
    found = look(settings)
    first, second = found.received
    alike = replace(second, file_id=first.file_id)
    report = land(con, replace(found, received=(first, alike)), settings, contracts())
    assert (report.seen, report.landed) == (1, 1)
    assert [one.path for one in report.misplaced] == ["2026-05/anhua/b.csv"]
    assert query(con, "select path from raw.misplaced") == [("2026-05/anhua/b.csv",)]
    assert query(con, "select count(*) from raw.patrol") == [(1,)]


def test_a_file_changed_while_it_is_read_is_not_kept(con: Connection, settings: Settings) -> None:
    path = put(settings, "2026-05/anhua/a.csv", csv_bytes(patrol_rows(1)))
    found = look(settings)
    path.write_bytes(csv_bytes(patrol_rows(2)))
    report = land(con, found, settings, contracts())
    assert report.refused == 1
    assert query(con, "select reason_zh from raw.content") == [("读取期间文件被改动",)]
    path.unlink()
    con.execute("delete from raw.content")
    assert land(con, found, settings, contracts()).refused == 1
    assert not settings.row_files.exists()


def test_a_mended_name_lands_though_the_content_is_the_same(con: Connection, settings: Settings) -> None:
    wrong = workbook(settings.raw / "2026-05/anhua/a.xlsx", {"巡查": patrol_rows(2)}).rename(
        settings.raw / "2026-05/anhua/a.xls"
    )
    assert take_in(con, settings).refused == 1
    assert query(con, "select count(*) from raw.patrol") == [(0,)]
    put(settings, "2026-05/anhua/0.xlsx", wrong.read_bytes())
    assert take_in(con, settings).refused == 0
    assert take_in(con, settings).skipped == 1
    assert query(con, "select count(*) from raw.patrol") == [(2,)]


def test_progress_is_told_per_file(con: Connection, settings: Settings) -> None:
    deliver_three(settings)
    told: list[str] = []
    report = land(con, look(settings), settings, contracts(), progress=told.append)
    assert report == LandingReport(seen=3, landed=3, skipped=0, refused=0, misplaced=())
    assert [line.split("。")[0] for line in told] == [
        "2026-05/anhua/a.csv：已读",
        "2026-05/anhua/b.csv：已读",
        "2026-05/taojiang/c.xlsx：部分退回",
    ]


def test_what_is_stated_above_a_table_lands_with_every_row(con: Connection, settings: Settings) -> None:
    rows = [
        ["自评单位：安化县", "自评年度：2025年", "上报时间：2026年1月25日", ""],
        ["评价内容", "标准分", "自评分", "未知列"],
        ["示例项甲", "30", "28", "旁注"],
        ["示例项乙", "40分", "36", ""],
    ]
    workbook(settings.raw / "2026-01/安化县/自评.xlsx", {"自评": rows})
    take_in(con, settings)
    assert query(con, "select grid, year, submitted_at, item, max_score, extra from raw.self_evaluation") == [
        ("安化县", "2025年", "2026年1月25日", "示例项甲", "30", '{"未知列":"旁注"}'),
        ("安化县", "2025年", "2026年1月25日", "示例项乙", "40分", None),
    ]
    (fields,) = query(con, "select fields from raw.sheet")[0]
    assert {"grid", "year", "submitted_at", "item"} <= set(fields)
