"""The hardened door to a published snapshot: pointer, read-only connection, scope.

Whatever pages, papers and `trace` read passes through `Snapshot.ask`, which runs one SELECT on a connection that
can neither write nor open any file but the raw rows, and which lays three relations before every query:
`visible_grid` (the scope's grid and all that stand or once stood below it), `visible_county` (whose deliveries the
scope may see) and `place` (every grid once, by its latest name). The questions themselves stand in `standing`
(numbers), `walk` (number → obligations) and `evidence` (row → cell).
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

POINTER = "current.json"
ROWS = "rows"
CITY = "city"
MEMORY = "512MB"
Row: TypeAlias = dict[str, Any]
Frame: TypeAlias = Any  # a pandas DataFrame; pandas publishes no types

_OPENING = threading.Lock()
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VISIBLE = """
with visible_grid as (
    select distinct leaf_id as grid_id from published.grid_path where ancestor_id = $scope_grid
), visible_county as (
    select distinct grid_id as county_id from published.grid where level = 2 and grid_id in (from visible_grid)
    union all
    select 'city' where $scope_grid = 'city'
), place as (
    select grid_id, code, name, level, parent_id, county_id, is_patrol_grid, tile_x, tile_y, valid_from, valid_to
    from published.grid
    qualify row_number() over (partition by grid_id order by valid_from desc) = 1
)"""


# The last day of a month written YYYY-MM.
MONTH_END = "last_day(cast({month} || '-01' as date))"


def below(grid: str, day: str) -> str:
    """SQL: whether a grid stood at or below $grid_id on a day; figures count a duty for the grids above on its day."""
    return (
        f"exists (select 1 from published.grid_path as below where below.leaf_id = {grid}"
        f" and below.ancestor_id = $grid_id and {day} between below.valid_from and below.valid_to)"
    )


class SnapshotError(RuntimeError):
    """A snapshot that cannot be read; the message says what is wrong and how to mend it."""


class NoSnapshotError(SnapshotError):
    """Nothing has been published under this root yet."""


@dataclass(frozen=True)
class Pointer:
    """What current.json says. as_of: the moment the figures stand for; built_at: when they were computed."""

    build_id: str
    path: Path
    as_of: datetime
    built_at: datetime
    is_demo: bool


@dataclass(frozen=True)
class Scope:
    """What one reader may see: the grid `grid_id` with all below it, and whether people appear by full name."""

    grid_id: str = CITY
    see_names: bool = True


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One published build, open for reading. Safe to share between threads: every question takes its own cursor."""

    pointer: Pointer
    rows: Path
    connection: duckdb.DuckDBPyConnection = field(repr=False)

    def ask(self, scope: Scope, sql: str, **values: object) -> list[Row]:
        """Rows of one SELECT as dictionaries; `sql` continues the `with` list or starts with its SELECT.

        Raises SnapshotError for anything but one SELECT, or one that names neither visible_grid nor visible_county.
        """
        with self._told():
            return _dictionaries(self._run(scope, sql, values))

    def frame(self, scope: Scope, sql: str, **values: object) -> Frame:
        """The same as a pandas DataFrame."""
        with self._told():
            return self._run(scope, sql, values).df()

    def ask_unscoped(self, sql: str, **values: object) -> list[Row]:
        """Rows of one SELECT without scope: tables of no place or person, or what a scoped question has allowed."""
        with self._told():
            return _dictionaries(self._execute(sql, values))

    def cells(self, sha256: str, sheet_name: str, row_numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Raw cell texts by row number. The caller has made sure that the rows may be seen."""
        if not _SHA256.fullmatch(sha256):
            raise SnapshotError(f"文件摘要应为 64 位十六进制，现为 {sha256!r} (not a sha256)")
        path = self.rows / f"{sha256}.parquet"
        sql = """
            select row_number, columns('^c\\d+$') from read_parquet($path)
            where sheet_name = $sheet and list_contains($numbers, row_number)
        """
        try:
            values = {"path": str(path), "sheet": sheet_name, "numbers": sorted(row_numbers)}
            found = _dictionaries(self._execute(sql, values))
        except duckdb.OutOfMemoryException as error:
            raise self._complaint(error) from error
        except duckdb.Error as error:  # missing, cut off, or no Parquet at all
            raise SnapshotError(
                f"原始行文件缺失或损坏：rows/{path.name}；请执行 make run 重新发布 (row file unreadable)"
            ) from error
        # A row that ends before the widest of its file has no text in the cells it does not have.
        return {row.pop("row_number"): tuple(cell for cell in row.values() if cell is not None) for row in found}

    def close(self) -> None:
        """Let go of the file; questions asked afterwards fail."""
        self.connection.close()

    def _run(self, scope: Scope, sql: str, values: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
        if not _is_scoped(sql):
            raise SnapshotError("查询未限定数据范围：应引用 visible_grid 或 visible_county (query without scope)")
        whole = f"{_VISIBLE}{sql if sql.lstrip().startswith(',') else ' ' + sql}"
        return self._execute(whole, {**values, "scope_grid": scope.grid_id})

    def _execute(self, sql: str, values: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
        given = {name: values[name] for name in _parameters(sql)}
        return self.connection.cursor().execute(sql, given)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever the engine complains of is told in Chinese: pages and the command line know SnapshotError alone."""
        try:
            yield
        except duckdb.Error as error:
            raise self._complaint(error) from error

    def _complaint(self, error: duckdb.Error) -> SnapshotError:
        reason = (str(error).splitlines() or [""])[0].replace(str(self.pointer.path), self.pointer.path.name)
        name = self.pointer.path.name
        if isinstance(error, duckdb.OutOfMemoryException):
            return SnapshotError(
                f"查询所需内存超过上限 {MEMORY}：请选一个区县或一个月份再看；反复出现请告知维护人员 (out of memory)"
            )
        if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
            return SnapshotError(
                f"发布文件 {name} 的结构与程序不符：{reason}；请执行 make run 重新发布 (snapshot of another version)"
            )
        return SnapshotError(f"发布文件 {name} 读不出来：{reason}；请执行 make run 重新发布 (snapshot unreadable)")


def _dictionaries(cursor: duckdb.DuckDBPyConnection) -> list[Row]:
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read_pointer(published: Path) -> Pointer:
    """Read `published/current.json`.

    Raises NoSnapshotError where there is none, SnapshotError where it cannot be understood or its file is gone.
    """
    path = published / POINTER
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise NoSnapshotError("尚未发布数据：请先执行 make run (nothing published yet)") from error
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{POINTER} 无法读取：{error}；请执行 make run 重新发布 (unreadable pointer)") from error
    try:
        name = str(data["file"])
        pointer = Pointer(
            build_id=str(data["build_id"]),
            path=(published / name).resolve(),
            as_of=datetime.fromisoformat(data["as_of"]).replace(tzinfo=None),
            built_at=datetime.fromisoformat(data["built_at"]).replace(tzinfo=None),
            is_demo=bool(data["is_demo"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SnapshotError(
            f"{POINTER} 内容有误：{error!r}；应有 build_id、file、as_of、built_at、is_demo (bad pointer)"
        ) from error
    if Path(name).name != name or not pointer.path.is_file():
        raise SnapshotError(f"{POINTER} 所指的发布文件不存在：{name!r}；请执行 make run (snapshot file missing)")
    return pointer


def open_snapshot(published: Path, pointer: Pointer | None = None) -> Snapshot:
    """Open the current snapshot under `published` (or the one `pointer` names), read-only and fenced in.

    Outside access is limited to the raw row files, and the configuration is locked. An open snapshot keeps
    answering from its own file after the pointer has moved on; the next call sees the new one.
    Raises NoSnapshotError or SnapshotError.
    """
    pointer = pointer or read_pointer(published)
    rows = (published / ROWS).resolve()
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": "1",
        "temp_directory": "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        with _OPENING:
            connection = duckdb.connect(str(pointer.path), read_only=True, config=config)
            _fence(connection, rows)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(pointer.path), pointer.path.name)  # pages show this
        raise SnapshotError(
            f"发布文件 {pointer.path.name} 无法打开：{reason}；请执行 make run 重新发布 (unreadable snapshot)"
        ) from error
    return Snapshot(pointer, rows, connection)


def _fence(connection: duckdb.DuckDBPyConnection, rows: Path) -> None:
    """Limit outside access to the rows folder and lock that. A second connection in one process shares the first's."""
    if connection.execute("select current_setting('lock_configuration')").fetchone() != (True,):
        # This order works; both settings inside connect(config=) do not.
        connection.execute(f"set allowed_directories = ['{str(rows).replace(chr(39), chr(39) * 2)}']")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")


@lru_cache(maxsize=256)
def _parameters(sql: str) -> frozenset[str]:
    """The names of a query's parameters. COPY would still write into the rows folder: only one SELECT may pass."""
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise SnapshotError("快照只接受一条 SELECT 语句 (one SELECT only)")
    return frozenset(statements[0].named_parameters)


@lru_cache(maxsize=256)
def _is_scoped(sql: str) -> bool:
    """Whether a query reads from a relation of the scope; to name one in a comment or a text is not enough."""
    code = sql.encode()
    tokens = [place for place, kind in duckdb.tokenize(sql) if kind != duckdb.token_type.comment]
    words = [code[start:end].split() for start, end in pairwise([*tokens, len(code)])]
    heads = [word[0].lower() if word else b"" for word in words]
    return any(
        before in {b"from", b"join"} and re.fullmatch(rb"visible_(grid|county)[;)]*", after)
        for before, after in pairwise(heads)
    )
