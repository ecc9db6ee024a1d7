"""The grid seed: which grids there are, and so who reports, under which names, and since when.

sql/seeds/grid.csv, or the root's own config/seeds/grid.csv. Checked when read, so that a wrong line is told with its
number and column instead of as figures nobody can explain.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TOP = "city"
COLUMNS = (
    "grid_id", "code", "name", "level", "parent_id", "county_id", "unit_id", "kind", "is_patrol_grid", "departments",
    "aliases", "other_list_code", "tile_x", "tile_y", "valid_from",
)  # fmt: skip
_REPORTING_LEVELS = frozenset({"0", "2"})


class GridSeedError(ValueError):
    """A grid seed that cannot be used; names the file, the line, the column and what was expected."""


@dataclass(frozen=True)
class Grids:
    """The lines of a grid seed, as text; text: the whole file."""

    path: Path
    text: str
    lines: tuple[Mapping[str, str], ...]

    @property
    def county_ids(self) -> tuple[str, ...]:
        """Who reports: the level-2 grids and, last, the top."""
        return (*(line["grid_id"] for line in self.lines if line["level"] == "2"), TOP)

    @property
    def first_month(self) -> str:
        """YYYY-MM in which the first grid begins: nothing was owed or delivered before."""
        return min(line["valid_from"] for line in self.lines)[:7]

    def reporting(self) -> tuple[Mapping[str, str], ...]:
        """The lines of those who report."""
        return tuple(line for line in self.lines if line["level"] in _REPORTING_LEVELS)


def read_grids(path: Path) -> Grids:
    """Read and check a grid seed. Raises GridSeedError."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GridSeedError(f"{path.name}: 无法读取（应为 UTF-8 的 CSV）：{error} (unreadable grid seed)") from error
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise GridSeedError(f"{path.name} 第 1 行: 表头应依次为 {','.join(COLUMNS)}，现为 {reader.fieldnames} (header)")
    lines: list[Mapping[str, str]] = []
    for cells in reader:
        if None in cells or None in cells.values():
            raise GridSeedError(f"{path.name} 第 {reader.line_num} 行: 应有 {len(COLUMNS)} 列 (number of cells)")
        lines.append(cells)
    by_id: dict[str, Mapping[str, str]] = {line["grid_id"]: line for line in lines}
    for number, line in enumerate(lines, 2):
        _refuse_wrong(path, number, line, by_id)
    if len(by_id) < len(lines):
        twice = sorted({line["grid_id"] for line in lines if by_id[line["grid_id"]] is not line})
        raise GridSeedError(f"{path.name} grid_id: {twice} 出现两次 (stands twice)")
    if [line["grid_id"] for line in lines if line["level"] == "0"] != [TOP]:
        raise GridSeedError(f"{path.name} level: 第 0 级应有且只有 {TOP} 一个网格 (the top is called {TOP})")
    if not any(line["level"] == "2" for line in lines):
        raise GridSeedError(f"{path.name} level: 没有第 2 级网格，也就没有报送单位 (nobody reports)")
    return Grids(path, text, tuple(lines))


def _refuse_wrong(path: Path, number: int, line: Mapping[str, str], by_id: Mapping[str, Mapping[str, str]]) -> None:
    for column, is_right, expected in (
        ("grid_id", bool(line["grid_id"]), "不能为空"),
        ("name", bool(line["name"]), "不能为空"),
        ("level", line["level"] in {"0", "1", "2", "3"}, "应为 0、1、2、3"),
        (
            "parent_id",
            _is_parent(line, by_id),
            "应为上一级网格的 grid_id；第 0 级为空；没有第 1 级的，第 2 级直属 city",
        ),
        ("county_id", _is_county(line), "第 0、1 级为 city，第 2 级为自身，第 3 级为其上级"),
        ("is_patrol_grid", line["is_patrol_grid"] in {"true", "false"}, "应为 true 或 false"),
        ("tile_x", _is_number(line["tile_x"]), "应为数字或空"),
        ("tile_y", _is_number(line["tile_y"]), "应为数字或空"),
        ("valid_from", _is_day(line["valid_from"]), "应为 2021-05-07 这样的日期"),
    ):
        if not is_right:
            raise GridSeedError(
                f"{path.name} 第 {number} 行 {column}: {line[column]!r} 不可用；{expected} (grid seed, wrong {column})"
            )


def _is_parent(line: Mapping[str, str], by_id: Mapping[str, Mapping[str, str]]) -> bool:
    if line["level"] == "0":
        return not line["parent_id"]
    has_units = any(other["level"] == "1" for other in by_id.values())
    expected = {"1": "0", "2": "1" if has_units else "0", "3": "2"}
    return by_id.get(line["parent_id"], {}).get("level") == expected.get(line["level"], "")


def _is_county(line: Mapping[str, str]) -> bool:
    expected = {"0": TOP, "1": TOP, "2": line["grid_id"], "3": line["parent_id"]}
    return line["county_id"] == expected.get(line["level"])


def _is_number(text: str) -> bool:
    try:
        return not text or math.isfinite(float(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
