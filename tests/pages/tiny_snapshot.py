"""Writes a small published snapshot of literal rows, as the pipeline would leave it under a root."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from datetime import datetime
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import tiny_rows as rows

SCHEMA = Path(__file__).resolve().parents[2] / "sql" / "published" / "schema.toml"
STATES = ("on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported")
COUNTIES = ("anhua", "taojiang", "ziyang", "yuanjiang", "datonghu", "nanxian", "heshan", "gaoxin", "city")
Row = dict[str, Any]


class Files:
    """Source files with their rows: what published.source_file, source_row, submission and rows/ hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[Row]] = {"source_file": [], "source_row": [], "submission": []}

    def add(self, county: str, month: str, table: str, sheet: str, lines: list[tuple[str, list[str]]]) -> list[str]:
        """One file of (kind, cells) lines from row 1 on; the row_ids in order."""
        name = f"data/raw/{month}/{county}/{table}.xlsx"
        digest = sha256(f"{name}{lines}".encode()).hexdigest()
        file_id = f"{county}/{month}/{digest[:8]}"
        ids = [f"{file_id}#{sheet}!{number}" for number in range(1, len(lines) + 1)]
        body = sum(kind == "body" for kind, _ in lines)
        rejected = sum(cells[0] == "坏行" for _, cells in lines)
        shared = {"file_id": file_id, "county_id": county, "month": month, "state": "landed"}
        self.tables["source_file"].append(
            {
                **shared,
                "path": name,
                "sha256": digest,
                "size_bytes": 1000,
                "received_at": datetime(2026, 11, 3, 8, 30),
                "received_basis": "receipt",
            }
        )
        self.tables["source_row"] += [
            {"row_id": i, "file_id": file_id, "sheet_name": sheet, "row_number": n, "kind": kind, "table_name": table}
            for n, (i, (kind, _)) in enumerate(zip(ids, lines, strict=True), start=1)
        ]
        counts = {"found": body, "accepted": body - rejected, "rejected": rejected, "identical": 0}
        self.tables["submission"].append({**shared, "table_name": table, "table_zh": sheet, "version": 1, **counts})
        self.folder.mkdir(parents=True, exist_ok=True)
        columns = zip_longest(*(cells for _, cells in lines))
        table_of_cells = pa.table(
            {
                "sheet_name": pa.array([sheet] * len(lines)),
                "row_number": pa.array(range(1, len(lines) + 1), pa.int64()),
                **{f"c{place}": column for place, column in enumerate(columns, 1)},
            }
        )
        pq.write_table(table_of_cells, self.folder / f"{digest}.parquet")
        return ids


def write(root: Path, build_id: str = "tiny00000001", is_demo: bool = True) -> Path:
    """Publish under `root/data/published` and point to it; returns that folder."""
    published = root / "data" / "published"
    tables = _tables(Files(published / "rows"), build_id, is_demo)
    path = published / f"{build_id}.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema published")
        for name, table in tomllib.loads(SCHEMA.read_text("utf-8")).items():
            columns = {column: spec[0] for column, spec in table["columns"].items()}
            inner = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table published.{name} ({inner})")
            lines = [[row.get(column) for column in columns] for row in tables.get(name, [])]
            if lines:
                marks = ", ".join("?" * len(columns))
                connection.executemany(f"insert into published.{name} values ({marks})", lines)
    path.chmod(0o444)
    point(published, build_id, is_demo)
    return published


def point(published: Path, build_id: str, is_demo: bool = True) -> None:
    """Swap the pointer as the pipeline does."""
    pointer = {
        "build_id": build_id,
        "file": f"{build_id}.duckdb",
        "as_of": rows.AS_OF.isoformat(sep=" "),
        "built_at": "2026-11-06 09:05:00",
        "is_demo": is_demo,
    }
    fresh = published / "current.json.tmp"
    fresh.write_text(json.dumps(pointer, ensure_ascii=False), "utf-8")
    fresh.replace(published / "current.json")


def _tables(files: Files, build_id: str, is_demo: bool) -> dict[str, list[Row]]:
    all_grids = rows.grids()
    paths = rows.paths(all_grids)
    patrol_rows, patrols, uncredited, bad_rows = _patrol_files(files, all_grids)
    problem_rows, problems = _problem_files(files)
    duties = [*rows.coverage(all_grids, patrol_rows), *rows.rectification(problem_rows)]
    build = {"build_id": build_id, "as_of": rows.AS_OF, "known_at": rows.AS_OF, "is_demo": is_demo}
    return {
        "build": [{**build, "catalogue_version": "2026.1", "code_version": "c0de"}],
        "metric_catalogue": [rows.metric(metric_id) for metric_id in rows.METRICS],
        "grid": all_grids,
        "grid_path": paths,
        "person": rows.PEOPLE,
        "patrol": patrols,
        "patrol_credit": uncredited,
        "problem": problems,
        "obligation": duties,
        "metric_value": _values(duties, paths),
        "measurable": [rows.measurable(metric, c, m) for metric in rows.METRICS for c in COUNTIES for m in rows.MONTHS],
        "quarantine": [
            rows.finding(row_id, is_mended) for row_id, is_mended in zip(bad_rows, (False, True), strict=True)
        ],
        "unmeasurable_grid": rows.unmeasurable(all_grids),
        "revision": [rows.revision(problem_rows[("anhua", "A2")])],
        **files.tables,
    }


def _patrol_files(files: Files, grids: list[Row]) -> tuple[dict[tuple[str, str], str], list[Row], list[Row], list[str]]:
    found: dict[tuple[str, str], str] = {}
    patrols, bad_rows = list[Row](), list[str]()
    for month in ("2026-09", "2026-10"):
        for county in COUNTIES:
            owed = [g for g in grids if g["county_id"] == county and g["level"] and g["is_patrol_grid"]]
            owed = [g for g in owed if (g["grid_id"], month) not in rows.OVERDUE]
            if (county, month) == ("datonghu", "2026-10"):
                continue
            body = [[str(n), g["name"], f"{month}-05 09:00", "示例乙二", "", "0"] for n, g in enumerate(owed, 1)]
            if (county, month) == ("anhua", "2026-10"):
                body.append(["99", "江南镇", "2026-10-07", "李示例", "13900000000", "无"])
                body.append(["坏行", "江南镇", "2026-13-40", "李示例", "", "0"])
                body.append(["坏行", "江南镇", "2026-13-41", "李示例", "", "0"])
            head = [("title", ["巡查记录"]), ("header", list(rows.HEAD_PATROL)), ("header", ["", "", "（开始）"])]
            ids = files.add(county, month, "patrol", "巡查记录", [*head, *(("body", cells) for cells in body)])
            found.update({(g["grid_id"], month): ids[n + 3] for n, g in enumerate(owed)})
            if (county, month) == ("anhua", "2026-10"):
                bad_rows = ids[-2:]
                patrols.append(rows.lost_patrol("anhua/99", datetime(2026, 10, 7), "李示例", ids[-3]))
            if (county, month) == ("anhua", "2026-09"):
                patrols.append(rows.lost_patrol("anhua/98", datetime(2026, 9, 7), None, ids[-1]))
    uncredited = [rows.no_credit(patrol) for patrol in patrols]
    return found, patrols, uncredited, bad_rows


def _problem_files(files: Files) -> tuple[dict[tuple[str, str], str], list[Row]]:
    found: dict[tuple[str, str], str] = {}
    problems = []
    for county, given in rows.PROBLEMS.items():
        numbers = list(dict.fromkeys(problem[0] for problem in given))
        texts = {problem[0]: problem[7] for problem in given}
        lines = [("header", list(rows.HEAD_PROBLEM))]
        for n in numbers:
            lines.append(("body", [n, "东坪镇", "2026-10-04", texts[n], "县大队", "2026-10-20", "", "王示例"]))
        ids = files.add(county, "2026-10", "problem", "问题台账", lines)
        for number, row_id in zip(numbers, ids[1:], strict=True):
            found[(county, number)] = row_id
            problem = {"problem_id": f"{county}/{number}", "problem_no": number, "county_id": county}
            is_absent = number == "H6"  # 赫山区 left it out of a later file
            problems.append({**problem, "description": texts[number], "row_id": row_id, "absent_in_latest": is_absent})
    return found, problems


def _values(duties: list[Row], paths: list[Row]) -> list[Row]:
    above = defaultdict(list)
    for path in paths:
        above[path["leaf_id"]].append(path["ancestor_id"])
    counts: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys([*STATES, "original"], 0))
    for duty in duties:
        for ancestor in above[duty["grid_id"]]:
            for level in (str(duty["owner_level"]), "all"):
                count = counts[(duty["metric_id"], ancestor, level, duty["period"])]
                count[duty["state"]] += 1
                count["original"] += duty["state"] == "on_time" and not duty["is_extended"]
    return [_value(key, count) for key, count in counts.items()]


def _value(key: tuple[str, ...], count: dict[str, int]) -> Row:
    due = count["on_time"] + count["late"] + count["overdue"]
    whole = due + count["unreported"]
    return {
        **dict(zip(("metric_id", "grid_id", "owner_level", "period"), key, strict=True)),
        **{state: count[state] for state in STATES},
        "period_kind": "month",
        "obligations": sum(count[state] for state in STATES),
        "due": due,
        "rate": count["on_time"] / due if due else None,
        "rate_if_unmet": count["on_time"] / whole if whole else None,
        "on_time_original": count["original"],
        "rate_original": count["original"] / due if due else None,
        "target": 1.0 if key[0] == "patrol_coverage" else 0.95,
    }
