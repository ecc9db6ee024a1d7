"""Brings fixed months, what later files would change of them, and 情况说明 into schema `seed`, for models to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.engine import run
from pipelines.release.explanations import Explanations, read_explanations
from pipelines.release.shelf import Release, Restatement, Shelf
from pipelines.release.stages import STAGES, Fixing, months_between

_COUNTS = (
    "on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported", "obligations", "due",
    "on_time_original",
)  # fmt: skip
_RATES = ("rate", "rate_if_unmet", "rate_closed_only", "rate_original")
_FIGURE = "metric_id varchar, grid_id varchar, owner_level varchar, period_kind varchar"
_TABLES = {
    "release": "period varchar, stage varchar, fixed_at timestamp, as_of timestamp, known_at timestamp,"
    " build_id varchar, catalogue_version varchar, code_version varchar, state varchar, reason_zh varchar,"
    " restated_to timestamp",
    "release_value": f"period varchar, stage varchar, {_FIGURE}, "
    + ", ".join([*(f"{name} bigint" for name in _COUNTS), *(f"{name} double" for name in _RATES)])
    + ", numerator bigint, denominator bigint, value double, n bigint",
    # What was overdue or late when it was fixed: a 情况说明 of it stays one, whatever came later.
    "release_unmet": "period varchar, stage varchar, metric_id varchar, obligation_id varchar, duty_period varchar,"
    " grid_id varchar",
    "restatement": f"period varchar, stage varchar, {_FIGURE}, field varchar, old bigint, new bigint,"
    " cause_file_id varchar, cause_zh varchar, restated_at timestamp, known_at timestamp",
    "restated_duty": "period varchar, stage varchar, metric_id varchar, obligation_id varchar, grid_id varchar,"
    " old_state varchar, new_state varchar, cause_file_id varchar, cause_zh varchar, restated_at timestamp,"
    " known_at timestamp",
    "release_score": "period varchar, stage varchar, grid_id varchar, period_kind varchar, score double,"
    " geometric double, finding varchar, finding_zh varchar, assessable double",
    "restated_score": "period varchar, stage varchar, grid_id varchar, period_kind varchar, old_score double,"
    " new_score double, old_geometric double, new_geometric double, old_finding varchar, new_finding varchar,"
    " old_assessable double, new_assessable double, cause_file_id varchar, cause_zh varchar, restated_at timestamp,"
    " known_at timestamp",
    "cut_off": "month varchar, stage varchar, cut_off_at timestamp",
    "explanation": "metric_id varchar, obligation_id varchar, by_zh varchar, written_on date, text varchar,"
    " file varchar, entry bigint, line bigint",
    "astray": "path varchar, reason_zh varchar",
}
KEPT_TABLES = tuple(_TABLES)


def make_empty(con: duckdb.DuckDBPyConnection) -> None:
    """Every table of these without rows."""
    for name, columns in _TABLES.items():
        run(con, f"seed.{name}", f"create or replace table seed.{name} ({columns})")


def load_kept(
    con: duckdb.DuckDBPyConnection,
    shelf: Shelf,
    fixing: Fixing,
    explanations: Path,
    first_month: str,
    as_of: datetime,
) -> None:
    """Fill them. Figures of damaged releases are left out; explanations: the folder of 情况说明."""
    make_empty(con)
    for release in shelf.releases:
        _insert(con, "release", [_described(release, shelf.restated(release))])
        if release.is_intact:
            _load_figures(con, release)
    for restatement in shelf.restatements:
        _load_restatement(con, restatement)
    months = months_between(first_month, f"{as_of:%Y-%m}") if as_of > datetime.min else []
    cut_offs = [
        (month, stage, fixing.cut_off(month, stage))
        for month in months
        for stage in STAGES
        if fixing.covers(month, stage)
    ]
    _insert(con, "cut_off", cut_offs)
    metrics = dict(con.execute("select zh, metric_id from seed.metric").fetchall())
    _load_explanations(con, read_explanations(explanations, metrics))
    _insert(con, "astray", [(f"../{path}", reason) for path, reason in shelf.astray])


def _described(release: Release, newest: Restatement | None) -> Sequence[Any]:
    said = release.content
    moments = [release.moment(key) if said else None for key in ("fixed_at", "as_of", "known_at")]
    texts = [said.get(key) for key in ("build_id", "catalogue_version", "code_version")]
    state = "intact" if release.is_intact else "damaged"
    looked_to = newest.known_at if newest else None
    return (release.month, release.stage, *moments, *texts, state, release.reason_zh or None, looked_to)


def _load_figures(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    of = [release.month, release.stage]
    counts = ", ".join((*_COUNTS, *_RATES))
    for table, select in (
        ("metric_value", f"metric_id, grid_id, owner_level, period_kind, {counts}"),
        (
            "indicator_value",
            "indicator_id as metric_id, grid_id, '' as owner_level, period_kind, numerator, denominator, value, n",
        ),
    ):
        _from_parquet(con, "release_value", select, release.parquet(table), of)
    score = "grid_id, period_kind, score, geometric, finding, finding_zh, assessable"
    _from_parquet(con, "release_score", score, release.parquet("score"), of)
    unmet = "metric_id, obligation_id, period as duty_period, grid_id"
    where = "state in ('overdue', 'late')"
    _from_parquet(con, "release_unmet", unmet, release.parquet("obligation"), of, where)


def _load_restatement(con: duckdb.DuckDBPyConnection, restatement: Restatement) -> None:
    restated_at, known_at = restatement.content["restated_at"], restatement.known_at
    at = f"timestamp '{restated_at}' as restated_at, timestamp '{known_at}' as known_at"
    of = [restatement.release.month, restatement.release.stage]
    for table, columns in (
        ("restatement", "metric_id, grid_id, owner_level, period_kind, field, old, new"),
        ("restated_duty", "metric_id, obligation_id, grid_id, old_state, new_state"),
        (
            "restated_score",
            "grid_id, period_kind, old_score, new_score, old_geometric, new_geometric, old_finding, new_finding,"
            " old_assessable, new_assessable",
        ),
    ):
        if table not in restatement.content["tables"]:
            continue  # looked back at before scores were
        path = restatement.folder / str(restatement.content["tables"][table]["file"])
        _from_parquet(con, table, f"{columns}, cause_file_id, cause_zh, {at}", path, of)


def _load_explanations(con: duckdb.DuckDBPyConnection, found: Explanations) -> None:
    _insert(
        con,
        "explanation",
        [(one.metric_id, one.obligation_id, one.by, one.written_on, one.text, one.file, one.entry, one.line)
         for one in found.entries],
    )  # fmt: skip
    _insert(con, "astray", [(f"../state/explanations/{file}", reason) for file, reason in found.astray])


def _from_parquet(
    con: duckdb.DuckDBPyConnection, table: str, select: str, path: Path, of: Sequence[str], where: str = "true"
) -> None:
    """Rows of a kept file, with month and stage before them."""
    run(
        con,
        f"seed.{table}",
        f"insert into seed.{table} by name select $month as period, $stage as stage, {select}"
        f" from read_parquet($path) where {where}",
        {"month": of[0], "stage": of[1], "path": str(path)},
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        places = ", ".join("?" for _ in rows[0])
        con.executemany(f"insert into seed.{table} values ({places})", [list(row) for row in rows])
