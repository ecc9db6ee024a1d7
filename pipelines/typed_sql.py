"""Generates staging.<table>_typed from a contract: text cells → typed columns, with the findings on each row.

A finding is written as `column:rule:severity`, several joined by `;`; staging.finding spells them out. Only
rows with findings cost anything later, so a clean ledger of a million rows stays cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines import period_sql
from pipelines.contracts import DATED_TYPES, Column, Contract, Profile
from pipelines.dated_sql import date_steps, impossible, is_plausible, precisions, remarks, told, yearless
from pipelines.each_sql import Each, items, results
from pipelines.profile_sql import stated

# Column type → what asks whether its cell `{t}` says anything at all, where that is not `filled`; and the form in which
# it is then read.
_FILLED = dict.fromkeys(("instant", "due", "day"), "filled_date({t})")
_FILLED |= dict.fromkeys(("count", "flag"), "filled_count({t})")
_FILLED |= dict.fromkeys(("name", "names"), "filled_name({t})")
_FORM = {
    "grid": "grid_text({t})",
    "instant": "tidy({t})",
    "due": "due_text({t})",
    "day": "tidy({t})",
    "count": "tidy({t})",
    "number": "tidy({t})",
    "flag": "tidy({t})",
    "deadline": "deadline_text({t})",
} | period_sql.FORM
_READ = {
    "text": "c.{c}",
    "code": "read_code(c.{c})",
    "count": "read_count(c.{c})",
    "number": "read_number(c.{c})",
    "flag": "read_flag(c.{c})",
    "name": "read_name(c.{c})",
    "names": "read_people(c.{c})",
    "list": "read_list(c.{c})",
    "word": "w_{c}.value",
    "grid": "n_{c}.grid_id",
} | period_sql.READ
_UNREADABLE = {
    "count": "count_unreadable",
    "number": "number_unreadable",
    "flag": "flag_unreadable",
    "word": "word_unknown",
} | period_sql.UNREADABLE


def output_columns(column: Column) -> tuple[str, ...]:
    """The typed columns that one contract column yields, the main one first."""
    name = column.name
    if column.type == "grid":
        return (f"{name}_id", f"{name}_text")
    if column.type in {"instant", "due"}:
        return (name, f"{name}_precision")
    if column.type == "deadline":
        return (f"{name}_at", f"{name}_kind", f"{name}_number", f"{name}_precision")
    if column.type == "cycle":
        return period_sql.cycle_columns(column)
    return (name,)


def typed(contract: Contract, profiles: Mapping[str, Profile]) -> str:
    """The SELECT of staging.<table>_typed: one row per raw row, typed, with findings and content_hash."""
    columns = list(contract.columns.values())
    before = stated(contract, profiles)
    known = results((*told(contract), remarks(contract)))
    lines = [
        f"-- {contract.zh}，类型化：raw.{contract.name} 一行对应一行",
        "-- 粒度：row_id",
        f"-- 依据：契约 sql/contracts/{contract.name}.toml（自动生成，勿手改）",
        f"with {before}{_cells(contract, 'stated' if before else f'raw.{contract.name}')}",
        *date_steps(contract),
        "reading as (",
        "    select",
        "        c.row_id, c.file_id, c.sheet_name, c.row_number, c.extra,",
        f"        c.county_id, c.month, c.file_received_at, c.sha256, c.fields, c.far_after{known},",
        ",\n".join(f"        {line}" for column in columns for line in _reading(contract, column)),
        "    from dated as c",
        *_joins(contract),
        ")",
        "",
        "select",
        "    row_id, file_id, sheet_name, row_number, extra, county_id, month, file_received_at, sha256,",
        ",\n".join(f"    {line}" for column in columns for line in _output(contract, column)) + ",",
        # What stands in columns nobody knows (序号) is kept with its row, but makes no other record and no new version.
        "    md5(concat_ws(chr(31),",
        ",\n".join(f"        {_hashed(column)}" for column in columns if not column.spare_of) + ")) as content_hash,",
        "    concat_ws(';',",
        ",\n".join(f"        {line}" for column in columns for line in _findings(contract, column)),
        "    ) as faults",
        "from reading",
    ]
    return "\n".join(lines) + "\n"


def _cells(contract: Contract, source: str) -> str:
    """The cells of each row as text, NULL where nothing is meant: each function once, over all its columns."""
    columns = contract.columns
    filled = _families(
        "filled", {name: (_FILLED.get(column.type, "filled({t})"), f"r.{name}") for name, column in columns.items()}
    )
    texts = _found(filled)
    formed = _families(
        "formed", {name: (_FORM[column.type], texts[name]) for name, column in columns.items() if column.type in _FORM}
    )
    alone = ",\n".join(f"        {text} as {name}" for name, text in (texts | _found(formed)).items())
    return f"""cells as (
    select
        r.row_id, r.file_id, r.sheet_name, r.row_number, r.extra,
        s.county_id, s.month, s.file_received_at, s.sha256, s.fields, s.opens, s.far_after{items(filled)}
    from {source} as r
    join staging.sheet as s on s.file_id = r.file_id and s.sheet_name = r.sheet_name
    where s.table_name = '{contract.name}'
),

formed as (
    select *{items(formed)}
    from cells
),

cell as (
    select * exclude ({results([*filled, *formed]).removeprefix(", ")}),
{alone}
    from formed
),
"""


def _families(name: str, values: Mapping[str, tuple[str, str]]) -> list[Each]:
    """Column → (function, value), put together by function."""
    families: dict[str, dict[str, str]] = {}
    for column, (function, value) in values.items():
        families.setdefault(function, {})[column] = value
    return [Each(f"{name}_{number}", function, found) for number, (function, found) in enumerate(families.items())]


def _found(families: Iterable[Each]) -> dict[str, str]:
    return {column: family.of(column) for family in families for column in family.values}


def _reading(contract: Contract, column: Column) -> Iterable[str]:
    name = column.name
    yield f"c.{name} as {name}_cell"
    if column.type == "deadline":
        yield f"deadline_kind(c.{name}) as {name}_stated"
        yield f"deadline_number(c.{name}) as {name}_number"
        yield (
            f"case deadline_kind(c.{name})"
            f" when 'date' then c.{name}_instant"
            f" when 'month_end' then cast(deadline_month_end(c.{name}, c.since) as timestamp)"
            f" when 'year_end' then cast(make_date(deadline_year(c.{name}), 12, 31) as timestamp)"
            f" end as {name}_read"
        )
        return
    if column.type in DATED_TYPES:
        yield (
            f"cast(c.{name}_instant as date) as {name}_read"
            if column.type == "day"
            else f"c.{name}_instant as {name}_read"
        )
        return
    read = f"coalesce(w_{name}.value, v_{name}.value)" if column.remarked else _READ[column.type].format(c=name)
    yield f"{_first_part(contract, name) if column.parts else read} as {name}_read"
    if column.type == "grid":
        yield f"n_{name}.candidates as {name}_candidates"


def _joins(contract: Contract) -> Iterable[str]:
    for column in contract.columns.values():
        name = column.name
        if column.type == "grid":
            yield f"    left join staging.grid_name as n_{name}"
            yield f"        on n_{name}.county_id = c.county_id and n_{name}.name = c.{name}"
        if column.type == "word":
            yield from _word_join(contract, name, f"w_{name}", f"word_text(c.{name})")
        if column.remarked:
            yield from _word_join(contract, name, f"v_{name}", f"word_before_remark(c.{name})")


def _first_part(contract: Contract, name: str) -> str:
    """The word of the whole cell, else of the first of its parts that is one."""
    parts = f"post_parts(c.{name})"
    return (
        f"coalesce(w_{name}.value, (select arg_min(p.value, list_position({parts}, p.word)) from seed.word as p"
        f" where p.table_name = '{contract.name}' and p.column_name = '{name}' and p.county_id = c.county_id"
        f" and list_contains({parts}, p.word)))"
    )


def _word_join(contract: Contract, name: str, alias: str, word: str) -> Iterable[str]:
    yield f"    left join seed.word as {alias}"
    yield f"        on {alias}.table_name = '{contract.name}' and {alias}.column_name = '{name}'"
    yield f"        and {alias}.county_id = c.county_id and {alias}.word = {word}"


def _output(contract: Contract, column: Column) -> Iterable[str]:
    name = column.name
    kept = is_plausible(f"{name}_read")
    plausible = f"case when {kept} then {name}_read end"
    if column.type == "grid":
        yield f"{name}_read as {name}_id"
        yield f"{name}_cell as {name}_text"
    elif column.type in {"instant", "due"}:
        yield f"{plausible} as {name}"
        yield f"case when {kept} then {precisions(contract).of(name)} end as {name}_precision"
    elif column.type == "day":
        yield f"{plausible} as {name}"
    elif column.type == "deadline":
        yield f"{plausible} as {name}_at"
        yield f"{_deadline_kind(name)} as {name}_kind"
        yield f"{name}_number"
        precision = precisions(contract).of(name)
        yield f"case when {name}_stated = 'date' then {precision} else 'day' end as {name}_precision"
    elif column.type == "cycle":
        yield from period_sql.cycle_output(column)
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
    if column.type == "code":
        # A number that lost the zeros in front of it is the same number.
        return f"coalesce(nullif(ltrim({name}_read, '0'), ''), {name}_read, '')"
    if column.type in {"names", "list"}:
        return f"coalesce(array_to_string({name}_read, '、'), '')"
    if column.type == "cycle":
        return period_sql.cycle_hash(column)
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
        yield _when(f"{_deadline_kind(name)} in ('unreadable', 'vague')", name, "deadline_unreadable", "warn")
    elif column.type in _UNREADABLE:
        # An unknown word in a column that does not say what the row is costs the value, not the row.
        severity = "warn" if column.type == "word" and name not in contract.identifying else hard
        yield _when(given, name, _UNREADABLE[column.type], severity)
    if column.type in DATED_TYPES - {"deadline"}:
        undone = f" when {remarks(contract).of(name)} = 'undone' then 'date_undone'" if column.done else ""
        rule = f"case{undone} when {impossible(contract).of(name)} then 'date_impossible' else 'date_unreadable' end"
        yield f"case when {given} then '{name}:' || {rule} || ':{hard}' end"
    if column.month_day:
        yield _when(f"month_alone({name}_cell) is not null", name, "month_only", "warn")
    if column.type == "count":
        yield _when(f"is_dash({name}_cell)", name, "count_dash", "warn")
    if column.type in DATED_TYPES:
        far = "" if column.past else f" when {name}_read > far_after then '{name}:date_far:warn'"
        kept = is_plausible(f"{name}_read")
        yield f"case when not {kept} then '{name}:date_placeholder:{hard}'{far} end"
        yield _when(f"{name}_read is not null and {yearless(contract).of(name)}", name, "year_missing", "warn")
        yield _when(
            f"{name}_read is not null and {remarks(contract).of(name)} is not null", name, "date_remark", "warn"
        )
    if contract.has_end(name):
        yield _when(f"{name}_read is not null and range_end({name}_cell) is not null", name, "time_range", "warn")
    spare = contract.spare(name)
    if spare is not None:
        yield _when(f"cast({name}_read as date) <> {spare.name}_read", name, "day_mismatch", "warn")
    if column.type == "month":
        yield _when(period_sql.month_finding(column), name, "year_missing", "warn")
    if column.past:
        yield _when(f"cast({name}_read as date) > cast(file_received_at as date)", name, "in_future", "reject")


def _when(condition: str, column: str, rule: str, severity: str) -> str:
    return f"case when {condition} then '{column}:{rule}:{severity}' end"
