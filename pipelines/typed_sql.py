"""Generates staging.<table>_typed from a contract: text cells → typed columns, with the findings on each row.

A finding is written as `column:rule:severity`, several joined by `;`; staging.finding spells them out. Only
rows with findings cost anything later, so a clean ledger of a million rows stays cheap.

Dates are read in steps, each a WITH of its own, so that no long expression is copied: the cell as ISO text, a clock
alone set on its day, the row's anchor (which settles the year of dates written without one), then the instants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.contracts import DATED_TYPES, Column, Contract, Profile
from pipelines.profile_sql import fields, stated

_CELL = {
    "text": "filled(r.{c})",
    "code": "filled(r.{c})",
    "grid": "grid_text(filled(r.{c}))",
    "instant": "tidy(filled(r.{c}))",
    "due": "tidy(filled(r.{c}))",
    "day": "tidy(filled(r.{c}))",
    "count": "tidy(filled_count(r.{c}))",
    "number": "tidy(filled(r.{c}))",
    "flag": "tidy(filled_count(r.{c}))",
    "name": "filled(r.{c})",
    "names": "filled(r.{c})",
    "list": "filled(r.{c})",
    "word": "filled(r.{c})",
    "deadline": "deadline_text(filled(r.{c}))",
}
_READ = {
    "text": "c.{c}",
    "code": "read_code(c.{c})",
    "instant": "read_instant(c.{c}_iso, c.since)",
    "due": "read_instant(c.{c}_iso, c.since)",
    "day": "cast(read_instant(c.{c}_iso, c.since) as date)",
    "count": "read_count(c.{c})",
    "number": "read_number(c.{c})",
    "flag": "read_flag(c.{c})",
    "name": "read_name(c.{c})",
    "names": "read_names(c.{c})",
    "list": "read_list(c.{c})",
    "word": "w_{c}.value",
    "grid": "n_{c}.grid_id",
}
_UNREADABLE = {
    "instant": "date_unreadable",
    "due": "date_unreadable",
    "day": "date_unreadable",
    "count": "count_unreadable",
    "number": "number_unreadable",
    "flag": "flag_unreadable",
    "word": "word_unknown",
}
# A ledger cannot know of dates before the scheme's predecessors; 1900-01-01 and 2999-12-31 are what software writes
# for "never". Beyond `_FAR_YEARS` after receipt a date is more likely mistyped than meant, and is asked about.
_PLAUSIBLE = "year({x}) between 1990 and 2099"
_FAR_YEARS = 5
# A date other than the anchor may lie this many days before it.
_SLACK_DAYS = 31


def output_columns(column: Column) -> tuple[str, ...]:
    """The typed columns that one contract column yields, the main one first."""
    name = column.name
    if column.type == "grid":
        return (f"{name}_id", f"{name}_text")
    if column.type in {"instant", "due"}:
        return (name, f"{name}_precision")
    if column.type == "deadline":
        return (f"{name}_at", f"{name}_kind", f"{name}_number", f"{name}_precision")
    return (name,)


def typed(contract: Contract, profiles: Mapping[str, Profile]) -> str:
    """The SELECT of staging.<table>_typed: one row per raw row, typed, with findings and content_hash."""
    columns = list(contract.columns.values())
    before = stated(contract, profiles)
    lines = [
        f"-- {contract.zh}，类型化：raw.{contract.name} 一行对应一行",
        "-- 粒度：row_id",
        f"-- 依据：契约 sql/contracts/{contract.name}.toml（自动生成，勿手改）",
        f"with {before}cell as (",
        "    select",
        "        r.row_id, r.file_id, r.sheet_name, r.row_number, r.extra,",
        "        f.county_id, f.month, f.received_at as file_received_at, f.sha256,",
        f"        {fields(contract, profiles)},",
        f"        year_opens(f.month) as opens, cast(f.received_at + interval {_FAR_YEARS} year as date) as far_after,",
        ",\n".join(f"        {_CELL[c.type].format(c=c.name)} as {c.name}" for c in columns),
        f"    from {'stated' if before else f'raw.{contract.name}'} as r",
        "    join staging.source_file as f on f.file_id = r.file_id",
        "    join raw.sheet as s",
        f"        on s.file_id = r.file_id and s.sheet_name = r.sheet_name and s.table_name = '{contract.name}'",
        "),",
        "",
        *_iso_steps(contract),
        "reading as (",
        "    select",
        "        c.row_id, c.file_id, c.sheet_name, c.row_number, c.extra,",
        "        c.county_id, c.month, c.file_received_at, c.sha256, c.fields, c.far_after,",
        ",\n".join(f"        {line}" for column in columns for line in _reading(contract, column)),
        "    from anchored as c",
        *_joins(contract),
        ")",
        "",
        "select",
        "    row_id, file_id, sheet_name, row_number, extra, county_id, month, file_received_at, sha256, fields,",
        ",\n".join(f"    {line}" for column in columns for line in _output(column)) + ",",
        "    md5(concat_ws(chr(31), coalesce(extra, ''),",
        ",\n".join(f"        {_hashed(column)}" for column in columns if not column.spare_of) + ")) as content_hash,",
        "    concat_ws(';',",
        ",\n".join(f"        {line}" for column in columns for line in _findings(contract, column)),
        "    ) as faults",
        "from reading",
    ]
    return "\n".join(lines) + "\n"


def _iso_steps(contract: Contract) -> Iterable[str]:
    """Dates as ISO text, clocks set on their days, and `since`: dates without a year lie within a year from it."""
    dated = [column for column in contract.columns.values() if column.type in DATED_TYPES]
    texts = ",\n".join(f"        {_iso(column)} as {column.name}_iso" for column in dated)
    yield f"iso as (\n    select *,\n{texts}\n    from cell\n),\n"
    clocks = ",\n".join(
        f"        {clock} as {column.name}_iso" for column in dated if (clock := _clock(contract, column))
    )
    placed = f"select * replace (\n{clocks})" if clocks else "select *"
    yield f"placed as (\n    {placed}\n    from iso\n),\n"
    anchor = f"read_instant({contract.anchor}_iso, opens)"
    yield (
        "anchored as (\n    select *,\n"
        f"        coalesce(case when {_PLAUSIBLE.format(x=anchor)} then plus_days({anchor}, -{_SLACK_DAYS}) end, opens)"
        " as since\n    from placed\n),\n"
    )


def _iso(column: Column) -> str:
    text = f"iso_text({column.name})"
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


def _reading(contract: Contract, column: Column) -> Iterable[str]:
    name = column.name
    yield f"c.{name} as {name}_cell"
    if column.type in DATED_TYPES:
        yield f"c.{name}_iso as {name}_iso"
    if column.type == "deadline":
        yield f"deadline_kind(c.{name}) as {name}_stated"
        yield f"deadline_number(c.{name}) as {name}_number"
        yield (
            f"case deadline_kind(c.{name})"
            f" when 'date' then read_instant(c.{name}_iso, c.since)"
            f" when 'month_end' then cast(deadline_month_end(c.{name}, c.since) as timestamp)"
            f" when 'year_end' then cast(make_date(deadline_year(c.{name}), 12, 31) as timestamp)"
            f" end as {name}_read"
        )
        return
    read = _READ[column.type].format(c=name)
    yield f"{read.replace('c.since', 'c.opens') if name == contract.anchor else read} as {name}_read"
    if column.type == "grid":
        yield f"n_{name}.candidates as {name}_candidates"


def _joins(contract: Contract) -> Iterable[str]:
    for column in contract.columns.values():
        name = column.name
        if column.type == "grid":
            yield f"    left join staging.grid_name as n_{name}"
            yield f"        on n_{name}.county_id = c.county_id and n_{name}.name = c.{name}"
        if column.type == "word":
            yield f"    left join seed.word as w_{name}"
            yield f"        on w_{name}.table_name = '{contract.name}' and w_{name}.column_name = '{name}'"
            yield f"        and w_{name}.county_id = c.county_id and w_{name}.word = word_text(c.{name})"


def _output(column: Column) -> Iterable[str]:
    name = column.name
    is_plausible = _PLAUSIBLE.format(x=f"{name}_read")
    plausible = f"case when {is_plausible} then {name}_read end"
    if column.type == "grid":
        yield f"{name}_read as {name}_id"
        yield f"{name}_cell as {name}_text"
    elif column.type in {"instant", "due"}:
        yield f"{plausible} as {name}"
        yield f"case when {is_plausible} then read_precision({name}_iso) end as {name}_precision"
    elif column.type == "day":
        yield f"{plausible} as {name}"
    elif column.type == "deadline":
        yield f"{plausible} as {name}_at"
        yield f"{_deadline_kind(name)} as {name}_kind"
        yield f"{name}_number"
        yield f"case when {name}_stated = 'date' then read_precision({name}_iso) else 'day' end as {name}_precision"
    else:
        yield f"{name}_read as {name}"


def _deadline_kind(name: str) -> str:
    return (
        f"case when {name}_stated in ('date', 'month_end') and {name}_read is null then 'unreadable'"
        f" else {name}_stated end"
    )


def _hashed(column: Column) -> str:
    """What of a column makes two rows the same: the meaning where it was understood, else the text."""
    name = column.name
    if column.type == "deadline":
        return f"coalesce(cast({name}_read as varchar), {name}_cell, '')"
    if column.type in {"names", "list"}:
        return f"coalesce(array_to_string({name}_read, '、'), '')"
    return f"coalesce(cast({name}_read as varchar), {name}_cell, '')"


def _findings(contract: Contract, column: Column) -> Iterable[str]:
    name = column.name
    hard = "reject" if column.required or name in contract.identifying else "warn"
    if column.required or name in contract.identifying:
        empty = f"{name}_cell is null and {name}_read is null" if contract.spare(name) else f"{name}_cell is null"
        yield _when(f"{empty} and list_contains(fields, '{name}')", name, "missing", "reject")
    given = f"{name}_cell is not null and {name}_read is null"
    if column.type == "grid":
        yield _when(f"{given} and {name}_candidates is null", name, "grid_unknown", hard)
        yield _when(f"{name}_candidates = 0", name, "grid_elsewhere", hard)
        yield _when(f"{name}_candidates > 1", name, "grid_ambiguous", hard)
    elif column.type == "deadline":
        yield _when(f"{_deadline_kind(name)} = 'unreadable'", name, "deadline_unreadable", "warn")
    elif column.type in _UNREADABLE:
        # An unknown word in a column that does not say what the row is costs the value, not the row.
        severity = "warn" if column.type == "word" and name not in contract.identifying else hard
        yield _when(given, name, _UNREADABLE[column.type], severity)
    if column.type in DATED_TYPES:
        is_plausible = _PLAUSIBLE.format(x=f"{name}_read")
        yield _when(f"not {is_plausible}", name, "date_placeholder", hard)
        yield _when(f"{name}_read is not null and lacks_year({name}_cell)", name, "year_missing", "warn")
        if not column.past:
            yield _when(f"{is_plausible} and cast({name}_read as date) > far_after", name, "date_far", "warn")
    spare = contract.spare(name)
    if spare is not None:
        yield _when(f"cast({name}_read as date) <> {spare.name}_read", name, "day_mismatch", "warn")
    if column.past:
        yield _when(f"cast({name}_read as date) > cast(file_received_at as date)", name, "in_future", "reject")


def _when(condition: str, column: str, rule: str, severity: str) -> str:
    return f"case when {condition} then '{column}:{rule}:{severity}' end"
