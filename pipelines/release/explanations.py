"""情况说明: what a grid says of an overdue duty, written in TOML below data/state/explanations/.

    [[explanation]]
    metric_id = "rectification"
    obligation_id = "rectification/…"
    by = "谁写的"
    written_on = 2026-11-10
    text = "…"

Whatever is wrong is told with file and entry; the rest of the file, and the other files, are used all the same.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

KEYS = ("metric_id", "obligation_id", "by", "written_on", "text")
_LONGEST = 2000


@dataclass(frozen=True)
class Explanation:
    """One entry, number `entry` of its file (from 1)."""

    metric_id: str
    obligation_id: str
    by: str
    written_on: date
    text: str
    file: str
    entry: int


@dataclass(frozen=True)
class Explanations:
    """What could be read, and file → what is wrong, entry by entry."""

    entries: tuple[Explanation, ...]
    astray: tuple[tuple[str, str], ...]


def read_explanations(folder: Path) -> Explanations:
    """All files of the folder, in the order of their names."""
    entries: list[Explanation] = []
    astray: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        try:
            given = tomllib.loads(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            astray.append((path.name, f"无法读取，应为 UTF-8 的 TOML：{error}"))
            continue
        unknown = sorted(set(given) - {"explanation"})
        if unknown:
            astray.append((path.name, f"未知的键 {'、'.join(unknown)}；每条应写在 [[explanation]] 之下"))
        listed = given.get("explanation", [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            astray.append((path.name, "explanation 应写成 [[explanation]]，一条一节"))
            continue
        for number, one in enumerate(listed, start=1):
            wrong = _wrong(one)
            if wrong:
                astray.append((path.name, f"第 {number} 条：{wrong}；未采用"))
            else:
                entries.append(_explanation(one, path.name, number))
    return Explanations(tuple(entries), tuple(astray))


def _wrong(given: dict[str, Any]) -> str:
    """What is wrong with an entry; empty where nothing is."""
    unknown, missing = sorted(set(given) - set(KEYS)), [key for key in KEYS if key not in given]
    if unknown or missing:
        told = [f"未知的键 {'、'.join(unknown)}"] if unknown else []
        told += [f"缺少 {'、'.join(missing)}"] if missing else []
        return "，".join(told)
    if type(given["written_on"]) not in (date, datetime):
        return f"written_on 应为不加引号的日期，如 2026-11-10，现为 {given['written_on']!r}"
    blank = [key for key in KEYS if key != "written_on" and not (isinstance(given[key], str) and given[key].strip())]
    if blank:
        return f"{'、'.join(blank)} 应为加引号的文字，不能空着"
    return f"text 超过 {_LONGEST} 字" if len(given["text"]) > _LONGEST else ""


def _explanation(given: dict[str, Any], file: str, entry: int) -> Explanation:
    written = given["written_on"]
    day = written.date() if isinstance(written, datetime) else written
    texts = {key: given[key].strip() for key in ("metric_id", "obligation_id", "by", "text")}
    return Explanation(**texts, written_on=day, file=file, entry=entry)
