"""Column types that say a month, a year, or how often: how their cells are read, in SQL.

`month`  2026-10, 2026年10月, 202610, 10月 → text 2026-10
`year`   2026, 2026年度 → number
`cycle`  每周1次, 每季度一次, 2次/月 → the window (day … year) and how many visits in it, two columns
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.contracts import Column

FORM = {"month": "tidy({t})", "year": "tidy({t})", "cycle": "cycle_text({t})"}
READ = {
    "month": "read_month(c.{c}, c.opens)",
    "year": "read_year(c.{c})",
    "cycle": "read_cycle(c.{c})",
}
UNREADABLE = {"month": "month_unreadable", "year": "year_unreadable", "cycle": "cycle_unreadable"}


def cycle_columns(column: Column) -> tuple[str, ...]:
    """The typed columns of a cycle: its window and the visits in it."""
    return (column.name, f"{column.name}_visits")


def cycle_output(column: Column) -> Iterable[str]:
    """The select items of `cycle_columns`, from the cell and what was read of it."""
    name = column.name
    yield f"{name}_read as {name}"
    yield f"case when {name}_read is not null then cycle_visits({name}_cell) end as {name}_visits"


def cycle_meaning(column: Column, prefix: str = "") -> str:
    """A cycle as one text, by which two rows are compared: 2/month; NULL where it was not understood."""
    window, visits = (f"{prefix}{name}" for name in cycle_columns(column))
    return f"cast({visits} as varchar) || '/' || {window}"


def cycle_hash(column: Column) -> str:
    """The same from the reading, before the columns stand; an unread cell counts by its text."""
    name = column.name
    return f"coalesce(cast(cycle_visits({name}_cell) as varchar) || '/' || {name}_read, {name}_cell, '')"


def month_finding(column: Column) -> str:
    """When a month was read that does not name its year."""
    return f"{column.name}_read is not null and month_lacks_year({column.name}_cell)"
