"""The tiny snapshot with literal patrols, key sites, a special period, and what the grids above owed."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import tiny_snapshot
from tiny_rows import DONGPING, JIANGNAN

NOTICE = "益环网〔2026〕19号（示例）"
Row = dict[str, Any]


def write(root: Path) -> Path:
    """Publish it under a root; returns data/published."""
    published = tiny_snapshot.write(root, "tinycoverage")
    path = published / "tinycoverage.duckdb"
    path.chmod(0o644)
    schema = tomllib.loads(tiny_snapshot.SCHEMA.read_text("utf-8"))
    with duckdb.connect(str(path)) as connection:
        town = connection.execute(
            "select min(grid_id) from published.grid where county_id = 'datonghu' and level = 3 and is_patrol_grid"
        ).fetchone()
        assert town is not None
        for table, rows in tables(str(town[0])).items():
            columns = list(schema[table]["columns"])
            marks = ", ".join("?" * len(columns))
            connection.executemany(
                f"insert into published.{table} values ({marks})", [[row.get(c) for c in columns] for row in rows]
            )
    return published


def tables(lake_town: str) -> dict[str, list[Row]]:
    """lake_town: a township of the county that sent nothing for October."""
    walks = [
        ("p1", DONGPING, datetime(2026, 10, 6, 9)),
        ("p2", DONGPING, datetime(2026, 10, 6, 15)),
        ("p3", DONGPING, datetime(2026, 10, 8)),
        ("p4", "anhua", datetime(2026, 10, 7, 10)),
        ("p5", lake_town, datetime(2026, 9, 29, 10)),
        ("p6", JIANGNAN, datetime(2026, 9, 30, 10)),
    ]
    return {
        "patrol": [_patrol(*walk) for walk in walks],
        "patrol_credit": [
            {
                "patrol_id": p,
                "grid_id": g,
                "basis": "stated",
                "where_grid_id": g,
                "started_at": at,
                "row_id": f"row/{p}",
            }
            for p, g, at in walks
        ],
        "patrol_site": [{"patrol_id": "p3", "site": "示例砖厂"}],
        "site": [
            _site("anhua/S1", "示例加油站", DONGPING, "month"),
            _site("anhua/S2", "示例砖厂", DONGPING, "quarter"),
            _site("anhua/S3", "示例尾矿库", JIANGNAN, None),
            {**_site("anhua/S4", "示例旧厂", JIANGNAN, "month"), "valid_to": date(2026, 9, 30)},
        ],
        "obligation": [
            _owed("key_site_visit", "S1-09", "anhua", "anhua/S1", "2026-09", "overdue"),
            _owed("key_site_visit", "S1-10", "anhua", "anhua/S1", "2026-10", "overdue"),
            _owed("key_site_visit", "S1-11", "anhua", "anhua/S1", "2026-11", "pending"),
            _owed("key_site_visit", "S2-Q3", "anhua", "anhua/S2", "2026-09", "overdue"),
            _owed("key_site_visit", "S3-10", "anhua", "anhua/S3", "2026-10", "on_time", "row/p9"),
            _owed("patrol_frequency", "x/special/2026-10-01/1", DONGPING, DONGPING, "2026-10", "on_time", duty="plan1"),
            _owed("patrol_frequency", "x/special/2026-10-01/2", DONGPING, DONGPING, "2026-10", "overdue", duty="plan1"),
            _owed("patrol_frequency", "y/special/2026-10-01/1", JIANGNAN, JIANGNAN, "2026-10", "overdue", duty="plan1"),
            _owed("surprise_inspection", "u1-08", "u1", "u1", "2026-08", "overdue"),
            _owed("surprise_inspection", "u1-09", "u1", "u1", "2026-09", "unreported"),
            _owed("surprise_inspection", "u1-10", "u1", "u1", "2026-10", "on_time"),
            _owed("upper_guidance", "g1", "u1", "anhua", "2026-09", "on_time"),
            _owed("upper_guidance", "g2", "anhua", DONGPING, "2026-09", "overdue"),
            _owed("upper_guidance", "g3", "anhua", JIANGNAN, "2026-09", "on_time"),
            _owed("upper_guidance", "g4", "anhua", JIANGNAN, "2026-12", "pending"),
        ],
        "patrol_plan": [
            _plan("plan1", "国庆期间", date(2026, 10, 1), date(2026, 10, 7), NOTICE, date(2026, 9, 24)),
            _plan("plan2", "秋收时段", date(2026, 10, 20), date(2026, 10, 25), None, None),
            _plan("plan3", "中秋期间", date(2026, 9, 25), date(2026, 9, 27), NOTICE, date(2026, 9, 1)),
        ],
        "indicator_row": [
            _gap(DONGPING, 23, "row/p3"),
            _gap(JIANGNAN, 31, None),
            _gap("anhua", 6, "row/p4"),
        ],
    }


def _patrol(patrol_id: str, grid_id: str, started_at: datetime) -> Row:
    return {
        "patrol_id": patrol_id,
        "county_id": "anhua",
        "grid_id": grid_id,
        "inspectors": "王示例",
        "kind": "routine",
        "started_at": started_at,
        "started_at_precision": "minute" if started_at.hour else "day",
        "sites": "示例砖厂" if patrol_id == "p3" else None,
        "findings": 1,
        "row_id": f"row/{patrol_id}",
    }


def _credited(grid_id: str) -> Row:
    return {"grid_id": grid_id, "basis": "stated", "where_grid_id": grid_id}


def _site(site_id: str, name: str, grid_id: str, cycle: str | None) -> Row:
    shared = {"county_id": "anhua", "kind": "enterprise", "is_key": True, "visits_per": 1 if cycle else None}
    return {**shared, "site_id": site_id, "name": name, "grid_id": grid_id, "cycle": cycle, "row_id": f"row/{site_id}"}


def _owed(
    metric: str,
    name: str,
    grid: str,
    subject: str,
    month: str,
    state: str,
    met: str | None = None,
    duty: str | None = None,
) -> Row:
    year, number = int(month[:4]), int(month[5:])
    due = datetime(year, number, 30, 23, 59, 59)
    return {
        "metric_id": metric,
        "obligation_id": f"{metric}/{name}",
        "grid_id": grid,
        "owner_level": 1 if grid == "u1" else 2 if grid == "anhua" else 3,
        "county_id": "city" if grid == "u1" else "anhua",
        "subject_kind": "site" if metric == "key_site_visit" else "grid",
        "subject_id": subject,
        "round": 1,
        "period": month,
        "started_at": datetime(year, number, 1),
        "original_due_at": due,
        "due_at": due,
        "is_extended": False,
        "met_at": datetime(year, number, 12, 10) if state == "on_time" else None,
        "state": state,
        "duty_row_id": duty,
        "met_row_id": met,
        "due_basis": "示例",
    }


def _plan(row_id: str, name: str, first: date, last: date, notice: str | None, on: date | None) -> Row:
    shared = {
        "county_id": "city",
        "grid_id": "anhua",
        "is_whole_county": True,
        "required_patrols": 2,
        "is_special": True,
    }
    return {
        **shared,
        "patrol_plan_id": row_id,
        "month": f"{first:%Y-%m}",
        "special_name": name,
        "special_from": first,
        "special_to": last,
        "notice_no": notice,
        "notice_on": on,
        "is_binding": notice is not None,
        "row_id": row_id,
    }


def _gap(grid_id: str, days: int, row_id: str | None) -> Row:
    shared = {"indicator_id": "effort_longest_gap_days", "month": "2026-10", "on_day": date(2026, 10, 31)}
    return {
        **shared,
        "grid_id": grid_id,
        "subject_kind": "grid",
        "subject_id": grid_id,
        "numerator": days,
        "row_id": row_id,
    }
