"""What the second computation reads: accepted rows, the ledger of deliveries, seeds. Nothing of core or after it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
LEDGERS = (
    "problem", "patrol", "follow_up", "person", "site", "grid", "self_evaluation", "patrol_plan", "backcheck",
    "grid_record",
)  # fmt: skip
STAGING = (
    "grid_registered", "grid_home", "grid_name", "source_file", "row_outcome", "mend", "resend", "successor", "finding",
)  # fmt: skip


def read(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """Rows of a query as dictionaries."""
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@dataclass
class Inputs:
    """One moment of one warehouse."""

    as_of: datetime
    now: dict[str, list[Row]] = field(default_factory=dict)
    told: dict[str, list[Row]] = field(default_factory=dict)
    staging: dict[str, list[Row]] = field(default_factory=dict)
    seed: dict[str, list[Row]] = field(default_factory=dict)
    sheets: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    # how a word written by hand is compared as the name of a grid, and as that of a person
    grid_words: dict[str, str] = field(default_factory=dict)
    person_words: dict[str, str] = field(default_factory=dict)
    limits: list[Row] = field(default_factory=list)
    metrics: dict[str, Row] = field(default_factory=dict)

    @cached_property
    def versions(self) -> dict[str, dict[str, list[Row]]]:
        """Table → key → accepted versions in order."""
        found: dict[str, dict[str, list[Row]]] = {}
        for table, rows in self.told.items():
            by_key: dict[str, list[Row]] = {}
            for row in rows:
                if row["disposition"] == "accepted":
                    by_key.setdefault(row["row_key"], []).append(row)
            for several in by_key.values():
                several.sort(key=lambda row: row["version_no"])
            found[table] = by_key
        return found

    @cached_property
    def calendar(self) -> dict[date, bool]:
        """Day → whether it is worked."""
        return {row["day"]: row["is_workday"] for row in self.seed["calendar"]}

    def limit(self, metric: str, day: date, limit_class: str = "") -> Row:
        """The limit in force that day."""
        for one in self.limits:
            if one["metric"] != metric or one.get("class", one.get("limit_class", "")) != limit_class:
                continue
            if one["valid_from"] <= day and ("valid_to" not in one or day <= one["valid_to"]):
                return one
        raise LookupError(f"{metric} {limit_class} {day}: 没有生效的时限")

    def has_limit(self, metric: str, day: date, limit_class: str = "") -> bool:
        """Whether any limit is in force that day."""
        try:
            self.limit(metric, day, limit_class)
        except LookupError:
            return False
        return True


def load(con: duckdb.DuckDBPyConnection, sql: Path) -> Inputs:
    """Read everything once."""
    ((as_of,),) = con.execute("select as_of from seed.moment").fetchall()
    found = Inputs(as_of)
    for table in LEDGERS:
        found.now[table] = read(con, f"select * from staging.{table}_now")
        found.told[table] = read(con, f"select * from staging.{table}_version where disposition <> 'rejected'")
    for table in STAGING:
        where = " where rule = 'missing'" if table == "finding" else ""
        if table == "successor":
            union = " union all ".join(
                f"select row_id, by_row_id, disposition from staging.{t}_successor" for t in LEDGERS
            )
            found.staging[table] = read(con, union)
            continue
        found.staging[table] = read(con, f"select * from staging.{table}{where}")
    for table in ("grid", "calendar", "sender", "constant", "key_scope", "ledger", "heading"):
        found.seed[table] = read(con, f"select * from seed.{table}")
    found.sheets = read(con, "select * from raw.sheet")
    found.body = read(
        con, "select row_id, file_id, sheet_name, table_name, row_number from raw.source_row where kind = 'body'"
    )
    found.staging["problem_rows"] = read(con, "select * from staging.problem")
    found.staging["returned_people"] = read(
        con,
        "select * from staging.person_version as version where disposition = 'rejected'"
        " and not contains(faults, 'post_vacant')"
        " and not exists (select 1 from staging.person_now as mended where mended.grid_id = version.grid_id"
        " and mended.name = version.name and mended.file_received_at > version.file_received_at)"
        " and row_id not in (select row_id from staging.successor where disposition = 'rejected')"
        " qualify file_received_at = max(file_received_at) over (partition by grid_id, name)",
    )
    _read_words(con, found)
    found.limits = tomllib.loads((sql / "limits.toml").read_text("utf-8"))["limit"]
    metrics = tomllib.loads((sql / "metrics.toml").read_text("utf-8"))["metric"]
    found.metrics = {metric["id"]: metric for metric in metrics}
    return found


def _read_words(con: duckdb.DuckDBPyConnection, found: Inputs) -> None:
    """How approvers, sites and checkers are written, as names are compared: reading, which is not what is checked."""
    words = {row["extension_approved_by"] for rows in found.versions["problem"].values() for row in rows}
    for table in ("problem", "follow_up", "site"):
        words |= {row.get("site") or row.get("name") for row in found.now[table]}
    words |= {site for row in found.now["patrol"] for site in row["sites"] or []}
    words |= {row["handler"] for row in found.now["problem"]}
    listed = sorted(word for word in words if word)
    con.execute("create or replace temp table naive_word (word varchar)")
    if listed:
        con.executemany("insert into naive_word values (?)", [[word] for word in listed])
    for row in read(con, "select word, grid_text(word) as g, read_name(word) as p from naive_word"):
        found.grid_words[row["word"]] = row["g"]
        found.person_words[row["word"]] = row["p"]
