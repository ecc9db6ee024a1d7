"""The raw tables: their columns, and that they are as the contracts want them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipelines.contracts import Contracts

LEDGER = {
    "delivery": {
        "path": "varchar primary key",
        "sha256": "varchar",
        "size_bytes": "bigint",
        "county_id": "varchar",
        "month": "varchar",
        "received_at": "timestamp",
        "received_basis": "varchar",
        "file_id": "varchar",
    },
    "misplaced": {"path": "varchar", "reason_zh": "varchar"},
    "content": {
        "file_id": "varchar",
        "contract_digest": "varchar",
        "state": "varchar",
        "reason_zh": "varchar",
        "mend_zh": "varchar",
        # The file_id under which this county's same content landed before, in another month: its rows stand there.
        "same_as": "varchar",
    },
    "sheet": {
        "file_id": "varchar",
        "sheet_name": "varchar",
        "table_name": "varchar",
        "fields": "varchar[]",
        "header_row": "bigint",
        "found": "bigint",
        "is_hidden": "boolean",
        "unused": "varchar[]",
        # Where no table was recognised: the one it comes nearest to, and the names of the columns it lacks.
        "nearest": "varchar",
        "lacking": "varchar[]",
        # What is wrong with the sheet as a whole, and how that is mended; empty where nothing is.
        "reason_zh": "varchar",
        "mend_zh": "varchar",
        # Whoever received the file said that this is none; its rows are notes.
        "is_no_ledger": "boolean",
    },
    "source_row": {
        "row_id": "varchar",
        "file_id": "varchar",
        "sheet_name": "varchar",
        "row_number": "bigint",
        "kind": "varchar",
        "table_name": "varchar",
        # The returned row for which this one says it stands: a column common to all tables, and of none.
        "mends_row": "varchar",
        # Of a sheet without a table: what the row says in the sender's own cells, to be known again when it comes back.
        "own_digest": "varchar",
    },
}
ROW_COLUMNS = {"row_id": "varchar", "file_id": "varchar", "sheet_name": "varchar", "row_number": "bigint"}


def wanted(contracts: Contracts) -> dict[str, dict[str, str]]:
    """Table of schema raw → column → type: the ledger of landing and one table a contract."""
    rows = {
        name: ROW_COLUMNS | dict.fromkeys(contract.columns, "varchar") | {"extra": "varchar"}
        for name, contract in contracts.tables.items()
    }
    return LEDGER | rows


def by_file(contracts: Contracts) -> list[str]:
    """The tables whose rows belong to one file_id each and are landed and forgotten with it."""
    return ["content", "sheet", "source_row", *contracts.tables]


def ensure(con: duckdb.DuckDBPyConnection, contracts: Contracts) -> None:
    """Create schema raw as the contracts want it. Where a table stands otherwise, all are made anew.

    That is cheap to be right about: files are landed again by their contract digest anyway.
    """
    tables = wanted(contracts)
    standing: dict[str, list[str]] = {}
    for table, column in con.execute(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'raw' and database_name = current_database() order by table_name, column_index"
    ).fetchall():
        standing.setdefault(table, []).append(column)
    if standing == {name: list(columns) for name, columns in tables.items()}:
        return
    with transaction(con):
        for name in standing:
            con.execute(f'drop table raw."{name}"')
        con.execute("create schema if not exists raw")
        for name, columns in tables.items():
            listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            con.execute(f'create table raw."{name}" ({listed})')


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back whatever ends it earlier."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()
