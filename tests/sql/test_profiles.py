"""What a profile says of cells: order of dates, short years, values that mean nothing, values of every row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import duckdb
import pytest
from house import RULES, House, problem
from hypothesis import given, settings
from hypothesis import strategies as st
from roots import SQL

from pipelines import engine
from pipelines.contracts import Profile
from pipelines.profile_sql import stated
from pipelines.typed_sql import typed

PATTERNS = {"mdy": "%m/%d/%Y", "dmy": "%d.%m.%Y", "ymd": "%Y-%m-%d"}
CLOCKS = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")


@cache
def reader(order: str, years: str = "") -> tuple[duckdb.DuckDBPyConnection, str]:
    """A connection with the cell under test as raw.problem.discovered_at, and the SELECT that reads it."""
    con = engine.connect(None, SQL, threads=1)
    profile = Profile(
        "anhua",
        date_order={"problem": order} if order else {},
        years={"problem": years} if years else {},
    )
    contract = RULES.contracts.tables["problem"]
    contract = replace(contract, columns={"discovered_at": contract.columns["discovered_at"]})
    con.execute("create schema if not exists raw; create schema if not exists staging")
    con.execute("create table staging.source_file as select 'f' as file_id, 'anhua' as county_id")
    con.execute("create table raw.problem as select 'f' as file_id, ''::varchar as discovered_at")
    cell = "tidy(filled(discovered_at))"
    sql = (
        f"with {stated(contract, {'anhua': profile}).rstrip().rstrip(',')}"
        f" select read_instant(iso_text({cell}), date '2020-01-01'), read_precision(iso_text({cell})) from stated"
    )
    return con, sql


def read(text: str, order: str, years: str = "") -> tuple[Any, ...]:
    con, sql = reader(order, years)
    con.execute("update raw.problem set discovered_at = ?", [text])
    return con.execute(sql).fetchall()[0]


@settings(deadline=None, max_examples=25)
@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)),
    order=st.sampled_from(["mdy", "dmy"]),
    clock=st.sampled_from(CLOCKS),
)
def test_what_is_written_in_an_order_is_read_back(moment: datetime, order: str, clock: str) -> None:
    moment = moment.replace(microsecond=0) if "%S" in clock else moment.replace(second=0, microsecond=0)
    found, _ = read(moment.strftime(f"{PATTERNS[order]} {clock}"), order)
    assert found == moment


@settings(deadline=None, max_examples=25)
@given(day=st.dates(datetime(2000, 1, 1).date(), datetime(2099, 12, 31).date()), order=st.sampled_from([*PATTERNS]))
def test_short_years_are_read_where_a_profile_says_so(day: Any, order: str) -> None:
    midnight = datetime(day.year, day.month, day.day)
    two_digit = day.strftime(PATTERNS[order].replace("%Y", "%y"))
    assert read(two_digit, order, "two_digit") == (midnight, "day")
    roc = day.strftime(PATTERNS[order].replace("%Y", str(day.year - 1911)))
    assert read(roc, order, "roc") == (midnight, "day")
    assert read(day.strftime(PATTERNS[order]), order, "roc") == (midnight, "day")


@pytest.mark.parametrize(
    ("text", "order", "years", "value", "precision"),
    [
        ("02/17/2020 12:19:00 PM", "mdy", "", datetime(2020, 2, 17, 12, 19), "minute"),
        ("02/17/2020 12:19:00 AM", "mdy", "", datetime(2020, 2, 17, 0, 19), "minute"),
        ("2/7/2020", "mdy", "", datetime(2020, 2, 7), "day"),
        ("2/7/2020", "dmy", "", datetime(2020, 7, 2), "day"),
        ("02/17/2020 12:00:00 AM", "mdy", "", datetime(2020, 2, 17), "day"),  # a zero clock with seconds is a day
        ("2020-02-17 08:30", "mdy", "", datetime(2020, 2, 17, 8, 30), "minute"),  # ISO is ISO in every order
        ("17/02/2020", "mdy", "", None, None),  # no month 17: not the day turned over
        ("02/30/2020", "mdy", "", None, None),
        ("民国109年2月17日 下午3时20分", "ymd", "roc", datetime(2020, 2, 17, 15, 20), "minute"),
        ("20年2月17日", "ymd", "two_digit", datetime(2020, 2, 17), "day"),
        ("20年2月17日", "ymd", "", None, None),  # only if a profile says so
        ("43878", "mdy", "", datetime(2020, 2, 17), "day"),  # a real date of Excel has no order
    ],
)
def test_literal_cells(text: str, order: str, years: str, value: datetime | None, precision: str | None) -> None:
    found, how = read(text, order, years) if order != "ymd" or years else read_plain(text)
    assert found == value
    assert value is None or how == precision


def read_plain(text: str) -> tuple[Any, ...]:
    con, _ = reader("mdy")
    row = con.execute("select read_instant(iso_text($t), date '2020-01-01'), read_precision(iso_text($t))", {"t": text})
    return row.fetchall()[0]


def test_a_profile_touches_its_county_and_its_columns_only() -> None:
    profile = Profile(
        "anhua",
        date_order={"problem": "mdy"},
        sentinels={"problem": {"closed_at": ("01/01/1900  00:00:00",), "duty_grid": ("Unspecified",)}},
        constants={"problem": {"source": "hotline", "description": "O'Neill St"}},
    )
    house = House(profiles=(profile,))
    row = problem("P1", discovered="10/08/2026", due="10/20/2026", closed_at="01/01/1900 00:00:00")
    row |= {"duty_grid": "Unspecified", "source": "巡查发现", "note": ""}
    house.ledger("problem", [row])
    house.ledger("problem", [row | {"grid": "华阁镇"}], county="nanxian")
    house.build()
    (ours,) = house.rows("select * from published.problem")
    assert (ours["county_id"], ours["source"], ours["description"]) == ("anhua", "hotline", "O'Neill St")
    assert (ours["discovered_at"], ours["closed_at"]) == (datetime(2026, 10, 8), None)
    found = house.rows(
        "select row_id.split('/')[1] as county, column_name, rule from published.quarantine order by all"
    )
    assert {one["county"] for one in found} == {"nanxian"}
    assert ("discovered_at", "date_unreadable") in {(one["column_name"], one["rule"]) for one in found}


def test_a_constant_counts_as_a_column_delivered() -> None:
    profile = Profile("anhua", constants={"problem": {"source": "hotline"}})
    house = House(profiles=(profile,))
    house.ledger("problem", [{k: v for k, v in problem("P1").items() if k != "source"}])
    house.build()
    assert house.values("select field from core.field_delivered where field = 'source'") == ["source"]


def test_without_peculiarities_nothing_is_generated() -> None:
    contract = RULES.contracts.tables["problem"]
    contract = replace(contract, columns={"discovered_at": contract.columns["discovered_at"]})
    headers_only = {"anhua": Profile("anhua", headers={"problem": {"grid": ("片区",)}}, key_scope={"problem": "month"})}
    assert typed(contract, headers_only) == typed(contract, {})
    assert "stated as (" not in typed(contract, {})
    elsewhere = {"anhua": Profile("anhua", date_order={"patrol": "mdy"})}
    assert typed(contract, elsewhere) == typed(contract, {})
