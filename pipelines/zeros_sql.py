"""Generates the part of staging.<table>_verdict that joins numbers differing in nothing but zeros in front (007, 7).

A spreadsheet drops the zeros of a number. Sent again so, every record would count twice. What the record is about must
agree in full, and no file may hold both spellings: who keeps them apart means two records.
"""

from __future__ import annotations

from pipelines.contracts import Column, Contract


def joins_zeros(contract: Contract) -> bool:
    """Whether a number of this table may lose its zeros: it has one, and fields that say what it is about."""
    return bool(contract.key and contract.identity)


def about(contract: Contract) -> tuple[Column, ...]:
    """The fields that must agree: those of the identity, and the words every row must have."""
    words = (c.name for c in contract.columns.values() if c.type == "word" and c.required)
    return tuple(contract.columns[name] for name in dict.fromkeys((*contract.identity, *words)))


def zeros(contract: Contract) -> str:
    """CTEs behind `as_written` up to `keyed`: its rows, numbers without their zeros under the key of the full number.

    A number that differs from another in its zeros alone and is about something else keeps its key, and is asked about.
    """
    key = contract.key[0]
    fields = {f"a{number}": _text(column) for number, column in enumerate(about(contract))}
    listed = ", ".join(f"{text} as {alias}" for alias, text in fields.items())
    alike = " and ".join(f"short.{alias} is not distinct from whole.{alias}" for alias in fields)
    return f"""-- 编号前面有零的，以及去掉零就与之相同的
spelled as (
    select row_key, regexp_replace(row_key, '/0+(\\d+)$', '/\\1') as bare_key, file_id, {listed}
    from as_written
    where key_basis = 'number' and {contract.anchor} is not null
        and regexp_replace(row_key, '/0+(\\d+)$', '/\\1') in (
            select regexp_replace(row_key, '/0+(\\d+)$', '/\\1') from as_written
            where key_basis = 'number' and contains(row_key, '/0') and regexp_matches(row_key, '/0+\\d+$'))
),

-- 同一件里两种写法并见的，本来就是两个编号
told_apart as (
    select distinct bare_key from spelled group by bare_key, file_id having min(row_key) <> max(row_key)
),

spelling as (
    select distinct * exclude (file_id) from spelled anti join told_apart using (bare_key)
),

-- 所指处处相同的是同一件；写法不同而所指不同的仍是两件，提请核对
unpadded as materialized (
    select short.row_key as from_key, max_by(whole.row_key, length(whole.row_key)) as to_key
    from (
        select * from spelling qualify length(row_key) < max(length(row_key)) over (partition by bare_key)) as short
    left join spelling as whole
        on whole.bare_key = short.bare_key and length(whole.row_key) > length(short.row_key) and {alike}
    group by short.row_key
),

keyed as not materialized (
    select as_written.* replace (
        coalesce(unpadded.to_key, as_written.row_key) as row_key,
        concat_ws(';', nullif(as_written.faults, ''),
            case when unpadded.to_key is not null then '{key}:zeros_lost:warn'
                when unpadded.from_key is not null then '{key}:zeros_alike:warn' end) as faults)
    from as_written
    left join unpadded on unpadded.from_key = as_written.row_key
)"""


def whole_number(contract: Contract) -> str:
    """What a version says of its number: the full spelling, where the row lost the zeros; empty where none can."""
    if not joins_zeros(contract):
        return ""
    (key,) = contract.key
    return (
        f",\n        case when contains(verdict.faults, '{key}:zeros_lost:')"
        f" then regexp_extract(verdict.row_key, '[^/]+$') else told.{key} end as {key}"
    )


def _text(column: Column) -> str:
    return {
        "instant": f"cast({column.name} as date)",
        "grid": f"coalesce({column.name}_id, {column.name}_text)",
        "names": f"nullif(array_to_string(list_sort({column.name}), '、'), '')",
        "text": f"letters_of({column.name})",
    }.get(column.type, column.name)
