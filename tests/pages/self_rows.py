"""The tiny snapshot with the self-evaluations of 2025: one county sent, one not; measures, records, an act, a score."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import tiny_snapshot
from tiny_rows import BLIND_TOWN, DONGPING, JIANGNAN

Row = dict[str, Any]
SENT = "self_evaluation_submission"
OBLIGATION = {
    SENT: "自评按时上报率",
    "improvement_defined": "改进措施定齐率",
    "improvement_done": "改进措施完成率",
}
DUE = datetime(2026, 1, 31, 23, 59, 59)
# grid, level, county, state
SENDERS = (
    ("u1", 1, "city", "on_time"),
    ("anhua", 2, "anhua", "on_time"),
    (DONGPING, 3, "anhua", "late"),
    (JIANGNAN, 3, "anhua", "overdue"),
    ("heshan", 2, "heshan", "unreported"),
    (BLIND_TOWN, 3, "heshan", "unreported"),
)
OWNER = "示例甲一"


def write(root: Path) -> None:
    """Publish it below a root."""
    published = tiny_snapshot.write(root, "tinyself0001")
    path = published / "tinyself0001.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        found = connection.execute("select problem_no, row_id from published.problem where county_id = 'anhua'")
        for table, rows in _tables(dict(found.fetchall())).items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                names = ", ".join(row)
                connection.execute(f"insert into published.{table} ({names}) values ({marks})", list(row.values()))
    path.chmod(0o444)


def _tables(row_of: dict[str, str]) -> dict[str, list[Row]]:
    common = {"min_n": 10, "clause": "四（四）", "formula_zh": "按期 ÷ 应办", "version": "1", "level": "1,2,3"}
    return {
        "metric_catalogue": [
            {"metric_id": metric, "zh": zh, "kind": "obligation", "concept": "evaluation", "place": place, **common}
            for place, (metric, zh) in enumerate(OBLIGATION.items(), 60)
        ],
        "obligation": [*(_sent(*one, row_of["A1"]) for one in SENDERS), *_measure_duties()],
        "self_evaluation": [_written("anhua", "anhua", 2024), _written(DONGPING, "anhua", 2025)],
        "self_gap": _items(row_of),
        "self_agreement": [
            _agreement("all", "all", 2, 9.0, None, None),
            _agreement("county", "anhua", 12, 5.0, -8.0, 9.0),
        ],
        "metric_value": [
            _value(SENT, "anhua", "all", "month", "2026-01", on_time=1, late=1, overdue=1),
            _value("improvement_done", "anhua", "all", "year", "2025", on_time=3, overdue=1),
            _value("improvement_done", "anhua", "all", "month", "2025-06", overdue=1),
            _value("improvement_defined", "anhua", "all", "year", "2026", late=1, overdue=1),
        ],
        "in_charge": [
            {"grid_id": "anhua", "valid_from": date(2026, 1, 1), "valid_to": date(9999, 12, 31), "name": "王示例"},
            {"grid_id": "anhua", "valid_from": date(2024, 1, 1), "valid_to": date(2025, 12, 31), "name": "前示例"},
        ],
        "grid_record": [
            {
                "grid_id": "anhua",
                "kind": "meeting",
                "held_on": date(2025, 5, 7),
                "subject": "网格例会",
                "row_id": "r/k",
            },
            {"grid_id": "anhua", "kind": "rule", "held_on": date(2024, 5, 7), "subject": "往年制度", "row_id": "r/o"},
        ],
        "accountability": [
            {
                "grid_id": "anhua",
                "decided_on": date(2025, 6, 1),
                "measure": "talk",
                "person": OWNER,
                "matter": "示例事由",
                "row_id": "r/a",
            }
        ],
        "score": [
            {
                "grid_id": "anhua",
                "level": 2,
                "period_kind": "year",
                "period": "2025",
                "version": "1",
                "score": 61.25,
                "finding": "watch",
                "finding_zh": "示例缘由",
                "assessable": 90.0,
                "unseen": 0.0,
                "counted": 40,
                "missed": 8,
                "compared": 8,
                "rank_low": 2,
                "rank_high": 5,
            }
        ],
    }


def _sent(grid: str, level: int, county: str, state: str, row_id: str) -> Row:
    is_met = state in ("on_time", "late")
    return {
        "metric_id": SENT,
        "obligation_id": f"{SENT}/{grid}/2025",
        "grid_id": grid,
        "owner_level": level,
        "county_id": county,
        "subject_kind": "year",
        "subject_id": "2025",
        "round": 1,
        "period": "2026-01",
        "started_at": datetime(2026, 1, 1),
        "due_at": DUE,
        "met_at": datetime(2026, 1, 20 if state == "on_time" else 31) if is_met else None,
        "state": state,
        "met_row_id": row_id if is_met else None,
        "due_basis": "次年 1 月 31 日前上报",
    }


def _measure_duties() -> list[Row]:
    done = ("improvement_done", "anhua", 2, "anhua/anhua/2024/整改#1", "2025-06", datetime(2025, 6, 30, 23, 59, 59))
    defined = ("improvement_defined", DONGPING, 3, f"anhua/{DONGPING}/2025/整改#1", "2026-01", DUE)
    return [
        {
            "metric_id": metric,
            "obligation_id": f"{metric}/{subject}",
            "grid_id": grid,
            "owner_level": level,
            "county_id": "anhua",
            "subject_kind": "self_evaluation",
            "subject_id": subject,
            "round": 1,
            "period": period,
            "started_at": datetime(2025, 1, 1),
            "due_at": due,
            "state": "overdue",
            "due_basis": "示例",
        }
        for metric, grid, level, subject, period, due in (done, defined)
    ]


def _written(grid: str, county: str, year: int) -> Row:
    return {
        "self_evaluation_id": f"{county}/{grid}/{year}/整改#1",
        "county_id": county,
        "grid_id": grid,
        "year": year,
        "item": "整改",
        "shortfall": f"{OWNER}没有跟进",
        "improvement": "逐周核对",
        "owner": OWNER,
        "row_id": f"r/{grid}/{year}",
    }


def _items(row_of: dict[str, str]) -> list[Row]:
    def item(grid: str, level: int, name: str | None, state: str, **more: object) -> Row:
        county = "city" if level == 1 else "anhua"
        return {
            "self_evaluation_id": f"{county}/{grid}/2025/{name}#1",
            "county_id": county,
            "grid_id": grid,
            "owner_level": level,
            "year": 2025,
            "item": name,
            "min_n": 10,
            "state": state,
            "due_on": date(2026, 1, 31),
            "row_id": row_of["A1"],
            **more,
        }

    def scored(on_time: int, due: int, unreported: int = 0) -> Row:
        return {"on_time": on_time, "due": due, "unreported": unreported}

    rectified = {"metrics": "rectification", "metrics_zh": "按期整改率"}
    both = {"metrics": "patrol_coverage、rectification", "metrics_zh": "巡查覆盖率、按期整改率"}
    registered = {"metrics": "problem_registration", "metrics_zh": "问题登记及时率"}
    full = {"max_score": 30.0, "self_score": 30.0, "self_share": 1.0}
    low = {"max_score": 10.0, "self_score": 8.0, "self_share": 0.8}
    return [
        item("u1", 1, None, "receipt_only", reason_zh="只报了文字报告"),
        item("anhua", 2, "整改", "compared", **rectified, **full, **scored(12, 18, 2), computed_share=0.6, gap=40.0),
        item("anhua", 2, "巡查与整改", "compared", **both, **low, **scored(12, 12), computed_share=1.0, gap=-20.0),
        item("anhua", 2, "<b>特色</b>", "no_metric", max_score=5.0, self_score=5.0, self_share=1.0, reason_zh="无对应"),
        item("anhua", 2, "登记", "small", **registered, **low, **scored(2, 3), reason_zh="应办只有 3，少于 10"),
        item(DONGPING, 3, "1、问题整改", "small", **rectified, **full, **scored(1, 2), reason_zh="应办只有 2，少于 10"),
        item(DONGPING, 3, "2、销号", "no_score", **rectified, **scored(1, 2), reason_zh="没有写明得分"),
        item(
            DONGPING, 3, "巡查", "not_due", metrics="patrol_coverage", metrics_zh="巡查覆盖率", **full, **scored(0, 0)
        ),
    ]


def _agreement(kind: str, scope: str, n: int, bias: float, lower: float | None, upper: float | None) -> Row:
    shared = {"year": 2025, "scope_kind": kind, "scope": scope, "pair_kind": "grid", "pairs": n, "bias": bias}
    return {**shared, "lower": lower, "upper": upper, "missing_zh": f"{scope} 缺了什么"}


def _value(metric: str, grid: str, level: str, kind: str, period: str, **counts: int) -> Row:
    states = {state: counts.get(state, 0) for state in tiny_snapshot.STATES}
    due = states["on_time"] + states["late"] + states["overdue"]
    shared = {"metric_id": metric, "grid_id": grid, "owner_level": level, "period_kind": kind, "period": period}
    return {**shared, **states, "obligations": sum(states.values()), "due": due}
