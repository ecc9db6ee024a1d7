"""A sheet with two ledgers, one below the other, is refused with both headers named, and read as neither."""

from __future__ import annotations

import duckdb
import pytest
from landing_files import PATROL, contracts, csv_bytes, patrol_rows, put, query, take_in

from pipelines.landing.recognise import recognise
from pipelines.landing.records import Records, batches_of
from pipelines.landing.sheet import Row, Sheet
from pipelines.settings import Limits, Settings

PROBLEM = ["问题编号", "所属网格", "问题描述", "发现时间", "整改时限"]
PROBLEMS = [PROBLEM, ["WT-1", "梅城镇", "示例问题", "2026-05-07", "2026-05-20"]]
PATROLS = patrol_rows(40)


def test_both_headers_are_named_and_nothing_is_read_as_the_other(settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", csv_bytes([["五月"], *PATROLS, [], *PROBLEMS]))
    with duckdb.connect() as con:
        report = take_in(con, settings)
        assert (report.landed, report.refused) == (1, 1)
        ((reason, mend),) = query(con, "select reason_zh, mend_zh from raw.sheet")
        assert "第 2 行是“巡查记录”的表头，第 44 行是“问题台账”的表头" in reason
        assert "分到两张工作表" in mend
        assert query(con, "select count(*) from raw.patrol union all select count(*) from raw.problem") == [(0,), (0,)]
        kinds = "select kind, count(*) from raw.source_row group by kind order by kind"
        assert query(con, kinds) == [("body", 41), ("header", 2), ("title", 1)]


@pytest.mark.parametrize("as_arrow", [False, True])
@pytest.mark.parametrize(
    "below",
    [
        [PATROL, *PATROLS[1:3]],
        [["示例", "示例", "示例"], *PATROLS[1:3]],
        [["注：问题编号、所属网格、发现时间另表报送"]],
        [["问题编号", "见另表"]],
    ],
)
def test_one_ledger_stays_one(below: list[list[str]], as_arrow: bool) -> None:
    rows: list[Row] = list(enumerate([*PATROLS, *below], 1))
    sheet = Sheet("巡查", False, Records(batches_of(rows)) if as_arrow else rows)
    part = recognise(sheet, contracts(), None, Limits())
    assert (part.table_name, part.reason_zh) == ("patrol", "")
