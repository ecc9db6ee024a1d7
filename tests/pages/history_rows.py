"""The tiny snapshot with what 履职追溯 shows besides: posts, patrols and problems of 东坪镇 around 2026-09-15."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import tiny_snapshot
from tiny_rows import DONGPING, JIANGNAN

Row = dict[str, Any]
DAY = date(2026, 9, 15)
EVER = date(9999, 12, 31)
SITE, ELSEWHERE = "anhua/DW1", "heshan/DW9"
HESHAN = "g430903001"  # a township of 赫山区
PEOPLE = ("示例长", "示例检", "示例代", "示例县长", "示例催", "示例远")


def write(root: Path) -> None:
    """Publish it below a root: 东坪镇's post falls vacant on 09-10 and is stood in for from 09-20 on, 安化县's chief is
    on leave, u1 sent no roster; 赫山区's roster came in 2026-10 only."""
    published = tiny_snapshot.write(root, "hist00000001")
    path = published / "hist00000001.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        for table, rows in _tables().items():
            for row in rows:
                marks, names = ", ".join("?" * len(row)), ", ".join(row)
                connection.execute(f"insert into published.{table} ({names}) values ({marks})", list(row.values()))
    path.chmod(0o444)


def _tables() -> dict[str, list[Row]]:
    patrols, went = _patrols()
    return {
        "person": [{"person_id": f"anhua/{name}", "name": name, "county_id": "anhua"} for name in PEOPLE],
        "submission": [_roster("anhua", "2026-03"), _roster("heshan", "2026-10")],
        "in_charge": [
            _charge(DONGPING, date(2026, 1, 1), date(2026, 9, 9), "示例长", None, "r1"),
            _charge(DONGPING, date(2026, 9, 20), EVER, None, "示例代", "r2"),
            _charge("anhua", date(2026, 9, 1), EVER, "示例县长", "示例代", "r3"),
        ],
        "person_post": [
            _post("示例长", DONGPING, "body_head", date(2026, 1, 1), date(2026, 9, 9), "r1"),
            _post("示例检", DONGPING, "inspector", date(2026, 2, 1), None, "r4"),
            _post("示例县长", "anhua", "grid_chief", date(2026, 9, 1), None, "r3"),
        ],
        "absence": [
            {"person_id": "anhua/示例县长", "name": "示例县长", "grid_id": "anhua", "kind": "leave", "deputy": "示例代"}
            | {"valid_from": date(2026, 9, 14), "valid_to": date(2026, 9, 18), "row_id": "r5"}
        ],
        "site": [_site(SITE, DONGPING, "示例砖厂"), _site(ELSEWHERE, HESHAN, "示例纸厂")],
        "patrol": patrols,
        "patrol_inspector": went,
        "patrol_site": [{"patrol_id": "anhua/P1", "site": "示例砖厂"}],
        "problem": _problems(),
        "follow_up": [
            {"follow_up_id": "f1", "problem_id": "anhua/W1", "by_grid_id": "anhua", "kind": "urge", "checker": "示例催"}
            | {"done_at": datetime(2026, 9, 18, 15, 30), "origin": "follow_up", "row_id": "f1"}
        ],
        "obligation": _duties(),
    }


def _roster(county: str, month: str) -> Row:
    shared = {"file_id": f"{county}/{month}/roster", "table_name": "person", "table_zh": "责任人员名册"}
    return {**shared, "county_id": county, "month": month, "accepted": 5, "state": "landed"}


def _charge(grid: str, since: date, until: date, name: str | None, deputy: str | None, row_id: str) -> Row:
    shared = {"grid_id": grid, "valid_from": since, "valid_to": until, "row_id": row_id}
    return {**shared, "name": name, "since": since if name else None, "deputy": deputy}


def _post(name: str, grid: str, post: str, since: date, until: date | None, row_id: str) -> Row:
    shared = {"person_id": f"anhua/{name}", "name": name, "grid_id": grid, "post": post, "row_id": row_id}
    return {**shared, "valid_from": since, "valid_to": until}


def _site(site_id: str, grid: str, name: str) -> Row:
    county, number = site_id.split("/")
    return {"site_id": site_id, "site_no": number, "county_id": county, "grid_id": grid, "name": name, "row_id": "s1"}


def _patrols() -> tuple[list[Row], list[Row]]:
    """Before, on (the day alone; the afternoon) and after the day; one elsewhere, one long ago."""
    given = (
        (
            "anhua/P1",
            DONGPING,
            datetime(2026, 9, 8, 9, 14),
            "minute",
            "示例检带队，未发现异常",
            datetime(2026, 9, 16, 8),
        ),
        ("anhua/P2", DONGPING, datetime(2026, 9, 15, 12), "half_day", "", None),
        ("anhua/P3", DONGPING, datetime(2026, 9, 15), "day", "河道清洁", None),
        ("anhua/P4", DONGPING, datetime(2026, 9, 29, 10), "minute", "", None),
        ("anhua/P5", JIANGNAN, datetime(2026, 9, 10, 10), "minute", "别处", None),
        ("anhua/P6", DONGPING, datetime(2026, 3, 1, 10), "minute", "太早", None),
        ("heshan/P7", HESHAN, datetime(2026, 9, 10, 10), "minute", "外县", None),
    )
    patrols = [
        {"patrol_id": key, "county_id": key.split("/")[0], "grid_id": grid, "inspectors": "示例检、示例远"}
        | {"leader": "示例检", "kind": "routine", "started_at": at, "started_at_precision": precision, "findings": 0}
        | {
            "sites": "示例砖厂" if key == "anhua/P1" else "",
            "note": note,
            "entered_at": entered,
            "row_id": f"row-{key}",
        }
        | {"version_no": 2 if key == "anhua/P1" else 1, "absent_in_latest": False}
        for key, grid, at, precision, note, entered in given
    ]
    went = [{"patrol_id": "anhua/P1", "name": "示例检", "grid_id": DONGPING, "post": "inspector"}]
    return patrols, went


def _problems() -> list[Row]:
    """W1 found on the day, W2 open since spring, W3 done with before the span, W4 found after it."""
    shared = {"county_id": "anhua", "grid_id": DONGPING, "duty_grid_id": "anhua", "version_no": 1}
    return [
        {**shared, "problem_id": f"anhua/{number}", "problem_no": number, "row_id": f"row-{number}", **rest}
        for number, rest in (
            (
                "W1",
                {
                    "description": "示例检见黑水",
                    "source": "patrol",
                    "site": "示例砖厂",
                    "discovered_at": datetime(2026, 9, 15),
                }
                | {"registered_at": datetime(2026, 9, 16, 10)},
            ),
            ("W2", {"description": "旧堆场", "discovered_at": datetime(2026, 3, 2, 9)}),
            (
                "W3",
                {"description": "早已办结", "discovered_at": datetime(2026, 3, 2, 9)}
                | {"rectified_at": datetime(2026, 4, 1, 9)},
            ),
            ("W4", {"description": "以后的事", "discovered_at": datetime(2026, 10, 30, 9)}),
        )
    ]


def _duties() -> list[Row]:
    def duty(metric: str, problem: str, grid: str, **rest: object) -> Row:
        shared = {"metric_id": metric, "obligation_id": f"{metric}/{problem}", "grid_id": grid, "subject_id": problem}
        shared |= {"owner_level": 2, "county_id": "anhua", "subject_kind": "problem", "round": 1, "is_extended": False}
        return {**shared, "period": "2026-09", "duty_row_id": f"row-{problem[6:]}", "due_basis": "依据甲", **rest}

    return [
        duty(
            "escalation",
            "anhua/W1",
            DONGPING,
            owner_level=3,
            state="on_time",
            started_at=datetime(2026, 9, 15),
            due_at=datetime(2026, 9, 17, 23, 59, 59),
            met_at=datetime(2026, 9, 17, 9),
            met_row_id="row-W1",
        ),
        duty(
            "dispatch",
            "anhua/W1",
            "anhua",
            state="late",
            started_at=datetime(2026, 9, 17, 11, 5),
            due_at=datetime(2026, 9, 18, 11, 5),
            met_at=datetime(2026, 9, 19),
            met_row_id="row-W1",
        ),
        duty(
            "document_complete",
            "anhua/W1",
            "anhua",
            state="on_time",
            started_at=datetime(2026, 9, 15),
            due_at=datetime(2026, 9, 22, 23, 59, 59),
            met_at=datetime(2026, 9, 15),
            met_row_id="row-W1",
        ),
        duty(
            "rectification",
            "anhua/W2",
            "anhua",
            state="overdue",
            started_at=datetime(2026, 3, 2, 9),
            due_at=datetime(2026, 4, 1, 23, 59, 59),
            person_at_due="示例县长",
        ),
        duty(
            "rectification",
            "anhua/W3",
            "anhua",
            state="on_time",
            started_at=datetime(2026, 3, 2, 9),
            due_at=datetime(2026, 4, 2, 23, 59, 59),
            met_at=datetime(2026, 4, 1, 9),
        ),
        duty(
            "patrol_entry",
            "anhua/P1",
            DONGPING,
            state="late",
            subject_kind="patrol",
            due_at=datetime(2026, 9, 9, 9, 14),
            started_at=datetime(2026, 9, 8, 9, 14),
        ),
    ]
