"""What is kept of a fixed month: one Parquet a published table. The one list; a table more is one entry more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.engine import run
from pipelines.publish import PublishedTable

# Figures: the month's own, those of the year up to it, and in December those of the whole year.
_OF_PERIOD = """
    (period_kind in ('month', 'to_date') and period = $month)
    or (period_kind = 'year' and $month = concat_ws('', period, '-12'))
"""
# What the figures of the year up to the month are made of.
_TO_DATE = "{column} between concat_ws('', substr($month, 1, 4), '-01') and $month"
_OF_MONTH = "{column} = $month"


@dataclass(frozen=True)
class Kept:
    """A published table of which a release keeps the rows that fit `where` ($month is the fixed month)."""

    table: str
    where: str


KEPT = (
    Kept("metric_value", _OF_PERIOD),
    Kept("indicator_value", _OF_PERIOD),
    Kept("score", _OF_PERIOD),
    Kept("score_part", _OF_PERIOD),
    Kept("obligation", _TO_DATE.format(column="period")),
    Kept("indicator_row", _TO_DATE.format(column="month")),
    Kept("measurable", _OF_MONTH.format(column="month")),
    Kept("unmeasurable_grid", _OF_MONTH.format(column="month")),
)


def write_tables(
    con: duckdb.DuckDBPyConnection, schema: Sequence[PublishedTable], month: str, folder: Path
) -> dict[str, int]:
    """Write the kept tables of a month into `folder`, ordered by key. Returns table → rows."""
    keys = {table.name: table for table in schema}
    return {
        kept.table: write_parquet(
            con,
            f"select {', '.join(keys[kept.table].columns)} from published.{kept.table} where {kept.where}",
            keys[kept.table].key,
            folder / f"{kept.table}.parquet",
            month=month,
        )
        for kept in KEPT
    }


def write_parquet(con: duckdb.DuckDBPyConnection, select: str, key: Sequence[str], path: Path, **values: object) -> int:
    """Write a query as Parquet, ordered by key; the same rows give the same bytes. Returns the number of rows."""
    name, target = f"release {path.name}", str(path).replace("'", "''")
    used = {word: value for word, value in values.items() if f"${word}" in select}
    # COPY takes no parameters inside its query.
    run(con, name, f"create or replace temp table kept_rows as {select}", used)
    (rows, threads) = _one(con, "select count(*), current_setting('threads') from kept_rows")
    run(con, name, "set threads = 1")
    run(con, name, f"copy (from kept_rows order by {', '.join(key)}) to '{target}' (format parquet, compression zstd)")
    run(con, name, f"set threads = {threads}")
    run(con, name, "drop table kept_rows")
    return int(rows)


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, int]:
    row = con.execute(sql).fetchone()
    assert row is not None  # an aggregate without GROUP BY always yields one row
    return row[0], row[1]
