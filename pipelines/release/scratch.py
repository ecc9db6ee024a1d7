"""A work database aside, in which a month is computed at another moment than the present one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines import engine, steps
from pipelines.landing import tables
from pipelines.landing.delivery import Scan
from pipelines.settings import Settings


def known_by(scan: Scan, known_at: datetime) -> Scan:
    """The files that had been received at a moment, as if nothing later lay in data/raw."""
    return replace(scan, received=tuple(one for one in scan.received if one.received_at <= known_at))


@contextmanager
def scratch(
    settings: Settings, rules: steps.Rules, outlook: steps.Outlook, progress: steps.Progress
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the files of `outlook` landed; gone afterwards. The caller holds the lock of the work database.

    What the work database has landed is taken over from there, unless it cannot be read: then all is read anew.
    """
    _remove(settings.scratch)
    con = engine.connect(settings.scratch, settings.sql)
    try:
        tables.ensure(con, rules.contracts)
        if settings.warehouse.exists():
            try:
                _take_over(con, settings.warehouse, rules)
            except duckdb.Error as error:
                progress(f"工作库读不出来，重新读取各文件（{str(error).splitlines()[0]}）(reading all files anew)")
        steps.land_files(con, settings, rules, outlook, progress=progress)
        yield con
    finally:
        con.close()
        _remove(settings.scratch)


def _take_over(con: duckdb.DuckDBPyConnection, warehouse: Path, rules: steps.Rules) -> None:
    """Copy the raw tables whose columns are those of now; rows of former contracts are landed again anyway."""
    con.execute(f"attach '{str(warehouse).replace(chr(39), chr(39) * 2)}' as work (read_only)")
    try:
        wanted = {name: list(columns) for name, columns in tables.wanted(rules.contracts).items()}
        standing: dict[str, list[str]] = {}
        for table, column in con.execute(
            "select table_name, column_name from duckdb_columns()"
            " where database_name = 'work' and schema_name = 'raw' order by table_name, column_index"
        ).fetchall():
            standing.setdefault(table, []).append(column)
        if standing == wanted:
            with tables.transaction(con):
                for name in wanted:
                    con.execute(f'insert into raw."{name}" from work.raw."{name}"')
    finally:
        con.execute("detach work")


def _remove(path: Path) -> None:
    for one in (path, path.with_name(f"{path.name}.wal")):
        one.unlink(missing_ok=True)
