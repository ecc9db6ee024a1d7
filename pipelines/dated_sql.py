"""Generates how the dates of staging.<table>_typed are prepared: steps from `cell` to `anchored`.

Each step is a WITH of its own, so that no long expression is copied: the cell as ISO text, a clock alone set on its
day, then `since`, from the row's anchor, which settles the year of the dates written without one.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.contracts import DATED_TYPES, Column, Contract

# A date other than the anchor may lie this many days before it.
_SLACK_DAYS = 31


def is_plausible(date: str) -> str:
    """SQL: whether a date can be meant. 1900-01-01 and 2999-12-31 are what software writes for "never"."""
    return f"year({date}) between 1990 and 2099"


def date_steps(contract: Contract) -> Iterable[str]:
    """Dates as ISO text, clocks set on their days, and `since`: dates without a year lie within a year from it."""
    dated = [column for column in contract.columns.values() if column.type in DATED_TYPES]
    texts = "".join(f",\n        {_iso(column)} as {column.name}_iso" for column in dated)
    yield f"iso as (\n    select *{texts}\n    from cell\n),\n"
    clocks = ",\n".join(
        f"        {clock} as {column.name}_iso" for column in dated if (clock := _clock(contract, column))
    )
    placed = f"select * replace (\n{clocks})" if clocks else "select *"
    yield f"placed as (\n    {placed}\n    from iso\n),\n"
    anchor = f"read_instant({contract.anchor}_iso, opens)" if contract.anchor else "cast(null as timestamp)"
    yield (
        "anchored as (\n    select *,\n"
        f"        coalesce(case when {is_plausible(anchor)} then plus_days({anchor}, -{_SLACK_DAYS}) end, opens)"
        " as since\n    from placed\n),\n"
    )


def _iso(column: Column) -> str:
    cell = f"{column.month_day}_if_month({column.name})" if column.month_day else column.name
    text = f"iso_text({cell})"
    return f"whole_day({text})" if column.type in {"due", "deadline"} else text


def _clock(contract: Contract, column: Column) -> str:
    """A clock alone on its day; where the day has a column of its own and the clock is empty, that day."""
    sources = contract.day_sources(column.name)
    if not sources:
        return ""
    days = [f"day_of({source}_iso)" for source in sources]
    day = f"coalesce({', '.join(days)})" if len(days) > 1 else days[0]
    placed = f"clock_on({column.name}_iso, {day})"
    return f"coalesce({placed}, {day})" if contract.spare(column.name) else placed
