"""Generates the parts of staging.<table>_verdict that ask whether a number still means what it meant before.

A number used again for another record would overwrite the first one; a key column shifted against the rest would
overwrite hundreds. Neither is a correction, and both go back.
"""

from __future__ import annotations

from pipelines.contracts import Column, Contract

_ARRIVAL = "sha256, file_id, sheet_name, row_number"
# A number is another record's where what identifies it differs throughout, in two fields at least.
OTHER = "(len(list_filter(differs, lambda d: d is not null)) >= 2 and not list_contains(differs, false))"


def version_order(contract: Contract) -> str:
    """The order in which rows of one key supersede each other.

    A later month's ledger tells the later state, even where an older month is sent again after it; within a month, and
    in registers, what was received later counts.
    """
    if contract.cadence == "monthly":
        return f"month, file_received_at, {_ARRIVAL}"
    return f"file_received_at, month, {_ARRIVAL}"


# A delivery that changes so many of the keys already known is not a correction: its key column was shifted.
WHOLESALE_SHARE, WHOLESALE_KEYS = 0.2, 10


def wholesale(contract: Contract) -> str:
    """CTEs naming the files that make more than a fifth of the known keys, ten at least, mean something else.

    A row means something else where a steady field and a second one (steady, or of its identity) are others than any
    file before had for this key, or the steady one where nothing else can be compared: a shifted key column shows in
    several fields at once, deadlines moved or grids corrected in one. Files that stand out so are then left out of what
    the others are compared with, so that neither a shifted file sent twice nor the right one after it is misjudged.
    """
    if not contract.steady:
        return "wholesale as (select '' as file_id where false),\n"
    names = dict.fromkeys((*contract.steady, *contract.identity))
    fields = [(f"s{number}", _steady(contract.columns[name])) for number, name in enumerate(names)]
    listed = ", ".join(f"{text} as {alias}" for alias, text in fields)
    differs = ",\n                ".join(
        f"case when {alias} is not null\n"
        f"                    and min(case when {alias} is not null then base_no end) over (partition by row_key)"
        " < file_no\n"
        f"                    then coalesce(min(base_no) over (partition by row_key, {alias}) >= file_no, true) end"
        for alias, _ in fields
    )
    steady = len(contract.steady)
    changed = (
        f"list_contains(differs[:{steady}], true)\n"
        "                and (len(list_filter(differs, lambda d: d)) > 1"
        " or len(list_filter(differs, lambda d: d is not null)) = 1)"
    )
    arrival = "month, received_at" if contract.cadence == "monthly" else "received_at, month"
    arrival += ", sha256, file_id"
    others = """select again.*, case when standing_out.file_id is null then again.file_no end as base_no
        from again
        left join standing_out on standing_out.file_id = again.file_id"""
    return f"""-- 先前报过的编号，又见于后来的文件；文件按先后编号
arrival as (
    select file_id, row_number() over (order by {arrival}) as file_no from staging.source_file
),

again as (
    select keyed.file_id, arrival.file_no, keyed.row_key, {listed}
    from keyed
    join arrival on arrival.file_id = keyed.file_id
    where keyed.key_basis = 'number' and keyed.faults not like '%:reject%'
    qualify min(arrival.file_no) over (partition by keyed.row_key) < max(arrival.file_no) over (
        partition by keyed.row_key)
),

-- 先看与此前任何文件相比是否整批改写
{_changed_wholesale("standing_out", differs, changed, "select again.*, again.file_no as base_no from again")},

-- 再把这些文件排除在比照之外重看：已知编号中超过两成、至少十个有两处换了本不该变的内容，多半是编号列错位，整份退回
{_changed_wholesale("wholesale", differs, changed, others)},
"""


def _changed_wholesale(name: str, differs: str, changed: str, compared: str) -> str:
    """A CTE of the files that change known keys wholesale; `compared` numbers each row's file as one to compare with
    (base_no), or leaves it out."""
    return f"""{name} as (
    select file_id
    from (
        select file_id, row_key, is_known, {changed} as is_changed
        from (
            select file_id, row_key, min(base_no) over (partition by row_key) < file_no as is_known,
                [{differs}] as differs
            from ({compared})
        )
    )
    where is_known
    group by file_id
    having count(distinct row_key) filter (where is_changed) >= {WHOLESALE_KEYS}
        and count(distinct row_key) filter (where is_changed) > {WHOLESALE_SHARE} * count(distinct row_key)
)"""


def _steady(column: Column) -> str:
    """A field to compare as text; NULL where it is not filled or not understood, so that new words are no change."""
    name = f"keyed.{column.name}"
    return {
        "instant": f"strftime({name}, '%Y-%m-%d')",
        "grid": f"{name}_id",
        "names": f"nullif(array_to_string(list_sort({name}), '、'), '')",
        "deadline": f"case when {name}_kind = 'date' then cast(cast({name}_at as date) as varchar) end",
    }.get(column.type, f"cast({name} as varchar)")


def known(contract: Contract) -> str:
    """CTEs of the rows not sent back, with `differs`: per identity field, whether it is another than the record of that
    number ever had (NULL where one of the two is empty). The record is the first row, and what shares a field with it.
    """
    if not contract.identity:
        return "known as (select *, cast([] as boolean[]) as differs from judged where faults not like '%:reject%'),\n"
    fields = [(name, _identity(contract.columns[name])) for name in contract.identity]
    order = version_order(contract)
    listed = ", ".join(f"{text} as {name}" for name, text in fields)
    shared = " or ".join(f"{text} = origin.{name}" for name, text in fields)
    values = ", ".join(f"list_distinct(list({text})) as {name}" for name, text in fields)
    differs = ", ".join(
        f"case when len(record.{name}) > 0 then not list_contains(record.{name}, {text}) end" for name, text in fields
    )
    return f"""-- 每个编号最先指的是哪件事
origin as (
    select row_key as origin_key, {listed}
    from judged
    where faults not like '%:reject%' and key_basis = 'number'
    qualify row_number() over (partition by row_key order by {order}) = 1
),

record as (
    select origin.origin_key, {values}
    from judged
    join origin on judged.row_key = origin.origin_key
    where judged.faults not like '%:reject%' and judged.key_basis = 'number' and ({shared})
    group by origin.origin_key
),

-- 编号相同而所指处处不同：不是更正，是另一件事用了旧编号
known as (
    select judged.*, [{differs}] as differs
    from judged
    left join record on judged.key_basis = 'number' and judged.row_key = record.origin_key
    where judged.faults not like '%:reject%'
),
"""


def _identity(column: Column) -> str:
    """What says which record a row is about; NULL where it is not filled."""
    name = f"judged.{column.name}"
    return {
        "instant": f"cast({name} as date)",
        "grid": f"coalesce({name}_id, {name}_text)",
        "names": f"nullif(array_to_string(list_sort({name}), '、'), '')",
    }.get(column.type, f"regexp_replace({name}, '\\s', '', 'g')")
