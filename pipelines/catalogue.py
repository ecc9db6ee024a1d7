"""Metrics, limits and score cards, read from sql/metrics.toml, limits.toml and scorecard.toml into frozen objects.

Refuses unknown keys, a metric without Chinese or English words, and dates of validity that overlap: a figure
must have exactly one target and one limit on any day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import scorecard, self_items
from pipelines.dated_rules import BASES, CatalogueError, check_keys, check_periods
from pipelines.scorecard import Scorecard
from pipelines.self_items import HiddenLine, SelfItem

_METRIC_TEXTS = (
    "id", "zh", "en", "kind", "concept", "level", "clause", "formula_zh", "formula_en",
    "unit", "direction", "owner_zh", "version",
)  # fmt: skip
_CLAUSE = re.compile(r"(?:^|(?<=[；、]))(一(?=[ ；、]|$)|[二四五]（[一二三四]）\d?)")
# How an indicator's rows make one figure: numerator / denominator, their sum, the sum as it stood at the period's last
# month (what lies open is counted every month and does not add up over them), the largest, or the time by which half
# have ended (rows of days and whether they ended). A mean is divided like a share and is no part of a whole: it may be
# negative.
COMBINES = ("share", "mean", "sum", "stock", "max", "median")
# Whose interval a share carries: Wilson's where the numerator is a part of the denominator, Byar's where events are set
# against an exposure they can exceed.
INTERVALS = ("wilson", "byar")


@dataclass(frozen=True)
class Target:
    """A target share (0–1), valid from a day on until `valid_to` (inclusive, None: open)."""

    value: float
    basis_zh: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Need:
    """Columns a metric needs of a table: one of `any_of` must have been delivered, else `if_missing` holds.

    `any_of` holds (table, column): a column of another table (written `follow_up.done_at`) will do as well.
    """

    table: str
    any_of: tuple[tuple[str, str], ...]
    if_missing: str
    reason_zh: str


@dataclass(frozen=True)
class Metric:
    """One metric of the catalogue; `texts` holds its words by name.

    ledger: the table without which its duties cannot be seen; each month that lacks it adds one unreported duty.
    combine: of an indicator, how its rows make one figure; that is multiplied by `multiplier` (per hundred) and divided
    by `divisor` (seconds into hours) once, after everything has been added up. interval: of a share, one of INTERVALS.
    """

    id: str
    texts: Mapping[str, str]
    min_n: int
    targets: tuple[Target, ...]
    needs: tuple[Need, ...]
    ledger: str = ""
    combine: str = ""
    multiplier: int = 1
    divisor: int = 1
    interval: str = ""

    @property
    def is_duty(self) -> bool:
        """True where somebody owes something; an indicator is a number beside."""
        return self.texts["kind"] == "obligation"


@dataclass(frozen=True)
class DutyLimit:
    """A limit in force from a day on: how long, how counted, on what basis.

    limit_class: which of a metric's duties it is for, where it has limits of several kinds ('' : all others).
    option: a choice of the rule other than its number, as the metric's SQL reads it.
    """

    metric_id: str
    value: int | None
    day_kind: str
    starts_from: str
    basis: str
    source: str
    text_zh: str
    valid_from: date
    valid_to: date | None = None
    limit_class: str = ""
    option: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause of the scheme: what it asks for, and what of it exports cannot show ('' : nothing is left out)."""

    id: str
    duty_zh: str
    beyond_zh: str


@dataclass(frozen=True)
class Catalogue:
    """All metrics and limits of one version, the clauses they are measured against, the cards they are scored by, and
    what items of evaluations mean."""

    version: str
    metrics: tuple[Metric, ...]
    limits: tuple[DutyLimit, ...]
    clauses: tuple[Clause, ...]
    scorecard: Scorecard
    self_items: tuple[SelfItem, ...]
    hidden_lines: tuple[HiddenLine, ...]

    def measured(self, clause: Clause) -> tuple[Metric, ...]:
        """The metrics that name this clause."""
        return tuple(metric for metric in self.metrics if clause.id in _numbers(metric.texts["clause"]))


def load(sql_dir: Path) -> Catalogue:
    """Read metrics.toml, limits.toml, self_items.toml of `sql_dir`. Raises CatalogueError."""
    data = tomllib.loads((sql_dir / "metrics.toml").read_text("utf-8"))
    check_keys("metrics.toml", data, {"version", "metric"}, {"version", "metric"})
    metrics = tuple(_metric(given) for given in data["metric"])
    ids = [metric.id for metric in metrics]
    if len(set(ids)) != len(ids):
        raise CatalogueError(f"metrics.toml: 指标编号重复 (duplicate id) {sorted(ids)}")
    limit_data = tomllib.loads((sql_dir / "limits.toml").read_text("utf-8"))
    check_keys("limits.toml", limit_data, {"limit"}, {"limit"})
    limits = tuple(_limit(given, ids) for given in limit_data["limit"])
    for metric in metrics:
        check_periods(f"metrics.toml {metric.id} target", metric.targets)
        own = [limit for limit in limits if limit.metric_id == metric.id]
        if bool(own) != metric.is_duty:
            raise CatalogueError(
                f"limits.toml: 义务 {metric.id} 应有时限，数值没有 (a duty has a limit, an indicator none)"
            )
        for limit_class in sorted({limit.limit_class for limit in own}):
            of_class = [limit for limit in own if limit.limit_class == limit_class]
            check_periods(f"limits.toml {metric.id} {limit_class}".strip(), of_class)
    duties = {metric.id: metric.texts["zh"] for metric in metrics if metric.is_duty}
    return Catalogue(
        str(data["version"]),
        metrics,
        limits,
        _clauses(sql_dir, metrics),
        scorecard.load(sql_dir, _scored(metrics)),
        self_items.load(sql_dir, duties),
        self_items.load_lines(sql_dir),
    )


def _scored(metrics: Sequence[Metric]) -> dict[str, scorecard.Scorable]:
    """What a card may hold: duties, with their levels, concept and targets."""
    return {
        metric.id: scorecard.Scorable(tuple(metric.texts["level"].split(",")), metric.texts["concept"], metric.targets)
        for metric in metrics
        if metric.is_duty
    }


def _clauses(sql_dir: Path, metrics: Sequence[Metric]) -> tuple[Clause, ...]:
    """The clauses in the scheme's order. Raises CatalogueError for a metric of no clause, a clause of no metric."""
    data = tomllib.loads((sql_dir / "clauses.toml").read_text("utf-8"))
    check_keys("clauses.toml", data, {"clause"}, {"clause"})
    for given in data["clause"]:
        keys = {"id", "duty_zh", "beyond_zh"}
        check_keys(f"clauses.toml {given.get('id', '?')}", given, keys, keys)
    clauses = tuple(Clause(**given) for given in data["clause"])
    known = {clause.id for clause in clauses}
    named = {metric.id: _numbers(metric.texts["clause"]) for metric in metrics}
    for metric_id, numbers in named.items():
        if numbers - known or not (numbers or metric_id in _without_clause(metrics)):
            raise CatalogueError(f"metrics.toml {metric_id}: clause 应写方案条款编号，现为 {sorted(numbers)}")
    silent = [clause.id for clause in clauses if clause.id not in set().union(*named.values()) and not clause.beyond_zh]
    if silent:
        raise CatalogueError(f"clauses.toml: 条款 {silent} 既无指标也未说明看不出什么 (clause without metric)")
    return clauses


def _without_clause(metrics: Sequence[Metric]) -> set[str]:
    return {metric.id for metric in metrics if metric.texts["clause"].startswith("无")}


def _numbers(text: str) -> set[str]:
    """The clauses a text names: 二（二）2、二（三）2 妥善处理… → both."""
    return set(_CLAUSE.findall(text))


def _metric(given: Mapping[str, Any]) -> Metric:
    name = f"metrics.toml {given.get('id', '?')}"
    required = {*_METRIC_TEXTS, "min_n", "target", "need"}
    check_keys(name, given, required | {"ledger", "combine", "multiplier", "divisor", "interval"}, required)
    if given["kind"] not in {"obligation", "indicator"} or (given["kind"] == "indicator") != ("combine" in given):
        raise CatalogueError(f"{name}: kind 应为 obligation，或 indicator 并写明 combine {COMBINES}")
    if given.get("combine", COMBINES[0]) not in COMBINES:
        raise CatalogueError(f"{name}: combine 应为 {COMBINES} 之一，现为 {given['combine']!r}")
    scales = {key: given[key] for key in ("multiplier", "divisor") if key in given}
    if scales and (given["kind"] != "indicator" or not all(type(n) is int and n > 0 for n in scales.values())):
        raise CatalogueError(f"{name}: multiplier、divisor 只用于 indicator，且为正整数，现为 {scales}")
    if "interval" in given and (given["interval"] not in INTERVALS or given.get("combine") != "share"):
        raise CatalogueError(f"{name}: interval 应为 {INTERVALS} 之一，且只用于 combine = share")
    texts = {key: str(given[key]).strip() for key in _METRIC_TEXTS}
    empty = [key for key, text in texts.items() if not text]
    if empty:
        raise CatalogueError(f"{name}: 缺少 {empty}，中英文都要写 (missing words)")
    targets = []
    for target in given["target"]:
        check_keys(name, target, {"value", "basis_zh", "valid_from", "valid_to"}, {"value", "basis_zh", "valid_from"})
        targets.append(Target(**target))
    needs = []
    for need in given["need"]:
        fields = {"table", "any_of", "if_missing", "reason_zh"}
        check_keys(name, need, fields, fields)
        if need["if_missing"] not in {"no", "partial"}:
            raise CatalogueError(f"{name}: if_missing 应为 no 或 partial，现为 {need['if_missing']!r}")
        needs.append(Need(need["table"], _columns(need), need["if_missing"], need["reason_zh"]))
    return Metric(
        texts["id"],
        texts,
        int(given["min_n"]),
        tuple(targets),
        tuple(needs),
        given.get("ledger", ""),
        given.get("combine", ""),
        scales.get("multiplier", 1),
        scales.get("divisor", 1),
        given.get("interval", ""),
    )


def _columns(need: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    split = [text.rpartition(".") for text in need["any_of"]]
    return tuple((table or need["table"], column) for table, _, column in split)


def _limit(given: Mapping[str, Any], metric_ids: Sequence[str]) -> DutyLimit:
    name = f"limits.toml {given.get('metric', '?')}"
    required = {"metric", "day_kind", "starts_from", "basis", "source", "text_zh", "valid_from"}
    check_keys(name, given, required | {"value", "valid_to", "limit_class", "option"}, required)
    if given["basis"] not in BASES:
        raise CatalogueError(f"{name}: basis 应为 {BASES} 之一，现为 {given['basis']!r}")
    if given["metric"] not in metric_ids:
        raise CatalogueError(f"{name}: 目录中没有这个指标 (unknown metric)")
    rest = {key: value for key, value in given.items() if key not in {"metric", "value"}}
    return DutyLimit(metric_id=given["metric"], value=given.get("value"), **rest)
