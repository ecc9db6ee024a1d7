"""Holds the second computation against the first, and says where they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import duckdb

from naive.duty import COMPARED
from naive.inputs import Inputs, load, read
from naive.score import PART_COLUMNS, SCORE_COLUMNS, Scores, Values
from naive.second import INDICATORS, Second
from naive.spread import rounded
from naive.values import (
    INDICATOR_COLUMNS,
    INDICATOR_KEY,
    VALUE_COLUMNS,
    VALUE_KEY,
    indicator_values,
    values,
)

Table = Mapping[object, Mapping[str, object]]


def differences(first: Table, second: Table, shown: int = 12) -> list[str]:
    """The first rows that differ, column by column, the models' word before the second."""
    found = []
    for key in sorted(first.keys() | second.keys(), key=str):
        one, other = first.get(key), second.get(key)
        if one == other:
            continue
        if one is None or other is None:
            whose = "only computed again" if one is None else "only in the models"
            found.append(f"{key}: {whose}: {dict(one or other or {})}")
        else:
            parts = [f"{name} {one[name]} | {other[name]}" for name in one if one[name] != other[name]]
            found.append(f"{key}: {'; '.join(parts)}")
    more = [f"… and {len(found) - shown} more"] if len(found) > shown else []
    return found[:shown] + more


def given(con: duckdb.DuckDBPyConnection, sql: Path) -> Inputs:
    """What the second computation reads, and which months cannot be measured: that is not computed again."""
    inputs = load(con, sql)
    inputs.staging["blind"] = read(
        con,
        "select metric_id, county_id as whose, month from published.measurable where measurable = 'no'"
        " union select metric_id, grid_id, month from published.unmeasurable_grid",
    )
    return inputs


def compared(con: duckdb.DuckDBPyConnection, sql: Path) -> tuple[int, list[str]]:
    """How many duties were held against each other, and the first differences of duties and figures."""
    inputs = given(con, sql)
    second = Second(inputs, sql)
    duties = second.duties()
    listed = "', '".join(sorted(second.known))
    rows = read(con, f"select * from published.obligation where metric_id in ('{listed}')")
    models: Table = {row["obligation_id"]: {name: row[name] for name in COMPARED} for row in rows}
    again: Table = {duty.obligation_id: duty.compared() for duty in duties}
    assert len(again) == len(duties), "an obligation_id stands twice"
    wrong = differences(models, again)
    figures = read(con, f"select * from published.metric_value where metric_id in ('{listed}')")
    first: Table = {
        tuple(str(row[name]) for name in VALUE_KEY): {name: row[name] for name in VALUE_COLUMNS} for row in figures
    }
    second_figures = values(duties, second.grids, second.deliveries)
    wrong += differences(first, dict(second_figures))
    return len(models), wrong + _indicators(con, second) + _scores(con, second, second_figures, sql)


def _scores(con: duckdb.DuckDBPyConnection, second: Second, figures: Values, sql: Path) -> list[str]:
    """The differences of scores and of every line that has points."""
    key = ("grid_id", "period_kind", "period")
    # What is measurable is not computed again: which share of its months a line can be seen is taken as it stands.
    blind = {
        tuple(row[name] for name in (*key, "metric_id")): Fraction(row["blind_months"], row["months"])
        for row in read(con, "select * from published.score_part where blind_months > 0")
    }
    scores, lines = Scores(second.inputs, second.grids, second.deliveries.months, figures, blind, sql).scored()
    first = _rounded(con, "score", key, SCORE_COLUMNS)
    first_lines = _rounded(con, "score_part where state = 'scored'", (*key, "metric_id"), PART_COLUMNS)
    return differences(first, dict(scores)) + differences(first_lines, dict(lines))


def _rounded(con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], columns: Sequence[str]) -> Table:
    """Key → columns; what was divided, to nine decimals."""
    return {
        tuple(row[name] for name in key): {
            name: round(row[name], 9) if isinstance(row[name], float) else row[name] for name in columns
        }
        for row in read(con, f"select * from published.{table}")
    }


def _indicators(con: duckdb.DuckDBPyConnection, second: Second) -> list[str]:
    """The differences of all the catalogue's indicators."""
    listed = second.inputs.metrics.values()
    combine = {metric["id"]: metric for metric in listed if metric["kind"] == "indicator"}
    assert set(combine) == set(INDICATORS), "an indicator of the catalogue has no second computation"
    again = indicator_values(second.facts(), combine, second.grids, second.deliveries.months)
    figures = read(con, "select * from published.indicator_value")
    first: Table = {
        tuple(str(row[name]) for name in INDICATOR_KEY): {
            name: rounded(row[name]) if name in ("low", "high") else row[name] for name in INDICATOR_COLUMNS
        }
        for row in figures
    }
    return differences(first, dict(again))
