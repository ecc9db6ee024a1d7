"""Scores computed again from figures computed again: fractions, no rounding, one grid at a time."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from naive.clock import first_day, last_day
from naive.grids import Grids
from naive.inputs import Inputs, Row
from naive.values import Key

SCORE_COLUMNS = ("version", "score", "geometric", "finding", "assessable", "counted", "missed")
PART_COLUMNS = ("numerator", "denominator", "points")
Values = Mapping[Key, Mapping[str, object]]


@dataclass(frozen=True)
class Point:
    """One line of a card, where something was owed; share of its weight."""

    metric_id: str
    group: str
    weight: int
    share: Fraction
    done: int
    asked: int


class Scores:
    """The cards, and whoever is scored by them."""

    def __init__(self, inputs: Inputs, grids: Grids, months: list[str], figures: Values, sql: Path) -> None:
        self.inputs, self.grids, self.months, self.figures = inputs, grids, months, figures
        read = tomllib.loads((sql / "scorecard.toml").read_text("utf-8"))
        self.cards = read["card"]
        self.group = {concept: group["id"] for group in read["group"] for concept in group["concepts"]}

    def periods(self) -> Iterator[tuple[str, str, list[str]]]:
        """Kind, name and months of every period that has begun."""
        for month in self.months:
            yield "month", month, [month]
            yield "to_date", month, [one for one in self.months if one[:4] == month[:4] and one <= month]
        for year in sorted({month[:4] for month in self.months}):
            yield "year", year, [month for month in self.months if month[:4] == year]

    def scored(self) -> tuple[dict[Key, dict[str, object]], dict[Key, dict[str, object]]]:
        """(grid, kind, period) → its score; the same with the metric → a line that has points."""
        scores: dict[Key, dict[str, object]] = {}
        lines: dict[Key, dict[str, object]] = {}
        for kind, period, months in self.periods():
            for grid_id, periods in self.grids.periods.items():
                level = self.grids.level(grid_id)
                card = _in_force(self.cards, first_day(months[-1]), level)
                if card is None or not any(_stands(one, month) for one in periods for month in months):
                    continue
                points, undated = self._points(card, (grid_id, str(level), kind, period), first_day(months[-1]))
                scores[grid_id, kind, period] = {
                    "version": card["version"],
                    "unseen_at_most": card["unseen_at_most"],
                    **_summed(card, points, undated),
                }
                for point in points:
                    lines[grid_id, kind, period, point.metric_id] = {
                        "numerator": point.done,
                        "denominator": point.asked,
                        "points": round(float(point.weight * point.share), 9),
                    }
        return scores, lines

    def _points(self, card: Row, of: tuple[str, ...], on: date) -> tuple[list[Point], bool]:
        """The lines that have points, and whether too many duties of any line have no usable date."""
        found, is_undated = [], False
        for one in card["weights"]:
            value = self.figures.get((one["metric"], *of))
            if value is None:
                continue
            done = int(str(value["on_time"]))
            asked = sum(int(str(value[name])) for name in ("on_time", "late", "overdue", "unreported"))
            dateless = int(str(value["no_deadline"])) + int(str(value["bad_dates"]))
            is_undated |= dateless > _exact(card["undated_at_most"]) * (asked + dateless)
            if asked:
                metric = self.inputs.metrics[one["metric"]]
                goal, floor = _exact(_in_force(metric["target"], on)["value"]), _exact(one["floor"])
                share = min(max((Fraction(done, asked) - floor) / (goal - floor), Fraction(0)), Fraction(1))
                group = self.group[metric["concept"]]
                found.append(Point(one["metric"], group, one["weight"], share, done, asked))
        return found, is_undated


def _summed(card: Row, points: list[Point], is_undated: bool) -> dict[str, object]:
    weight = sum(point.weight for point in points)
    missed = sum(point.asked - point.done for point in points)
    groups = [[p for p in points if p.group == group] for group in sorted({p.group for p in points})]
    shares = [sum((p.weight * p.share for p in group), Fraction(0)) / sum(p.weight for p in group) for group in groups]
    whole = sum((p.weight * p.share for p in points), Fraction(0)) / weight if weight else Fraction(0)
    powers = [
        float(share) ** (sum(p.weight for p in group) / weight) for share, group in zip(shares, groups, strict=True)
    ]
    failed, attained = _exact(card["failed_below"]), _exact(card["attained_at_least"])
    lost = [sum(p.asked - p.done for p in group) for group in groups]
    many = card["failed_misses"]
    if weight < card["assessable_at_least"]:
        finding = "insufficient"
    elif (whole < failed and missed >= many) or any(
        share < failed and count >= many for share, count in zip(shares, lost, strict=True)
    ):
        finding = "failed"
    elif is_undated or any(share < attained for share in shares) or any(p.share < failed for p in points):
        finding = "watch"
    else:
        finding = "attained"
    return {
        "score": round(float(100 * whole), 9) if weight else None,
        "geometric": round(100 * math.prod(powers), 9) if weight else None,
        "finding": finding,
        "assessable": weight,
        "counted": sum(point.asked for point in points),
        "missed": missed,
    }


def _in_force(rules: list[Row], on: date, level: int | None = None) -> Row:
    found = [
        rule
        for rule in rules
        if rule["valid_from"] <= on <= rule.get("valid_to", date.max) and (level is None or rule["level"] == level)
    ]
    return found[0] if found else None  # type: ignore[return-value]


def _stands(period: Row, month: str) -> bool:
    until = period["valid_to"]
    return period["valid_from"] <= last_day(month) and (until is None or until >= first_day(month))


def _exact(number: float) -> Fraction:
    """The number as it is written."""
    return Fraction(str(number))
