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

SCORE_COLUMNS = ("version", "score", "geometric", "finding", "assessable", "unseen", "counted", "missed")
PART_COLUMNS = ("numerator", "denominator", "points", "assessed")
Values = Mapping[Key, Mapping[str, object]]


@dataclass(frozen=True)
class Point:
    """One line of a card; share: of its weight by what is seen, None where nothing was owed; seen: of its months."""

    metric_id: str
    group: str
    weight: int
    share: Fraction | None
    seen: Fraction
    is_undated: bool
    done: int
    asked: int

    @property
    def known(self) -> Fraction:
        """The share, where there is one."""
        assert self.share is not None
        return self.share

    @property
    def is_scored(self) -> bool:
        """Whether there is anything to get or to lose."""
        return self.share is not None and (self.seen > 0 or self.share < 1)

    @property
    def got(self) -> Fraction:
        """Points: for the months that can be seen alone."""
        return self.weight * self.seen * self.known

    @property
    def lost(self) -> Fraction:
        """Points lost: all that is known of."""
        return self.weight * (1 - self.known)


class Scores:
    """The cards, and whoever is scored by them."""

    def __init__(
        self, inputs: Inputs, grids: Grids, months: list[str], figures: Values, blind: Mapping[Key, Fraction], sql: Path
    ) -> None:
        self.inputs, self.grids, self.months, self.figures = inputs, grids, months, figures
        self.blind = blind
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
                points = self._points(card, (grid_id, str(level), kind, period), first_day(months[-1]))
                scores[grid_id, kind, period] = {"version": card["version"], **_summed(card, points)}
                for point in filter(lambda point: point.is_scored, points):
                    lines[grid_id, kind, period, point.metric_id] = {
                        "numerator": point.done,
                        "denominator": point.asked,
                        "points": round(float(point.got), 9),
                        "assessed": round(float(point.got + point.lost), 9),
                    }
        return scores, lines

    def _points(self, card: Row, of: tuple[str, ...], on: date) -> list[Point]:
        """The lines of a card: how much of each can be seen, and what share of its points that earned."""
        found = []
        grid_id, _, kind, period = of
        for one in card["weights"]:
            value = self.figures.get((one["metric"], *of), {})
            done = int(str(value.get("on_time", 0)))
            asked = sum(int(str(value.get(name, 0))) for name in ("on_time", "late", "overdue", "unreported"))
            dateless = int(str(value.get("no_deadline", 0))) + int(str(value.get("bad_dates", 0)))
            is_undated = dateless > _exact(card["undated_at_most"]) * (asked + dateless)
            metric = self.inputs.metrics[one["metric"]]
            goal, floor = _exact(_in_force(metric["target"], on)["value"]), _exact(one["floor"])
            share = None
            if asked:
                share = min(max((Fraction(done, asked) - floor) / (goal - floor), Fraction(0)), Fraction(1))
            seen = (
                Fraction(0) if is_undated else 1 - self.blind.get((grid_id, kind, period, one["metric"]), Fraction(0))
            )
            group = self.group[metric["concept"]]
            found.append(Point(one["metric"], group, one["weight"], share, seen, is_undated, done, asked))
        return found


def _summed(card: Row, lines: list[Point]) -> dict[str, object]:
    points = [line for line in lines if line.is_scored]
    weight = sum((p.got + p.lost for p in points), Fraction(0))
    whole = sum((p.got for p in points), Fraction(0)) / weight if weight else Fraction(0)
    unseen = sum((p.weight * (1 - p.seen) for p in lines), Fraction(0))
    missed = sum(p.asked - p.done for p in points)
    visible = [p for p in points if p.seen]
    groups = [[p for p in visible if p.group == group] for group in sorted({p.group for p in visible})]
    held = [sum((p.weight * p.seen for p in group), Fraction(0)) for group in groups]
    shares = [sum((p.got for p in group), Fraction(0)) / own for group, own in zip(groups, held, strict=True)]
    powers = [float(share) ** float(own / sum(held)) for share, own in zip(shares, held, strict=True)]
    score = 100 * whole
    geometric = min(100 * math.prod(powers), float(score)) if groups else float(score)
    return {
        "score": round(float(score), 9) if weight else None,
        "geometric": round(geometric, 9) if weight else None,
        "finding": _finding(card, lines, shares, score, weight, unseen),
        "assessable": round(float(weight), 9),
        "unseen": round(float(unseen), 9),
        "counted": sum(point.asked for point in points),
        "missed": missed,
    }


def _finding(
    card: Row, lines: list[Point], shares: list[Fraction], score: Fraction, weight: Fraction, unseen: Fraction
) -> str:
    points = [line for line in lines if line.is_scored]
    failed, attained, many = _exact(card["failed_below"]), _exact(card["attained_at_least"]), card["failed_misses"]
    names = sorted({p.group for p in points if p.seen})
    lost = [sum(p.asked - p.done for p in points if p.group == name) for name in names]
    if weight < card["assessable_at_least"]:
        return "insufficient"
    if score < 100 * failed and sum(p.asked - p.done for p in points) >= many:
        return "failed"
    if any(share < failed and count >= many for share, count in zip(shares, lost, strict=True)):
        return "failed"
    for p in points:
        if p.asked >= card["failed_metric_from"] and p.asked - p.done >= many and p.done < failed * p.asked:
            return "failed"
    short = any(p.known < (failed if p.seen else attained) for p in points)
    dark = any(p.is_undated for p in lines) or unseen > card["unseen_at_most"]
    return "watch" if short or dark or any(share < attained for share in shares) else "attained"


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
