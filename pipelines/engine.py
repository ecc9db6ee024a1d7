"""The one door to the SQL engine: connect, settings, helper functions, run one text.

Every failure names the model, and shows the SQL that failed: a query without a name cannot be mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

# NULLs sort as in Spark, so that one text gives one order on both engines; times are Beijing wall-clock.
_SETTINGS = (
    "set default_null_order = 'nulls_first_on_asc_last_on_desc'",
    "set TimeZone = 'Asia/Shanghai'",
    "set preserve_insertion_order = true",
    "set enable_progress_bar = false",
)
# The tightest packing of texts costs a fifth of the time it takes to write a million duties, for a file that is written
# anew by the next build. Cells are packed: few differ, and a function then reads each different text once.
_PACKED = ("raw", "seed", "staging")
# The work database spills to disk beyond this: so landing a million rows stays below 1.5 GB in all, no slower.
_MEMORY = "1GB"
SCHEMAS = ("seed", "staging", "core", "steps", "obligations", "indicators", "points", "published")


@contextmanager
def _written(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[None]:
    """The table `name` of the work database is written within, its texts packed as suits its schema."""
    if name.partition(".")[0] in _PACKED:
        yield
        return
    con.execute("set disabled_compression_methods = 'dict_fsst'")
    try:
        yield
    finally:
        con.execute("reset disabled_compression_methods")


class EngineError(RuntimeError):
    """A statement that failed; the message holds the model's name, the engine's words and the SQL."""


def connect(path: Path | None, sql_dir: Path, *, threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Open the work database (None: in memory) with settings, helper functions and schemas in place."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        where, memory = (":memory:", {}) if path is None else (str(path), {"memory_limit": _MEMORY})
        con = duckdb.connect(where, config={"threads": str(threads), **memory})
    except duckdb.Error as error:
        raise EngineError(
            f"工作库 {path} 打不开：请删除 data/warehouse 后再运行，它会由 data/raw 重新算出 (cannot open): {error}"
        ) from error
    for statement in _SETTINGS:
        con.execute(statement)
    for helpers in ("duckdb", "cells", "dates", "periods"):
        run(con, f"engines.{helpers}", (sql_dir / "engines" / f"{helpers}.sql").read_text("utf-8"))
    for schema in SCHEMAS:
        con.execute(f"create schema if not exists {schema}")
    return con


def run(
    con: duckdb.DuckDBPyConnection, name: str, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> None:
    """Execute one text. Raises EngineError naming `name`."""
    try:
        try:
            con.execute(sql, parameters or None)
        except duckdb.OutOfMemoryException:
            # Not everything can spill (a last value per key of seventy columns cannot): that one may have the machine.
            con.execute("reset memory_limit")
            try:
                con.execute(sql, parameters or None)
            finally:
                con.execute(f"set memory_limit = '{_MEMORY}'")
    except duckdb.Error as error:
        raise EngineError(f"{name} 执行失败 (failed): {error}\n--- SQL of {name} ---\n{sql}") from error


def build_table(con: duckdb.DuckDBPyConnection, name: str, select: str) -> int:
    """Make `name` (schema.table) anew from a SELECT, in one transaction; returns its number of rows."""
    with _written(con, name):
        _replace(con, "table", name, f"as\n{select}")
    return count_rows(con, name)


def build_computed(
    con: duckdb.DuckDBPyConnection, name: str, select: str, compute: Callable[[pa.Table], pa.Table]
) -> int:
    """Make `name` anew of what `compute` makes of the rows of a SELECT; returns its number of rows.

    The rows come in the order of the SELECT. Raises EngineError for the SELECT, and where `compute` refuses its rows:
    the statistics refuse what should never have been asked.
    """
    run(con, name, f"create or replace temp table asked as\n{select}")
    rows = con.sql("from asked").to_arrow_table()
    try:
        made = compute(rows)
    except ValueError as error:
        raise EngineError(f"{name} 计算失败 (failed): {error}\n--- SQL of {name} ---\n{select}") from error
    con.register("made", made)
    try:
        with _written(con, name):
            _replace(con, "table", name, "as from made")
    finally:
        con.unregister("made")
    return count_rows(con, name)


_SHAPES: dict[str, str] = {}
"""SELECT → the columns it yields, as DDL: learnt once in a process, since planning a wide table takes longest."""


def build_empty(con: duckdb.DuckDBPyConnection, name: str, select: str) -> int:
    """Make `name` anew without rows, for a SELECT that is known to yield none; returns 0."""
    if select in _SHAPES:
        _replace(con, "table", name, f"({_SHAPES[select]})")
        return 0
    build_table(con, name, select)
    schema, table = name.split(".")
    columns = con.execute(
        "select column_name, data_type from duckdb_columns() where database_name = current_database()"
        " and schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    _SHAPES[select] = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    return 0


def build_view(con: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    """Make `name` anew as a view. What is wrong with the SELECT comes out here too; its rows are not counted, because
    that would be to read them."""
    _replace(con, "view", name, f"as\n{select}")


def _replace(con: duckdb.DuckDBPyConnection, kind: str, name: str, what: str) -> None:
    """Create or replace; what bears the name and is of the other kind makes way."""
    statement = f"create or replace {kind} {name} {what}"
    try:
        run(con, name, statement)
    except EngineError as error:
        other = "view" if kind == "table" else "table"
        if not isinstance(error.__cause__, duckdb.CatalogException) or "Existing object" not in str(error.__cause__):
            raise
        run(con, name, f"drop {other} {name}")
        run(con, name, statement)


def count_rows(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Number of rows of a table."""
    row = con.execute(f"select count(*) from {name}").fetchone()
    assert row is not None  # an aggregate without GROUP BY always yields one row
    return int(row[0])
