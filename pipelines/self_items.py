"""What the items of self-evaluations mean: names as counties write them → metrics, read from sql/self_items.toml.

Names are compared as `item_text` of sql/engines/cells.sql has them. A duty's own Chinese name means that duty and is
not written down. Refuses an unknown metric, unknown keys, and one name with two meanings on the same day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.dated_rules import BASES, CatalogueError, check_keys

FILE = "self_items.toml"
SINCE = date(2021, 5, 7)  # the scheme's own day
_KEYS = {"zh", "names", "metrics", "basis", "source", "valid_from"}


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


def load(sql_dir: Path, duties: Mapping[str, str]) -> tuple[SelfItem, ...]:
    """The items of the file and those that bear a duty's own name. duties: metric id → Chinese name.

    Raises CatalogueError.
    """
    data = tomllib.loads((sql_dir / FILE).read_text("utf-8"))
    if set(data) != {"item"}:
        raise CatalogueError(f"{FILE}: 应只有 [[item]]，现有 {sorted(data)} (only [[item]] is expected)")
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
