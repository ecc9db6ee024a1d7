"""The rows of one file as Arrow, once: from there DuckDB makes the raw tables, and Parquet keeps every cell."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.contracts import Contract, Contracts
from pipelines.landing.header import FoundTable
from pipelines.landing.recognise import Part
from pipelines.landing.records import CELL, cell_name, records_of, schema_of
from pipelines.landing.sheet import Sheet

_VIEW = "landing_row"
_PARQUET_END = b"PAR1"
# Of a group of rows a page reads every column at once, to show one row.
_GROUP_CELLS = 1_600_000


def arrow_rows(part: Part) -> pa.Table:
    """(row_number, kind, c1, c2 …) of every non-empty row of a sheet."""
    records = records_of(part.sheet.rows)
    return records.table.add_column(1, "kind", records.kinds(part.kinds))


def write_cells(path: Path, sheets: Sequence[tuple[Sheet, pa.Table]]) -> None:
    """Write (sheet_name, row_number, c1, c2 …) of all sheets, if any, to `path`, whole or not at all."""
    if not sheets:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in path.parent.glob(f".{path.name}.*.tmp"):  # of a process that was killed here
        leftover.unlink()
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    width = max(rows.num_columns - 2 for _, rows in sheets)
    schema = schema_of(width).insert(0, pa.field("sheet_name", pa.string()))
    keys = ["sheet_name", "row_number"]
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd", write_statistics=keys) as file:
            for sheet, rows in sheets:
                names = pa.array([sheet.name] * len(rows), pa.string())
                lacking = [pa.nulls(len(rows), CELL)] * (width - rows.num_columns + 2)
                columns = [names, *rows.drop_columns("kind").columns, *lacking]
                file.write_table(pa.table(columns, schema=schema), row_group_size=max(1, _GROUP_CELLS // width))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether a file of cells stands and has its end; one cut off lacks the mark with which Parquet ends."""
    try:
        with path.open("rb") as file:
            file.seek(-len(_PARQUET_END), os.SEEK_END)
            return file.read() == _PARQUET_END
    except OSError:
        return False


def insert_sheet(con: duckdb.DuckDBPyConnection, file_id: str, part: Part) -> None:
    """Insert one sheet into raw.sheet: its table, the columns found and those no contract knows; without a
    table, what it comes nearest to."""
    table = part.table
    fields, header_row = ([*table.columns, *table.stated], table.header_rows[-1]) if table else ([], None)
    found = len(part.sheet.rows) - len(part.kinds)
    unused = list(table.extra.values()) if table else []
    con.execute(
        "insert into raw.sheet values (?, ?, ?, ?::varchar[], ?, ?, ?, ?::varchar[], ?, ?::varchar[], ?, ?, ?)",
        [
            *(file_id, part.sheet.name, part.table_name, fields, header_row, found, part.sheet.hidden, unused),
            *(part.nearest, list(part.lacking), part.reason_zh, part.mend_zh, part.is_no_ledger),
        ],
    )


def insert_rows(con: duckdb.DuckDBPyConnection, file_id: str, part: Part, rows: pa.Table, contracts: Contracts) -> None:
    """Insert the rows of one sheet into raw.source_row and, where it was recognised, the table of its contract."""
    table, name = part.table, part.sheet.name
    row_id = f"{file_id}#{name}!"
    mends = "null" if part.mends is None else f"nullif(trim({cell_name(part.mends)}), '')"
    con.register(_VIEW, rows)
    try:
        con.execute(
            "insert into raw.source_row "
            f"select ?::varchar || row_number, ?::varchar, ?::varchar, row_number, kind, ?::varchar, "
            f"case when kind = 'body' then {mends} end, {_own_digest(part, rows.num_columns - 2)} from {_VIEW}",
            [row_id, file_id, name, part.table_name],
        )
        if table is not None:
            query, extra = _insert_body(contracts.tables[table.contract], table)
            con.execute(query, [row_id, file_id, name, *extra])
    finally:
        con.unregister(_VIEW)


def _own_digest(part: Part, width: int) -> str:
    """SQL: digest of a row's cells without ours, of a sheet that has no table; empty cells at its end do not count."""
    if part.table is not None:
        return "null"
    own = [cell_name(index) for index in range(width) if index not in part.added]
    return f"md5(rtrim(concat_ws(chr(31), {', '.join(own)}), chr(31)))" if own else "md5('')"


def _insert_body(contract: Contract, table: FoundTable) -> tuple[str, list[str]]:
    """The insert of a table's body rows; what is stated above them and the names of its unknown columns as further
    parameters."""
    columns = [
        f"nullif({cell_name(table.columns[name])}, '')"
        if name in table.columns
        else ("?::varchar" if name in table.stated else "null")
        for name in contract.columns
    ]
    extra = "null"
    if table.extra:
        pairs = ", ".join(f"{{'k': ?::varchar, 'v': {cell_name(index)}}}" for index in table.extra)
        filled = f"list_filter([{pairs}], lambda pair: pair.v <> '')"
        extra = f"nullif(to_json(map_from_entries({filled}))::varchar, '{{}}')"
    query = (
        f'insert into raw."{contract.name}" '
        f"select ?::varchar || row_number, ?::varchar, ?::varchar, row_number, {', '.join(columns)}, {extra} "
        f"from {_VIEW} where kind = 'body'"
    )
    return query, [*(table.stated[name] for name in contract.columns if name in table.stated), *table.extra.values()]
