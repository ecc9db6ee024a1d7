"""Generates what profiles say of cells before they are read, the CTE `stated` of staging.<table>_typed, and of the
columns that a sheet brings.

In this order: a sentinel is no value; a date takes the order of parts and the years that all readers know; a constant
stands in every row. Only columns and tables of which a profile speaks are touched: elsewhere nothing is generated, and
a ledger without peculiarities costs what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.contracts import DATED_TYPES, Column, Contract, Contracts, Profile

# The first year of those written with fewer than four digits, and how they are written.
_SHORT_YEARS = {"roc": (1911, r"\d{2,3}"), "two_digit": (2000, r"\d{2}")}
_PARTS = {"y": "", "m": r"\d{1,2}", "d": r"\d{1,2}"}


def stated(contract: Contract, profiles: Mapping[str, Profile]) -> str:
    """The CTE, or nothing where no profile speaks of the cells of this table."""
    changed = [(column, _cell(contract, column, profiles)) for column in contract.columns.values()]
    lines = ",\n".join(f"            {sql} as {column.name}" for column, sql in changed if sql)
    if not lines:
        return ""
    return (
        "-- 县区写法（profiles）：无值的写法、日期各部分的次序与纪年、逐行固定的值\n"
        f"stated as (\n    select r.* replace (\n{lines})\n    from raw.{contract.name} as r\n"
        "    join staging.source_file as f on f.file_id = r.file_id\n),\n\n"
    )


def fields(contracts: Contracts) -> str:
    """The columns that a sheet `s` of a file `f` brings, those filled with a constant among them."""
    cases = "".join(
        f"\n        when s.table_name = '{name}' and f.county_id = {_quote(county_id)}"
        f" then list_distinct(list_concat(s.fields, [{_quoted(sorted(constants))}]))"
        for county_id, profile in sorted(contracts.profiles.items())
        for name in contracts.tables
        if (constants := profile.constants.get(name))
    )
    return f"case{cases}\n        else s.fields\n    end" if cases else "s.fields"


def _cell(contract: Contract, column: Column, profiles: Mapping[str, Profile]) -> str:
    """What stands for the cell, empty where no profile says anything of it."""
    table, name = contract.name, column.name
    none = _cases(
        (county_id, f"list_contains([{', '.join(f'tidy({text})' for text in map(_quote, texts))}], tidy(r.{name}))")
        for county_id, profile in profiles.items()
        if (texts := profile.sentinels.get(table, {}).get(name, ()))
    )
    cell = f"case when case{none} end then null else r.{name} end" if none else f"r.{name}"
    dates = _cases(
        (county_id, sql)
        for county_id, profile in profiles.items()
        if column.type in DATED_TYPES
        and (sql := _date(cell, profile.date_order.get(table, "ymd"), profile.years.get(table, "")))
    )
    cell = f"case{dates} else {cell} end" if dates else cell
    constants = _cases(
        (county_id, _quoted([profile.constants[table][name]]))
        for county_id, profile in profiles.items()
        if name in profile.constants.get(table, {})
    )
    cell = f"case{constants} else {cell} end" if constants else cell
    return "" if cell == f"r.{name}" else cell


def _date(cell: str, order: str, years: str) -> str:
    """A date with its year, of four digits, first; empty where it is read so anyway."""
    if order == "ymd" and not years:
        return ""
    since, short = _SHORT_YEARS.get(years, (0, ""))
    parts = {**_PARTS, "y": rf"\d{{4}}|{short}" if short else r"\d{4}"}
    first, second, third = (f"({parts[part]})" for part in order)
    shape = rf"^(?:民国)? ?{first} ?[-/.年] ?{second} ?[-/.月] ?{third} ?[日号]?(|[ T].*|[^ T\d].*)$"
    places = ", ".join(str(order.index(part) + 1) for part in "ymd")
    return f"year_first(tidy({cell}), '{shape}', {places}, {since})"


def _cases(told: Iterable[tuple[str, str]]) -> str:
    """WHENs by county, the counties that say the same in one."""
    counties: dict[str, list[str]] = {}
    for county_id, sql in told:
        counties.setdefault(sql, []).append(county_id)
    return "".join(
        f" when f.county_id in ({_quoted(sorted(listed))}) then {sql}" for sql, listed in sorted(counties.items())
    )


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(map(_quote, texts))


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
