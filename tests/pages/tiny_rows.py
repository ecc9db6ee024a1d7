"""The literal rows of a small published snapshot: 98 townships, two metrics, all eight states, one county silent.

2026-09 and 2026-10 are over at the as-of moment, 2026-11 is not. 大通湖区 delivered nothing for 2026-10, 高新区's
patrol ledger cannot be measured there, nor one township's of 赫山区 for 2026-09. Every person is invented.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

AS_OF = datetime(2026, 11, 6, 9, 0)
MONTHS = ("2026-09", "2026-10", "2026-11")
SEED = Path(__file__).resolve().parents[2] / "sql" / "seeds" / "grid.csv"
DONGPING, JIANGNAN = "g430923121", "g430923122"
OVERDUE = {(DONGPING, "2026-10"): "示例甲一", (JIANGNAN, "2026-10"): "", (DONGPING, "2026-09"): "示例甲一"}
HEAD_PATROL = ("序号", "所属网格", "巡查时间", "巡查人员", "联系电话", "发现问题数")
HEAD_PROBLEM = ("问题编号", "所属网格", "发现时间", "问题描述", "责任单位", "整改时限", "整改完成时间", "经办人")
BLIND_TOWN = "g430903001"
BLIND = "当日没有在册的网格员，台账也未写实施网格"
BLIND_ROWS = "行编号 anhua/2026-09/0a#巡查!4、anhua/2026-09/0a#巡查!7、anhua/2026-09/0a#巡查!9 等 5 条"
BLIND_TOLD = f"{BLIND}（{BLIND_ROWS}）"
METRICS = {"patrol_coverage": ("巡查覆盖率", 1.0), "rectification": ("按期整改率", 0.95)}
ENGLISH = {"patrol_coverage": "Patrol coverage", "rectification": "Rectification on time"}
NO_POST = "巡查人员当日不在名册的任何岗位"
PEOPLE = [
    {"person_id": f"anhua/{name}", "name": name, "county_id": "anhua"} for name in ("王示例", "示例甲一", "示例乙二")
]
Row = dict[str, Any]

# problem_no, duty grid, state, due day, met day, round, extended, description
PROBLEMS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "anhua": (
        ("A1", "anhua", "on_time", 10, 8, 1, False, "沙场未覆盖"),
        ("A2", "anhua", "late", 10, 15, 1, False, "油烟直排"),
        ("A3", "anhua", "overdue", 20, None, 1, False, "<b>污水</b>外溢 ![x](http://example.invalid/x.png)"),
        ("A4", "anhua", "pending", None, None, 1, False, "时限跨入 2027 年"),
        ("A5", "anhua", "no_deadline", None, None, 1, False, "长期坚持"),
        ("A6", "anhua", "bad_dates", 12, 3, 1, False, "完成早于发现"),
        ("A7", "anhua", "void", 12, None, 1, False, "重复件"),
        ("A8", "anhua", "on_time", 25, 22, 1, True, "经批准延期"),
        ("A9", "anhua", "on_time", 9, 9, 1, False, "复查不合格"),
        ("A9", "anhua", "no_deadline", None, None, 2, False, "复查不合格"),
        ("A10", DONGPING, "overdue", 18, None, 1, False, "乡镇承担"),
        ("A11", DONGPING, "on_time", 19, 18, 1, False, "乡镇承担"),
    ),
    "heshan": tuple((f"H{n}", "heshan", "on_time", 10 + n, 9 + n, 1, False, "示例问题") for n in range(1, 7)),
}


def grids() -> list[Row]:
    """The seed's 111 grids as published.grid rows."""
    with SEED.open(encoding="utf-8-sig", newline="") as handle:
        found = list(csv.DictReader(handle))
    return [
        {
            "grid_id": row["grid_id"],
            "code": row["code"],
            "name": row["name"],
            "level": int(row["level"]),
            "parent_id": row["parent_id"] or None,
            "county_id": row["county_id"],
            "unit_id": row["unit_id"],
            "is_patrol_grid": row["is_patrol_grid"] == "true",
            "is_key_area": False,
            "valid_from": date(2021, 5, 7),
            "tile_x": float(row["tile_x"]) if row["tile_x"] else None,
            "tile_y": float(row["tile_y"]) if row["tile_y"] else None,
        }
        for row in found
    ]


def paths(all_grids: list[Row]) -> list[Row]:
    """Leaf → ancestor, itself included."""
    by_id = {row["grid_id"]: row for row in all_grids}
    result = []
    for leaf in all_grids:
        above: str | None = leaf["grid_id"]
        while above:
            result.append(
                {
                    "leaf_id": leaf["grid_id"],
                    "leaf_level": leaf["level"],
                    "ancestor_id": above,
                    "ancestor_level": by_id[above]["level"],
                    "valid_from": date(1900, 1, 1),
                    "valid_to": date(9999, 12, 31),
                }
            )
            above = by_id[above]["parent_id"]
    return result


def is_blind(grid: Row, month: str) -> bool:
    """Nobody can say whether this grid's people patrolled in this month."""
    return (grid["county_id"], month) == ("gaoxin", "2026-10") or (grid["grid_id"], month) == (BLIND_TOWN, "2026-09")


def unmeasurable(all_grids: list[Row]) -> list[Row]:
    """The blind grids as published.unmeasurable_grid rows."""
    shared = {"metric_id": "patrol_coverage", "reason_zh": BLIND, "rows_zh": BLIND_ROWS}
    return [
        {**shared, "grid_id": grid["grid_id"], "county_id": grid["county_id"], "month": month}
        for grid in all_grids
        for month in MONTHS
        if grid["is_patrol_grid"] and is_blind(grid, month)
    ]


def coverage(all_grids: list[Row], row_of: dict[tuple[str, str], str]) -> list[Row]:
    """One duty per patrol grid and month. row_of: (grid_id, month) → the row that fulfils it."""
    result = []
    for month in MONTHS:
        year, number = int(month[:4]), int(month[5:])
        last = 31 if number == 10 else 30
        for grid in all_grids:
            county = grid["county_id"]
            if not grid["is_patrol_grid"] or is_blind(grid, month):
                continue
            key = (grid["grid_id"], month)
            silent = county == "datonghu" and month == "2026-10"
            state = "pending" if number == 11 else "overdue" if key in OVERDUE else "on_time"
            result.append(
                {
                    "metric_id": "patrol_coverage",
                    "obligation_id": f"patrol_coverage/{key[0]}/{month}",
                    "grid_id": key[0],
                    "owner_level": grid["level"],
                    "county_id": county,
                    "subject_kind": "grid",
                    "subject_id": key[0],
                    "round": 1,
                    "period": month,
                    "started_at": datetime(year, number, 1),
                    "original_due_at": datetime(year, number, last, 23, 59, 59),
                    "due_at": datetime(year, number, last, 23, 59, 59),
                    "is_extended": False,
                    "met_at": datetime(year, number, 5, 9) if state == "on_time" and not silent else None,
                    "state": "unreported" if silent else state,
                    "person_at_due": OVERDUE.get(key, "示例乙二") or None,
                    "days_in_post_at_due": 40,
                    "met_row_id": row_of.get(key) if state == "on_time" and not silent else None,
                    "due_basis": "每月至少一次",
                }
            )
    return result


def rectification(row_of: dict[tuple[str, str], str]) -> list[Row]:
    """The duties of PROBLEMS and the silent county's table. row_of: (county_id, problem_no) → its row."""
    result = []
    for county, problems in PROBLEMS.items():
        for number, duty_grid, state, due, met, round_no, extended, _ in problems:
            row_id = row_of[(county, number)]
            basis = "日历未发布" if state == "pending" else "整改时限，王示例批准延期" if extended else "整改时限"
            result.append(
                {
                    "metric_id": "rectification",
                    "obligation_id": f"rectification/{county}/{number}/r{round_no}",
                    "grid_id": duty_grid,
                    "owner_level": 3 if duty_grid.startswith("g4") else 2,
                    "county_id": county,
                    "subject_kind": "problem",
                    "subject_id": f"{county}/{number}",
                    "round": round_no,
                    "period": "2026-10",
                    "started_at": datetime(2026, 10, 4, 10),
                    "original_due_at": datetime(2026, 10, 12, 23, 59, 59) if extended else _end_of(due),
                    "due_at": _end_of(due),
                    "is_extended": extended,
                    "met_at": datetime(2026, 10, met) if met else None,
                    "state": state,
                    "person_at_start": "王示例",
                    "person_at_due": "王示例" if due else None,
                    "days_in_post_at_due": 120 if due else None,
                    "duty_row_id": row_id,
                    "met_row_id": row_id if met else None,
                    "due_basis": basis,
                }
            )
    return [*result, _table_duty()]


def _end_of(day: int | None) -> datetime | None:
    return datetime(2026, 10, day, 23, 59, 59) if day else None


def _table_duty() -> Row:
    return {
        "metric_id": "rectification",
        "obligation_id": "rectification/table/datonghu/2026-10",
        "grid_id": "datonghu",
        "owner_level": 2,
        "county_id": "datonghu",
        "subject_kind": "table",
        "subject_id": "problem",
        "round": 1,
        "about_month": "2026-10",
        "period": "2026-10",
        "started_at": datetime(2026, 10, 1),
        "is_extended": False,
        "state": "unreported",
    }


def lost_patrol(patrol_id: str, started_at: datetime, inspectors: str | None, row_id: str) -> Row:
    """A patrol in 江南镇 that counts for nobody."""
    shared = {"patrol_id": patrol_id, "county_id": "anhua", "grid_id": JIANGNAN}
    return {**shared, "inspectors": inspectors, "started_at": started_at, "row_id": row_id}


def no_credit(patrol: Row) -> Row:
    """Why it counts for nobody."""
    kept = {name: patrol[name] for name in ("patrol_id", "started_at", "row_id")}
    return {**kept, "grid_id": "", "basis": "none", "reason_zh": NO_POST, "where_grid_id": patrol["grid_id"]}


def metric(metric_id: str) -> Row:
    """The catalogue's entry."""
    zh, target = METRICS[metric_id]
    concept = "coverage" if metric_id == "patrol_coverage" else "timeliness"
    texts = {
        "en": ENGLISH[metric_id],
        "formula_zh": "按期 ÷ 应办",
        "limit_zh": "每月至少一次",
        "clause": "四（一）",
        "version": "1",
        "level": "1,2,3",
    }
    numbers = {"target": target, "min_n": 10}
    table, table_zh = ("patrol", "巡查记录") if concept == "coverage" else ("problem", "问题台账")
    needed = {"needed_table": table, "needed_table_zh": table_zh}
    return {"metric_id": metric_id, "zh": zh, "kind": "obligation", "concept": concept, **numbers, **texts, **needed}


def measurable(metric: str, county: str, month: str) -> Row:
    """高新区's patrols cannot be measured for 2026-10, 赫山区's only in part for 2026-09."""
    blind = (metric, county, month) == ("patrol_coverage", "gaoxin", "2026-10")
    delivered = month == "2026-09" or (month == "2026-10" and county != "datonghu")
    reason = "该县台账无‘实施网格’列且名册未覆盖，本指标不可测" if blind else None
    shared = {"metric_id": metric, "county_id": county, "month": month, "is_delivered": delivered}
    if (metric, county, month) == ("patrol_coverage", "heshan", "2026-09"):
        return {**shared, "measurable": "partial", "reason_zh": f"1 个网格不可测：{BLIND}"}
    return {**shared, "measurable": "no" if blind else "yes", "reason_zh": reason}


def finding(row_id: str, is_mended: bool) -> Row:
    """Why a bad patrol row of 江南镇 went back."""
    shared = {"row_id": row_id, "file_id": row_id.split("#")[0], "county_id": "anhua", "month": "2026-10"}
    shared |= {"grid_id": JIANGNAN, "is_mended": is_mended, "is_awaiting": not is_mended}
    message = "“开始时间”写的“2026-13-40”不是一个存在的日期或时间"
    texts = {"column_zh": "开始时间", "value": "2026-13-40", "message_zh": message}
    kind = {"table_name": "patrol", "column_name": "started_at", "rule": "date_unreadable", "severity": "reject"}
    return {**shared, **kind, **texts, "mend_zh": "请写成 2026-05-07 或 2026-05-07 14:30"}


def revision(row_id: str) -> Row:
    """A2 was first sent without the day of completion."""
    change = {
        "table_name": "problem",
        "key": "anhua/A2",
        "field": "rectified_at",
        "field_zh": "整改完成时间",
        "old": "",
        "new": "2026-10-15",
    }
    former = "anhua/2026-10/00000000#问题台账!3"
    return {**change, "field_zh": "整改完成时间", "from_row_id": former, "to_row_id": row_id, "received_at": AS_OF}
