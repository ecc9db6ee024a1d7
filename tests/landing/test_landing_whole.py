"""Nothing is lost: a kill leaves whole files only, and every non-empty row of any file is accounted for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from landing_files import (
    PATROL,
    PROBLEM,
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

from pipelines.landing import land as landing
from pipelines.landing import store
from pipelines.settings import Limits, Settings

Connection = duckdb.DuckDBPyConnection


class Killed(BaseException):
    """Stands for the end of the process."""


STEPS = [
    (store, "arrow_rows"),
    (store, "write_cells"),
    (store, "insert_sheet"),
    (store, "insert_rows"),
    (landing, "verdict"),
]


@pytest.mark.parametrize("step", STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_kill_leaves_whole_files_and_the_next_run_goes_on(
    con: Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str], call: int
) -> None:
    deliver_three(settings)
    module, name = step
    honest, calls = getattr(module, name), []

    def dying(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == call:
            raise Killed
        return honest(*args)

    monkeypatch.setattr(module, name, dying)
    try:
        take_in(con, settings)
    except Killed:
        pass
    else:
        assert len(calls) < call
    complete = query(
        con,
        "select file_id, coalesce(sum(found), -1) from raw.content left join raw.sheet using (file_id) group by all",
    )
    assert all(found > 0 for _, found in complete)
    landed = {file_id for file_id, _ in complete}
    for table in ("sheet", "source_row", "patrol", "problem"):
        assert {file_id for (file_id,) in query(con, f"select file_id from raw.{table}")} <= landed
    assert not [file for file in settings.row_files.glob("*") if file.name.startswith(".")]
    monkeypatch.setattr(module, name, honest)
    take_in(con, settings)
    with duckdb.connect() as fresh:
        take_in(fresh, settings)
        assert everything(con) == everything(fresh)
    assert take_in(con, settings).landed == 0


def test_a_full_disk_leaves_no_half_of_a_row_file(
    con: Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(settings.raw / "2026-05/anhua/a.xlsx", {"一": patrol_rows(1), "二": patrol_rows(2)})
    honest, calls = pq.ParquetWriter.write_table, []

    def full(*args: Any, **options: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        honest(*args, **options)

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        take_in(con, settings)
    assert list(settings.row_files.iterdir()) == []
    assert query(con, "select count(*) from raw.content") == [(0,)]
    assert take_in(con, settings).landed == 1
    (written,) = settings.row_files.iterdir()
    before = written.read_bytes()
    con.execute("drop schema raw cascade")
    assert take_in(con, settings).landed == 1
    assert written.read_bytes() == before


PROBLEMS = [*PROBLEM, "问题来源", "责任单位"]
ONE_PROBLEM = ["1", "梅城镇", "油污", "2026-05-01", "30日内", "巡查", "示例站"]
# What a sheet holds, and how many of its rows are found: none is a title because a header stands below it.
WHOLE_SHEETS: dict[str, tuple[list[list[str]], str, int]] = {
    "a ledger above another": (
        # refused, and yet each row of either is there to go back
        [*patrol_rows(5), [], ["问题台账"], PROBLEMS, *[ONE_PROBLEM] * 3], "", 8
    ),
    "a ledger below another": (
        [PROBLEMS, *[ONE_PROBLEM] * 3, [], ["", "巡查记录"], *patrol_rows(2)], "", 6
    ),
    "rows above their header": ([patrol_row(1), patrol_row(2), *patrol_rows(3)], "patrol", 5),
    "titles and column numbers": (
        [["填报单位：安化县", "填报时间：2026-11-01", "填表人：示例"], PATROL, list("12345"), patrol_row(1)],
        "patrol", 1,
    ),
    "a sum below an unknown header": (
        [["乡名", "巡查时间", "人", "数"], *[["东坪镇", "2026-10-01", "示例", "0"]] * 4, ["合计", "4次", "", "0"]],
        "", 4,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE_SHEETS)
@pytest.mark.parametrize("as_workbook", [False, True])
def test_every_row_of_data_is_found(con: Connection, settings: Settings, name: str, as_workbook: bool) -> None:
    rows, table, found = WHOLE_SHEETS[name]
    if as_workbook:
        workbook(settings.raw / "2026-05/anhua/a.xlsx", {"表": rows})
    else:
        put(settings, "2026-05/anhua/a.csv", csv_bytes(rows))
    take_in(con, settings)
    assert query(con, "select table_name, found from raw.sheet") == [(table, found)]
    assert query(con, "select count(*) from raw.source_row where kind = 'body'") == [(found,)]


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=6)
ROW = st.lists(st.just("") | WORD | st.sampled_from(["梅城镇", "注：", "合计", "2026-05-01", "所属网格"]), max_size=8)
BLOCK = st.lists(ROW | st.just(PATROL) | st.just(PROBLEM) | st.just(patrol_row(1)), max_size=12)


@given(BLOCK, st.booleans())
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_non_empty_row_is_accounted_for(
    con: Connection, tmp_path: Path, rows: list[list[str]], as_workbook: bool
) -> None:
    settings = Settings(root=tmp_path, limits=Limits(header_search_rows=4))
    for old in (*settings.raw.rglob("a.*"), *settings.row_files.glob("*")):
        old.unlink()
    if as_workbook:
        workbook(settings.raw / "2026-05/anhua/a.xlsx", {"csv": rows})
    else:
        put(settings, "2026-05/anhua/a.csv", csv_bytes(rows) or b"\n")
    take_in(con, settings)
    numbers = [number for (number,) in query(con, "select row_number from raw.source_row order by 1")]
    filled = [number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    assert len(numbers) == len(filled)
    if as_workbook:
        assert numbers == filled
    body = query(con, "select row_id from raw.source_row where kind = 'body' and table_name <> '' order by 1")
    assert body == query(con, "select row_id from (from raw.patrol union all by name from raw.problem) order by 1")
    assert query(con, "select coalesce(sum(found), 0) from raw.sheet") == query(
        con, "select count(*) from raw.source_row where kind = 'body'"
    )
    cells = query(con, "select extra from raw.patrol where extra is not null")
    assert all(json.loads(extra) for (extra,) in cells)
    if filled:
        (one,) = look(settings).received
        assert query(con, f"select count(*) from '{settings.row_files / one.sha256}.parquet'") == [(len(filled),)]
