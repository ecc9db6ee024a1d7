"""The same content of one county under two months: its rows stand once, both months count as delivered."""

from __future__ import annotations

import duckdb
from landing_files import csv_bytes, everything, patrol_rows, put, query, take_in, workbook

from pipelines.settings import Settings

Connection = duckdb.DuckDBPyConnection


def receive(settings: Settings, relative: str, data: bytes, at: str) -> None:
    path = put(settings, relative, data)
    (path.parent / "_receipts.csv").write_text(f"file,received_at\n{path.name},{at}\n", "utf-8")


def standing(con: Connection) -> dict[str, int]:
    return dict(query(con, "select split_part(file_id, '/', 2), count(*) from raw.source_row group by all"))


def test_rows_stand_under_the_month_that_came_first(con: Connection, settings: Settings) -> None:
    data = csv_bytes(patrol_rows(2))
    receive(settings, "2026-05/anhua/a.csv", data, "2026-06-03 09:00")
    receive(settings, "2026-06/anhua/b.csv", data, "2026-06-02 09:00")
    assert take_in(con, settings).landed == 2
    assert standing(con) == {"2026-06": 3}
    assert query(con, "select count(*) from raw.patrol") == [(2,)]
    assert query(con, "select table_name, found from raw.sheet") == [("patrol", 2), ("patrol", 2)]
    assert take_in(con, settings).skipped == 2


def test_order_and_presence_may_change_later(con: Connection, settings: Settings) -> None:
    data = csv_bytes(patrol_rows(2))
    receive(settings, "2026-05/anhua/a.csv", data, "2026-06-03 09:00")
    receive(settings, "2026-06/anhua/b.csv", data, "2026-06-02 09:00")
    take_in(con, settings)
    receive(settings, "2026-05/anhua/a.csv", data, "2026-06-01 09:00")
    take_in(con, settings)
    assert standing(con) == {"2026-05": 3}
    with duckdb.connect() as fresh:
        take_in(fresh, settings)
        assert everything(con) == everything(fresh)
    (settings.raw / "2026-05/anhua/a.csv").unlink()
    take_in(con, settings)
    assert standing(con) == {"2026-06": 3}


def test_another_county_is_another_sender(con: Connection, settings: Settings) -> None:
    for place in ("2026-05/anhua", "2026-05/taojiang"):
        put(settings, f"{place}/a.csv", csv_bytes(patrol_rows(2)))
    take_in(con, settings)
    assert query(con, "select count(*) from raw.patrol") == [(4,)]


def test_the_first_that_could_not_be_read_holds_no_rows(con: Connection, settings: Settings) -> None:
    book = workbook(settings.raw / "2026-06/anhua/a.xlsx", {"巡查": patrol_rows(2)}).read_bytes()
    receive(settings, "2026-06/anhua/a.xlsx", book, "2026-06-03 09:00")
    receive(settings, "2026-05/anhua/a.xls", book, "2026-06-01 09:00")
    take_in(con, settings)
    assert query(con, "select file_id[:14], state from raw.content order by 1") == [
        ("anhua/2026-05/", "refused"), ("anhua/2026-06/", "landed")
    ]  # fmt: skip
    assert query(con, "select count(*) from raw.patrol") == [(2,)]
