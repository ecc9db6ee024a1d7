"""What the items of self-evaluations mean: names as counties write them → metrics, read from sql/self_items.toml.

And the lines beyond which too much of a year is hidden to compare an item with the rest. Names are compared as
`item_text` of sql/engines/cells.sql has them. A duty's own Chinese name means that duty and is
not written down. Refuses an unknown metric, unknown keys, and one name with two meanings on the same day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipelines.dated_rules import BASES, CatalogueError, check_keys, check_periods

FILE = "self_items.toml"
SINCE = date(2021, 5, 7)  # the scheme's own day
_KEYS = {"zh", "names", "metrics", "basis", "source", "valid_from"}
_LINE_KEYS = {"undated_at_most", "blind_months_at_most", "basis", "source", "valid_from"}


@dataclass(frozen=True)
class SelfItem:
    """An item of self-evaluations, valid at the end of the years from `valid_from` to `valid_to` (None: open)."""

    zh: str
    names: tuple[str, ...]
    metric_ids: tuple[str, ...]
    basis: str
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class HiddenLine:
    """How much may be hidden of what an item is compared with: share of duties without usable dates, blind months."""

    undated_at_most: float
    blind_months_at_most: int
    basis: str
    source: str
    valid_from: date
    valid_to: date | None = None


def load_lines(sql_dir: Path) -> tuple[HiddenLine, ...]:
    """The lines of the file, one in force at the end of each year. Raises CatalogueError."""
    lines = []
    for given in tomllib.loads((sql_dir / FILE).read_text("utf-8")).get("line", []):
        check_keys(f"{FILE} line", given, _LINE_KEYS | {"valid_to"}, _LINE_KEYS)
        share, months = given["undated_at_most"], given["blind_months_at_most"]
        if given["basis"] not in BASES or not 0 <= share <= 1 or type(months) is not int or not 0 <= months <= 12:
            told = f"basis 应为 {BASES} 之一，undated_at_most 在 0 与 1 之间，blind_months_at_most 为 0 至 12 的整数"
            raise CatalogueError(f"{FILE} line: {told}，现为 {given} (out of range)")
        lines.append(HiddenLine(**given))
    if not lines or min(line.valid_from for line in lines) > SINCE:
        raise CatalogueError(f"{FILE}: 应有自 {SINCE} 起生效的 [[line]] (a line in force since then is expected)")
    check_periods(f"{FILE} line", lines)
    lines.sort(key=lambda line: line.valid_from)
    for earlier, later in pairwise(lines):
        if earlier.valid_to is None or later.valid_from != earlier.valid_to + timedelta(days=1):
            raise CatalogueError(f"{FILE} line: {earlier.valid_to} 与 {later.valid_from} 接不上 (a gap in time)")
    return tuple(lines)


def load(sql_dir: Path, duties: Mapping[str, str]) -> tuple[SelfItem, ...]:
    """The items of the file and those that bear a duty's own name. duties: metric id → Chinese name.

    Raises CatalogueError.
    """
    data = tomllib.loads((sql_dir / FILE).read_text("utf-8"))
    if set(data) - {"line"} != {"item"}:
        raise CatalogueError(f"{FILE}: 应只有 [[item]] 与 [[line]]，现有 {sorted(data)} (only these are expected)")
    items = [_item(given, duties) for given in data["item"]]
    items += [SelfItem(zh, (zh,), (metric_id,), "本系统暂定", "与指标同名", SINCE) for metric_id, zh in duties.items()]
    _refuse_two_meanings(items)
    return tuple(items)


def _item(given: Mapping[str, Any], duties: Mapping[str, str]) -> SelfItem:
    name = f"{FILE} {given.get('zh', '?')}"
    check_keys(name, given, _KEYS | {"valid_to"}, _KEYS)
    lost = [metric_id for metric_id in given["metrics"] if metric_id not in duties]
    if lost or not given["metrics"] or not given["names"]:
        raise CatalogueError(f"{name}: 目录中没有这些义务 {lost}，或 names、metrics 为空 (unknown or no duties)")
    if given["basis"] not in BASES:
        raise CatalogueError(f"{name}: basis 应为 {BASES} 之一，现为 {given['basis']!r}")
    rest = (given["zh"], tuple(given["names"]), tuple(given["metrics"]), given["basis"], given["source"])
    return SelfItem(*rest, given["valid_from"], given.get("valid_to"))


def _refuse_two_meanings(items: Collection[SelfItem]) -> None:
    seen: dict[str, list[SelfItem]] = {}
    for item in items:
        for name in item.names:
            for other in seen.get(name, []):
                if item.valid_from <= (other.valid_to or date.max) and other.valid_from <= (item.valid_to or date.max):
                    told = f"“{name}”在 {other.zh} 与 {item.zh} 中都有，且同时有效 (two meanings)"
                    raise CatalogueError(f"{FILE}: {told}")
            seen.setdefault(name, []).append(item)
