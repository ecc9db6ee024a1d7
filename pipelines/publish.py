"""Writes the published tables into one immutable snapshot file and swaps the pointer to it.

The file is written under a temporary name and renamed only when it is whole; readers of the former snapshot keep
it. No name is written twice, not for the same build mended or forced either: a reader knows its file by the name.
Tables are created from sql/published/schema.toml with a comment on every table and column, then filled in the order
of their keys.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.engine import run
from pipelines.landing.tables import transaction
from pipelines.seeds import Moment
from pipelines.settings import beijing_time

KEPT_SNAPSHOTS = 12
POINTER = "current.json"


class PublishError(RuntimeError):
    """A snapshot that was not published; the former one stays in place."""


@dataclass(frozen=True)
class PublishedTable:
    """One table others rely on: comment, key, and name → (type, meaning) of its columns."""

    name: str
    comment: str
    key: tuple[str, ...]
    columns: Mapping[str, tuple[str, str]]


def read_schema(sql_dir: Path) -> tuple[PublishedTable, ...]:
    """All published tables as sql/published/schema.toml states them. Raises PublishError for a key without column."""
    data = tomllib.loads((sql_dir / "published" / "schema.toml").read_text("utf-8"))
    tables = []
    for name, given in data.items():
        columns = {column: (kind, meaning) for column, (kind, meaning) in given["columns"].items()}
        missing = [column for column in given["key"] if column not in columns]
        if missing:
            raise PublishError(f"schema.toml [{name}]: 键列 {missing} 不在 columns 中 (unknown key column)")
        tables.append(PublishedTable(name, given["comment"], tuple(given["key"]), columns))
    return tuple(tables)


def check_columns(con: duckdb.DuckDBPyConnection, tables: Sequence[PublishedTable]) -> None:
    """Compare what the models yielded with the schema. Raises PublishError naming table, columns and types."""
    for table in tables:
        found = con.execute(
            "select column_name, lower(data_type) from information_schema.columns"
            " where table_catalog = current_database() and table_schema = 'published' and table_name = ?"
            " order by ordinal_position",
            [table.name],
        ).fetchall()
        stated = [(column, kind) for column, (kind, _) in table.columns.items()]
        if sorted(found) != sorted(stated):
            differing = sorted(set(found) ^ set(stated))
            raise PublishError(f"published.{table.name} 与 schema.toml 不一致 (columns differ): {differing}")


def write_snapshot(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[PublishedTable],
    folder: Path,
    moment: Moment,
    *,
    is_current: bool = True,
    pinned: Set[str] | None = frozenset(),
) -> Path:
    """Write a snapshot from schema published of `con`, read-only, and swap the pointer. Returns its path.

    It is called `<build_id>.duckdb`; where the same build stands already, `<build_id>-2.duckdb` and so on.
    is_current: one that is not is written beside the others, and nobody is pointed to it. pinned: builds that fixed
    months point to and that stay, however old; None where nobody knows which, and then all stay.
    """
    check_columns(con, tables)
    folder.mkdir(parents=True, exist_ok=True)
    final = _free_path(folder, moment)
    unfinished = folder / f".{moment.build_id}.tmp"
    for leftover in folder.glob(".*.tmp*"):
        leftover.unlink()
    con.execute(f"attach '{str(unfinished).replace(chr(39), chr(39) * 2)}' as snapshot")
    try:
        # One transaction for all tables and comments: each alone would wait for the disk.
        with transaction(con):
            run(con, "snapshot", "create schema snapshot.published")
            for table in tables:
                _copy(con, table)
    except BaseException:
        con.execute("detach snapshot")
        unfinished.unlink(missing_ok=True)
        raise
    con.execute("detach snapshot")
    unfinished.chmod(0o444)
    unfinished.replace(final)
    if is_current:
        _swap(folder, final, moment)
    if pinned is not None:
        _prune(folder, final, pinned)
    return final


def _copy(con: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    name = f"snapshot.published.{table.name}"
    columns = ", ".join(f"{column} {kind}" for column, (kind, _) in table.columns.items())
    run(con, name, f"create table {name} ({columns})")
    run(con, name, f"comment on table {name} is {_quoted(table.comment)}")
    for column, (_, meaning) in table.columns.items():
        run(con, name, f"comment on column {name}.{column} is {_quoted(meaning)}")
    listed = ", ".join(table.columns)
    run(
        con,
        name,
        f"insert into {name} ({listed}) select {listed} from published.{table.name} order by {', '.join(table.key)}",
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _swap(folder: Path, final: Path, moment: Moment) -> None:
    content = {
        "build_id": moment.build_id,
        "file": final.name,
        "as_of": moment.as_of.isoformat(sep=" "),
        # The file is never written again: what it was last changed is when its figures were computed.
        "built_at": beijing_time(final.stat().st_mtime).isoformat(sep=" ", timespec="seconds"),
        "is_demo": moment.is_demo,
    }
    write_atomically(folder / POINTER, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def snapshot_path(folder: Path, moment: Moment) -> Path | None:
    """The snapshot of this build, as it was written last; None where there is none."""
    return _written(folder, moment).get(_last_number(folder, moment))


def _free_path(folder: Path, moment: Moment) -> Path:
    number = _last_number(folder, moment) + 1
    return folder / (f"{moment.build_id}.duckdb" if number == 1 else f"{moment.build_id}-{number}.duckdb")


def _last_number(folder: Path, moment: Moment) -> int:
    return max(_written(folder, moment), default=0)


def _written(folder: Path, moment: Moment) -> dict[int, Path]:
    """How often this build was written, and which files of these still stand."""
    named = re.compile(rf"{re.escape(moment.build_id)}(?:-(\d+))?\.duckdb")
    found = ((named.fullmatch(path.name), path) for path in folder.glob("*.duckdb"))
    return {int(name.group(1) or 1): path for name, path in found if name}


def point_to(folder: Path, path: Path, moment: Moment) -> None:
    """Point to the snapshot of this build at `path`, which stands already."""
    if _pointed_at(folder / POINTER) != (moment.build_id, path.name):
        _swap(folder, path, moment)


def _pointed_at(pointer: Path) -> tuple[str, str] | None:
    """The build and the file a pointer names; None where there is none or it cannot be read: a new one is needed."""
    try:
        said = json.loads(pointer.read_text("utf-8"))
        return str(said["build_id"]), str(said["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_atomically(path: Path, text: str) -> None:
    """Replace a small text file so that a reader sees the old or the new one, never half."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_text(text, "utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _prune(folder: Path, newest: Path, pinned: Set[str]) -> None:
    """Keep the newest snapshots only; the one just written, the one pointed to and those pinned always."""
    pointed = _pointed_at(folder / POINTER)
    safe = {newest.name, *([pointed[1]] if pointed else [])}
    others = [path for path in folder.glob("*.duckdb") if path.name not in safe and _build_of(path) not in pinned]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT_SNAPSHOTS - len(safe) :]:
        path.unlink()


def _build_of(path: Path) -> str:
    """The build a snapshot is named after."""
    return path.stem.partition("-")[0]


def export(con: duckdb.DuckDBPyConnection, tables: Sequence[PublishedTable], folder: Path, schema: str) -> list[Path]:
    """Write every published table as Parquet, ordered by key with one thread: same content, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    con.execute("set threads = 1")
    written = []
    for table in tables:
        path = folder / f"{table.name}.parquet"
        target = str(path).replace("'", "''")
        listed = ", ".join(table.columns)
        order = ", ".join(table.key)
        run(
            con,
            f"export {table.name}",
            f"copy (select {listed} from {schema}.{table.name} order by {order})"
            f" to '{target}' (format parquet, compression zstd)",
        )
        written.append(path)
    return written
