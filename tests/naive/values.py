"""The figures: states counted, carried up the chain of grids, summed over months, divided once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from naive.clock import first_day
from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.grids import Grids
from naive.inputs import Row
from naive.spread import byar, half_by, rounded, wilson

STATES = ("on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported")
COUNTS = (*STATES, "obligations", "on_time_original")
VALUE_KEY = ("metric_id", "grid_id", "owner_level", "period_kind", "period")
VALUE_COLUMNS = (
    *COUNTS, "due", "rate", "rate_if_unmet", "rate_closed_only", "rate_original", "previous_year_on_time",
    "previous_year_due",
)  # fmt: skip
Key = tuple[str, ...]
Sums = dict[Key, dict[str, int]]


def spans(period: str, months: list[str]) -> list[tuple[str, str]]:
    """The periods a month is part of: itself, its year, and each sum up to a later month of the year."""
    upto = [month for month in months if month[:4] == period[:4] and month >= period]
    return [("month", period), ("year", period[:4]), *(("to_date", month) for month in upto)]


def counted(duties: Iterable[Duty], grids: Grids, months: list[str]) -> Sums:
    """Every sum of every grid."""
    sums: Sums = {}
    for duty in duties:
        original = duty.state in ("on_time", "late") and (
            duty.met_at is not None and duty.original_due_at is not None and duty.met_at <= duty.original_due_at
        )
        on = duty.due_at or duty.started_at or first_day(duty.period)
        for grid_id in grids.above(duty.grid_id, on):
            for level in (str(duty.owner_level), "all"):
                for kind, period in spans(duty.period, months):
                    key = (duty.metric_id, grid_id, level, kind, period)
                    one = sums.setdefault(key, dict.fromkeys(COUNTS, 0))
                    one[duty.state] += 1
                    one["obligations"] += 1
                    one["on_time_original"] += original
    return sums


def divide(part: int, whole: int) -> float | None:
    """A rate; none where nothing was due."""
    return part / whole if whole else None


def values(duties: Iterable[Duty], grids: Grids, deliveries: Deliveries) -> dict[Key, dict[str, object]]:
    """Key → the columns of a figure."""
    sums = counted(duties, grids, deliveries.months)
    found: dict[Key, dict[str, object]] = {}
    for key, one in sums.items():
        due = one["on_time"] + one["late"] + one["overdue"]
        before = sums.get((*key[:4], f"{int(key[4][:4]) - 1}{key[4][4:]}"))
        found[key] = {
            **one,
            "due": due,
            "rate": divide(one["on_time"], due),
            "rate_if_unmet": divide(one["on_time"], due + one["unreported"]),
            "rate_closed_only": divide(one["on_time"], one["on_time"] + one["late"]),
            "rate_original": divide(one["on_time_original"], due),
            "previous_year_on_time": before["on_time"] if before else None,
            "previous_year_due": before["on_time"] + before["late"] + before["overdue"] if before else None,
        }
    return found


INDICATOR_KEY = ("indicator_id", "grid_id", "period_kind", "period")
INDICATOR_COLUMNS = ("numerator", "denominator", "value", "n", "low", "high")
Fact = tuple[str, str, str, date, int, int | None]


def indicator_values(
    facts: Iterable[Fact], listed: dict[str, Row], grids: Grids, months: list[str]
) -> dict[Key, dict[str, object]]:
    """The figures of indicators: facts carried up and summed as the duties are, then combined as each says."""
    every = list(facts)
    known = sorted({*months, *(fact[2] for fact in every)})
    gathered: dict[Key, list[tuple[int, int | None]]] = {}
    for indicator_id, grid_id, month, on, numerator, denominator in every:
        last = max(m for m in known if m[:4] == month[:4])
        for kind, period in spans(month, months):
            # what stands at an end of month is not added up over months
            if listed[indicator_id]["combine"] == "stock" and month != (last if kind == "year" else period):
                continue
            for above in grids.above(grid_id, on):
                gathered.setdefault((indicator_id, above, kind, period), []).append((numerator, denominator))
    found: dict[Key, dict[str, object]] = {}
    for key, pairs in gathered.items():
        metric = listed[key[0]]
        times, by = metric.get("multiplier", 1), metric.get("divisor", 1)
        numerator = (max if metric["combine"] == "max" else sum)(part for part, _ in pairs)
        wholes = [whole for _, whole in pairs if whole is not None]
        denominator = sum(wholes) if wholes else None
        is_share = metric["combine"] in ("share", "mean")
        value = divide(numerator * times, (denominator or 0) * by) if is_share else numerator * times / by
        low = high = None
        if metric["combine"] == "median":
            value, low, high = half_by([(days, bool(ended)) for days, ended in pairs])
        elif metric.get("interval") and denominator:
            ends = wilson if metric["interval"] == "wilson" else byar
            low, high = (end * times / by for end in ends(numerator, denominator))
        found[key] = {
            "numerator": numerator, "denominator": denominator, "value": value, "n": len(pairs),
            "low": rounded(low), "high": rounded(high),
        }  # fmt: skip
    return found
