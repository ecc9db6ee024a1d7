"""The tiny snapshot with what 办理时效 shows besides: open rounds by age, a curve, petitions, a year to date."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import tiny_snapshot

Row = dict[str, Any]
INDICATORS = {
    "open_overdue": "stock",
    "open_overdue_0_7": "stock",
    "open_overdue_8_30": "stock",
    "open_overdue_31_90": "stock",
    "open_overdue_over_90": "stock",
    "median_days_to_rectify": "median",
}
CLOSURE_LIMIT = "受理后 60 日内答复；热线以工单所写时限为准"
OBLIGATION = {
    "petition_acceptance": ("信访受理及时率", "petition", "收到后 15 日内受理"),
    "petition_closure": ("信访办结及时率", "petition", CLOSURE_LIMIT),
    "assigned_problem": ("交办问题按期办结率", "timeliness", "以交办单所写时限为准"),
}
# metric, county, month, state, what the limit rests on
STEPS = (
    ("petition_acceptance", "anhua", "2026-10", "on_time", "收到后 15 日内受理"),
    ("petition_closure", "anhua", "2026-10", "on_time", "受理后 60 日内答复"),
    ("petition_closure", "anhua", "2026-10", "overdue", "受理后 60 日内答复；经批准延期"),
    ("petition_closure", "anhua", "2026-09", "late", "热线工单所写时限：台账所写整改时限"),
    ("petition_closure", "anhua", "2026-10", "no_deadline", "热线以工单所写时限为准，没有写的未定时限"),
    ("petition_closure", "heshan", "2026-10", "on_time", "受理后 60 日内答复"),
    *[("assigned_problem", "heshan", "2026-10", "on_time", "台账所写整改时限")] * 9,
    ("assigned_problem", "heshan", "2026-10", "late", "台账所写整改时限"),
)
CURVE = ((0, 12, 3, 0, 0.75, 0.4, 0.9), (8, 9, 5, 1, 0.3333, 0.1, 0.6), (40, 3, 0, 3, 0.3333, 0.1, 0.6))


def write(root: Path) -> None:
    """Publish it below a root. All of it lies in 安化县 but for the petitions and assignments of 赫山区."""
    published = tiny_snapshot.write(root, "timed0000001")
    path = published / "timed0000001.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        problems = "select problem_id, row_id from published.problem where county_id = 'anhua'"
        row_of = dict(connection.execute(problems).fetchall())
        for table, rows in _tables(row_of).items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                names = ", ".join(row)
                connection.execute(f"insert into published.{table} ({names}) values ({marks})", list(row.values()))
        connection.execute(
            """update published.metric_value set rate_closed_only = on_time / nullif(on_time + late, 0),
                low = 0.5, high = 0.9 where metric_id = 'rectification'"""
        )
    path.chmod(0o444)


def _tables(row_of: dict[str, str]) -> dict[str, list[Row]]:
    common = {"min_n": 10, "clause": "四（一）", "formula_zh": "按期 ÷ 应办", "version": "1", "level": "1,2,3"}
    catalogue = [
        {"metric_id": metric, "zh": zh, "kind": "obligation", "concept": concept, "limit_zh": limit, **common}
        for metric, (zh, concept, limit) in OBLIGATION.items()
    ]
    catalogue += [
        {"metric_id": name, "zh": name, "kind": "indicator", "concept": "timeliness", "combine": combine, **common}
        for name, combine in INDICATORS.items()
    ]
    catalogue = [{"place": place, "unit": "件", "direction": "down", **row} for place, row in enumerate(catalogue, 50)]
    spans = [("month", "2026-10"), ("to_date", "2026-10"), ("year", "2026")]
    return {
        "metric_catalogue": catalogue,
        "indicator_row": _open(row_of),
        "indicator_value": _open_values(),
        "survival_summary": [_summary("anhua", kind, period) for kind, period in spans]
        + [{**_summary("g430923121", "month", "2026-10"), "n": 2, "events": 1}],
        "survival_point": [_point(kind, period, line) for kind, period in spans for line in CURVE],
        "obligation": [_step(number, *step) for number, step in enumerate(STEPS)],
        "metric_value": [_to_date()],
        "measurable": [
            {"metric_id": name, "county_id": county, "month": "2026-10", "measurable": "yes", "is_delivered": True}
            for name in INDICATORS
            for county in ("anhua", "heshan")
        ],
    }


def _open(row_of: dict[str, str]) -> list[Row]:
    """A3 and A10 of the tiny snapshot stood open at the end of October, 11 and 13 days over."""
    rows = []
    for number, grid in (("A3", "anhua"), ("A10", "g430923121")):
        shared = {
            "grid_id": grid,
            "month": "2026-10",
            "on_day": date(2026, 10, 31),
            "subject_kind": "obligation",
            "subject_id": f"rectification/anhua/{number}/r1",
            "numerator": 1,
            "row_id": row_of[f"anhua/{number}"],
        }
        rows += [{"indicator_id": name, **shared} for name in ("open_overdue", "open_overdue_8_30")]
    return rows


def _open_values() -> list[Row]:
    shared = {"indicator_id": "open_overdue_8_30", "period_kind": "month", "period": "2026-10"}
    return [
        {**shared, "grid_id": grid, "numerator": n, "value": float(n), "n": n}
        for grid, n in (("city", 2), ("anhua", 2), ("g430923121", 1))
    ]


def _summary(grid_id: str, kind: str, period: str) -> Row:
    numbers = {"n": 12, "events": 8, "median": 8.0, "median_low": 2.0, "median_high": None}
    return {"metric_id": "median_days_to_rectify", "grid_id": grid_id, "period_kind": kind, "period": period, **numbers}


def _point(kind: str, period: str, line: tuple[Any, ...]) -> Row:
    names = ("day", "at_risk", "events", "censored", "survival", "low", "high")
    shared = {"metric_id": "median_days_to_rectify", "grid_id": "anhua", "period_kind": kind, "period": period}
    return {**shared, **dict(zip(names, line, strict=True))}


def _step(number: int, metric: str, county: str, month: str, state: str, basis: str) -> Row:
    return {
        "metric_id": metric,
        "obligation_id": f"{metric}/{number}",
        "grid_id": county,
        "owner_level": 2,
        "county_id": county,
        "subject_kind": "problem",
        "subject_id": f"{county}/P{number}",
        "round": 1,
        "period": month,
        "started_at": datetime.fromisoformat(f"{month}-01"),
        "due_at": None if state == "no_deadline" else datetime.fromisoformat(f"{month}-20 23:59:59"),
        "state": state,
        "due_basis": basis,
    }


def _to_date() -> Row:
    """安化县's January to October: as October, since nothing fell due before."""
    counts = {"on_time": 4, "late": 1, "overdue": 2, "pending": 1, "no_deadline": 2, "bad_dates": 1, "void": 1}
    shared = {"metric_id": "rectification", "grid_id": "anhua", "owner_level": "all", "period_kind": "to_date"}
    return {
        **shared,
        "period": "2026-10",
        **counts,
        "unreported": 0,
        "obligations": 12,
        "due": 7,
        "rate": 4 / 7,
        "rate_if_unmet": 4 / 7,
        "on_time_original": 3,
        "rate_original": 3 / 7,
    }
