"""Generates how the dates of staging.<table>_typed are read: steps from `cell` to `dated`.

Each step is a WITH of its own, so that no long expression is copied: the cell as ISO text, a clock alone set on its
day, then `since`, from the row's anchor, which settles the year of the dates written without one, then the instant.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.contracts import DATED_TYPES, Column, Contract
from pipelines.each_sql import Each, items

# A date other than the anchor may lie this many days before it.
_SLACK_DAYS = 31


def is_plausible(date: str) -> str:
    """SQL: whether a date can be meant. 1900-01-01 and 2999-12-31 are what software writes for "never"."""
    return f"year({date}) between 1990 and 2099"


def precisions(contract: Contract) -> Each:
    """How precisely each date is told."""
    return Each("precision", "read_precision({t})", {c.name: f"{c.name}_iso" for c in _dated(contract)})


def impossible(contract: Contract) -> Each:
    """Whether what could not be read has the shape of a date and is none; asked of nothing else."""
    unread = "case when {c}_instant is null then {c}_iso end"
    return Each("impossible", "is_impossible({t})", {c.name: unread.format(c=c.name) for c in _dated(contract)})


def yearless(contract: Contract) -> Each:
    """Whether each date lacks its year."""
    return Each("yearless", "lacks_year({t})", {c.name: c.name for c in _dated(contract)})


def remarks(contract: Contract) -> Each:
    """What the words behind each date say."""
    return Each("remark", "date_remark({t})", {c.name: c.name for c in _dated(contract)})


def told(contract: Contract) -> tuple[Each, ...]:
    """What the last step knows of the dates beside the instants."""
    return precisions(contract), impossible(contract), yearless(contract)


def date_steps(contract: Contract) -> Iterable[str]:
    """Dates as ISO text, clocks set on their days, and `since`: dates without a year lie within a year from it."""
    dated = _dated(contract)
    texts = Each("iso_text", "iso_text({t})", {column.name: _cell(contract, column) for column in dated})
    yield f"iso_text as (\n    select *{items([texts])}\n    from cell\n),\n"
    alone = "".join(f",\n        {_iso(column, texts)} as {column.name}_iso" for column in dated)
    yield f"iso as (\n    select *{alone}\n    from iso_text\n),\n"
    clocks = ",\n".join(
        f"        {clock} as {column.name}_iso" for column in dated if (clock := _clock(contract, column))
    )
    placed = f"select * replace (\n{clocks})" if clocks else "select *"
    yield f"placed as (\n    {placed}\n    from iso\n),\n"
    anchor = f"read_instant({contract.anchor}_iso, opens)" if contract.anchor else "cast(null as timestamp)"
    yield f"hung as (\n    select *, {anchor} as hung_at\n    from placed\n),\n"
    yield (
        "anchored as (\n    select *,\n"
        f"        coalesce(case when {is_plausible('hung_at')} then plus_days(hung_at, -{_SLACK_DAYS}) end, opens)"
        " as since\n    from hung\n),\n"
    )
    others = {column.name: f"{column.name}_iso" for column in dated if column.name != contract.anchor}
    read = Each("read", "read_instant({t}, since)", others)
    yield f"read as (\n    select *{items([read, remarks(contract)])}\n    from anchored\n),\n"
    instants = "".join(f",\n        {_instant(contract, column, read)} as {column.name}_instant" for column in dated)
    yield f"instant as (\n    select *{instants}\n    from read\n),\n"
    yield f"dated as (\n    select *{items(told(contract))}\n    from instant\n),\n"


def _dated(contract: Contract) -> list[Column]:
    return [column for column in contract.columns.values() if column.type in DATED_TYPES]


def _cell(contract: Contract, column: Column) -> str:
    """What is read as the date: of a beginning with its end in one cell, the beginning; the end stands in for an empty
    cell of its own."""
    if column.month_day:
        return f"{column.month_day}_if_month({column.name})"
    if contract.has_end(column.name):
        return f"range_start({column.name})"
    return f"coalesce({column.name}, range_end({column.day_from}))" if _ends(contract, column) else column.name


def _ends(contract: Contract, column: Column) -> bool:
    return bool(column.day_from) and contract.columns[column.day_from].type == "instant"


def _instant(contract: Contract, column: Column, read: Each) -> str:
    """The moment read; an end that stands in the cell of its beginning is none where it lies before it."""
    if column.name == contract.anchor:
        return "hung_at"
    own = read.of(column.name)
    if column.done:
        # 2026-10-18（停产整治中）says that it is not done.
        return f"case when {remarks(contract).of(column.name)} is distinct from 'undone' then {own} end"
    if not _ends(contract, column):
        return own
    start = _instant(contract, contract.columns[column.day_from], read)
    return f"case when {column.name} is not null or {own} >= {start} then {own} end"


def _iso(column: Column, texts: Each) -> str:
    text = texts.of(column.name)
    return f"whole_day({text})" if column.type in {"due", "deadline"} else f"end_of_24({text})"


def _clock(contract: Contract, column: Column) -> str:
    """A clock alone on its day; where the day has a column of its own and the clock is empty, that day."""
    sources = contract.day_sources(column.name)
    if not sources:
        return ""
    days = [f"day_of({source}_iso)" for source in sources]
    day = f"coalesce({', '.join(days)})" if len(days) > 1 else days[0]
    placed = f"clock_on({column.name}_iso, {day})"
    return f"coalesce({placed}, {day})" if contract.spare(column.name) else placed
