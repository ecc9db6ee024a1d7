"""When a month is fixed: 初步数 and 最终数, each at 00:00 of a working day of the month after (sql/fixing.toml)."""

from __future__ import annotations

import csv
import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

PRELIMINARY, FINAL = "preliminary", "final"
STAGES = (PRELIMINARY, FINAL)
STAGE_ZH = {PRELIMINARY: "初步数", FINAL: "最终数"}
BASES = ("法定", "文件规定", "本系统暂定")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_REQUIRED = {"stage", "zh", "workday", "basis", "text_zh", "valid_from"}


class FixingError(ValueError):
    """A month that cannot be fixed as asked, or a rule of fixing that cannot be used; the message says why."""


@dataclass(frozen=True)
class StageRule:
    """On which working day of the next month a stage is fixed, for the months that end from `valid_from` on."""

    stage: str
    workday: int
    text_zh: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Fixing:
    """The rules of fixing and the published working days.

    restated_months: how many fixed months, newest first, the daily look back covers.
    """

    rules: tuple[StageRule, ...]
    workdays: tuple[date, ...]
    calendar_end: date
    restated_months: int

    def covers(self, month: str, stage: str) -> bool:
        """Whether a rule says when: none does for months before the scheme, of which data from elsewhere may tell."""
        return self._rule(month, stage) is not None

    def cut_off(self, month: str, stage: str) -> datetime | None:
        """The moment up to which a month's figures of a stage are taken; None where the calendar does not reach so far.

        Raises FixingError where no rule covers the month.
        """
        rule = self._rule(month, stage)
        if rule is None:
            raise FixingError(f"fixing.toml：{month} 没有适用的“{STAGE_ZH[stage]}”规定 (no rule for this month)")
        last_day = _last_day(month)
        after = [day for day in self.workdays if day > last_day][: rule.workday]
        return datetime.combine(after[-1], time()) if len(after) == rule.workday else None

    def _rule(self, month: str, stage: str) -> StageRule | None:
        last_day = _last_day(month)
        for rule in self.rules:
            if rule.stage == stage and rule.valid_from <= last_day <= (rule.valid_to or date.max):
                return rule
        return None


def last_second(cut_off: datetime) -> datetime:
    """The as-of of a cut-off: a deed told by its day alone counts at 00:00, and that of the cut-off's day is after."""
    return cut_off - timedelta(seconds=1)


def month_of(text: str) -> str:
    """A month as written YYYY-MM. Raises FixingError for anything else."""
    if not _MONTH.fullmatch(text):
        raise FixingError(f"月份应写成 2026-10 这样的年-月，现为 {text!r} (YYYY-MM expected)")
    return text


def month_before(moment: datetime) -> str:
    """The last month that is over."""
    number = moment.year * 12 + moment.month - 2
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def months_between(first: str, last: str) -> list[str]:
    """All months from first to last, both included."""
    begins, ends = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(begins, ends + 1)]


def read_fixing(sql_dir: Path) -> Fixing:
    """Read fixing.toml and the calendar. Raises FixingError naming what is wrong."""
    data = tomllib.loads((sql_dir / "fixing.toml").read_text("utf-8"))
    if set(data) != {"restated_months", "stage"}:
        raise FixingError(f"fixing.toml：应有 restated_months 与 [[stage]]，现为 {sorted(data)} (unknown keys)")
    rules = tuple(_rule(given) for given in data["stage"])
    for stage in STAGES:
        _refuse_overlap(stage, [rule for rule in rules if rule.stage == stage])
    with (sql_dir / "seeds" / "calendar.csv").open(encoding="utf-8") as file:
        days = list(csv.DictReader(file))
    workdays = tuple(date.fromisoformat(day["day"]) for day in days if day["is_workday"] == "true")
    return Fixing(rules, workdays, date.fromisoformat(days[-1]["day"]), int(data["restated_months"]))


def _rule(given: Mapping[str, Any]) -> StageRule:
    if not _REQUIRED <= set(given) <= _REQUIRED | {"valid_to"}:
        raise FixingError(f"fixing.toml：[[stage]] 应有 {sorted(_REQUIRED)}，现为 {sorted(given)}")
    stage, workday = given["stage"], given["workday"]
    if stage not in STAGES or given["zh"] != STAGE_ZH[stage]:
        raise FixingError(f"fixing.toml：stage、zh 应为 {STAGE_ZH} 之一，现为 {stage!r}、{given['zh']!r}")
    if type(workday) is not int or workday < 1 or given["basis"] not in BASES:
        raise FixingError(f"fixing.toml {stage}：workday 应为正整数，basis 应为 {BASES} 之一")
    return StageRule(stage, workday, given["text_zh"], given["valid_from"], given.get("valid_to"))


def _refuse_overlap(stage: str, rules: Sequence[StageRule]) -> None:
    ordered = sorted(rules, key=lambda rule: rule.valid_from)
    if not ordered:
        raise FixingError(f"fixing.toml：没有“{STAGE_ZH[stage]}”的规定 (stage missing)")
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            both = f"{earlier.valid_from} 起与 {later.valid_from} 起的两条"
            raise FixingError(f"fixing.toml {stage}：{both}重叠 (overlap)")


def _last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])
