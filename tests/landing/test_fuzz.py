"""Whatever a file is spoilt by: nothing raises, no row is lost, and a refusal says in Chinese what to do.

Each case hangs on its number alone. `FUZZ_SEED=123 python -m pytest -n 0 tests/landing/test_fuzz.py` runs one again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from fuzzed import Case, case
from house import RULES
from landing_files import NOW, contracts, look, put, query, take_in

from pipelines import engine, steps
from pipelines.landing import tables
from pipelines.seeds import Moment, load_seeds
from pipelines.settings import Settings

Connection = duckdb.DuckDBPyConnection
COUNTIES = ("anhua", "taojiang", "ziyang", "yuanjiang", "datonghu", "nanxian", "heshan", "gaoxin", "city")
# Rows that are records to anyone who reads them, and were yet taken for something else.
MISTAKEN = """
    with texts as (select sheet_name, row_number, [*columns('^c\\d+$')] as cells from '{cells}')

    select row_id, kind, cells from raw.source_row join texts using (sheet_name, row_number)
    where kind <> 'body'
        and regexp_full_match(cells[1], 'XC-\\d+') and cells[2] = '梅城镇' and cells[4] like '2026-05-%'"""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def seeds(count: int) -> Iterable[int]:
    asked = os.environ.get("FUZZ_SEED")
    return [int(asked)] if asked else range(count)


def check(con: Connection, settings: Settings, given: Case) -> None:
    """Land one file in place of the former and hold what came of it against what it was."""
    for old in (*settings.raw.rglob("a.*"), *settings.row_files.glob("*"), *settings.state.glob("*")):
        old.unlink()
    put(settings, f"2026-05/anhua/{given.name}", given.data)
    report = take_in(con, settings)
    assert (report.seen, report.landed + report.skipped) == (1, 1)
    ((state, reason, mend),) = query(con, "select state, reason_zh, mend_zh from raw.content")
    assert state in {"landed", "partial", "refused"}
    if state != "landed":
        assert CHINESE.search(reason) and re.search("请|应为", mend), (reason, mend)
        assert str(settings.root) not in reason + mend
    (rows,) = query(con, "select count(*), count(*) filter (kind = 'body'), count(distinct row_id) from raw.source_row")
    assert rows[0] == rows[2]
    assert query(con, "select coalesce(sum(found), 0) from raw.sheet") == [(rows[1],)]
    filed = query(con, "select row_id from raw.source_row where kind = 'body' and table_name <> '' order by 1")
    union = " union all ".join(f'select row_id from raw."{name}"' for name in contracts().tables)
    assert query(con, f"select row_id from ({union}) order by 1") == filed
    (one,) = look(settings).received
    cells = settings.row_files / f"{one.sha256}.parquet"
    if query(con, "select count(*) from raw.sheet") == [(0,)]:
        assert (state, rows[0]) == ("refused", 0)
    else:
        assert query(con, f"select count(*) from '{cells}'") == [(rows[0],)]
        assert query(con, MISTAKEN.format(cells=cells)) == []
        assert given.filled in (None, rows[0]), f"{given.filled} rows are filled, {rows[0]} were read"


def land_each(con: Connection, root: Path, numbers: Iterable[int]) -> None:
    for seed in numbers:
        try:
            check(con, Settings(root=root), case(seed))
        except BaseException as failure:
            failure.add_note(f"again: FUZZ_SEED={seed} python -m pytest -n 0 tests/landing/test_fuzz.py")
            raise


def account_for(root: Path, numbers: Iterable[int]) -> tuple[int, int]:
    """Land all of them side by side and run every model: the checks hold every row accounted for.

    Returns the files that were read and the rows found.
    """
    settings = Settings(root=root)
    for number, seed in enumerate(numbers):
        given = case(seed)
        month = f"{2022 + number // 12 % 4}-{number % 12 + 1:02d}"
        name = f"{number}{Path(given.name).suffix}"
        put(settings, f"{month}/{COUNTIES[number % len(COUNTIES)]}/{name}", given.data)
    con = engine.connect(None, settings.sql, threads=1)
    try:
        tables.ensure(con, RULES.contracts)
        take_in(con, settings)
        moment = Moment("fuzz", NOW, NOW, RULES.catalogue.version, "code", False)
        load_seeds(con, settings.sql, RULES.contracts, RULES.catalogue, moment)
        for model in RULES.tables:
            steps.compute(con, model)
        steps.check_all(con, RULES)
        (sums,) = query(
            con,
            "select count(distinct file_id), sum(found), sum(accepted + rejected + identical) "
            "from published.submission",
        )
        assert sums[1] == sums[2]
        return sums[0], sums[1]
    finally:
        con.close()


def test_spoilt_files_crash_nothing_and_lose_nothing(con: Connection, tmp_path: Path) -> None:
    land_each(con, tmp_path, seeds(200))


def test_the_rows_of_spoilt_files_are_accounted_for(tmp_path: Path) -> None:
    files, rows = account_for(tmp_path, range(1000, 1200))
    assert files > 100
    assert rows > 300


def test_a_case_is_the_same_on_every_run() -> None:
    digest = hashlib.sha256(b"".join(case(seed).data for seed in range(40))).hexdigest()[:8]
    assert digest == "4044fedd"
    assert len({case(seed).data for seed in range(200)}) > 190


@pytest.mark.slow
def test_five_thousand_spoilt_files_one_by_one(con: Connection, tmp_path: Path) -> None:
    land_each(con, tmp_path, seeds(5_000))


@pytest.mark.slow
@pytest.mark.parametrize("start", [5_000, 7_500])
def test_five_thousand_more_side_by_side(tmp_path: Path, start: int) -> None:
    files, rows = account_for(tmp_path, range(start, start + 2_500))
    assert files > 1_500
    assert rows > 5_000
