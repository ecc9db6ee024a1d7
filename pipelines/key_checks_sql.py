"""Generates the parts of staging.<table>_verdict that ask whether a number still means what it meant before.

A number used again for another record would overwrite the first one; a key column shifted against the rest would
overwrite hundreds. Neither is a correction, and both go back.
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.contracts import Column, Contract

_ARRIVAL = "sha256, file_id, sheet_name, row_number"
# A number is another record's where what identifies it differs throughout, in two fields at least, or where the
# contract says so (`told_apart`, `own_month`).
OTHER = "(is_reused or (len(list_filter(differs, lambda d: d is not null)) >= 2 and not list_contains(differs, false)))"
# Discoveries this many days apart may be one, written down on two occasions.
_DAYS_APART = 3
# Texts are set beside each other within a key; one number written on every row of a book would make millions of pairs.
_TEXTS_COMPARED = 200


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
    the others are compared with, so that neither a shifted file sent twice nor the right one after it is misjudged. A
    text, or a list of names, that contains the one before is the same told in more detail. Numbers begun anew are not
    shifted (`_begun_anew`).
    """
    if not contract.steady:
        return "wholesale as (select '' as file_id where false),\n"
    month = f"strftime(keyed.{contract.anchor}, '%Y-%m')"
    names = dict.fromkeys((*contract.steady, *contract.identity))
    fields = [(f"s{number}", _steady(contract.columns[name])) for number, name in enumerate(names)]
    worded = {f"s{number}": contract.columns[name].type for number, name in enumerate(names)}
    worded = {alias: kind for alias, kind in worded.items() if kind in _CONTAINED}
    listed = ", ".join(f"{text} as {alias}" for alias, text in fields)
    differs = ",\n                ".join(_differs(alias) for alias, _ in fields)
    steady = len(contract.steady)
    changed = (
        f"list_contains(differs[:{steady}], true)\n"
        "                and (len(list_filter(differs, lambda d: d)) > 1"
        " or len(list_filter(differs, lambda d: d is not null)) = 1)\n"
        f"                and not ({_begun_anew(contract, list(names))})"
    )
    arrival = "month, received_at" if contract.cadence == "monthly" else "received_at, month"
    arrival += ", sha256, file_id"
    again = "again"
    alike = "".join(_alike(f"alike_{alias}", "again", alias, kind) for alias, kind in worded.items())
    if worded:
        again = "again_alike"
        alike += f"again_alike as (\n    {_replaced('again', {alias: alias for alias in worded})}\n),\n\n"
    others = f"""select {again}.*, case when standing_out.file_id is null then {again}.file_no end as base_no
        from {again}
        left join standing_out on standing_out.file_id = {again}.file_id"""
    first = f"select {again}.*, {again}.file_no as base_no from {again}"
    return f"""-- 先前报过的编号，又见于后来的文件；文件按先后编号
arrival as (
    select file_id, row_number() over (order by {arrival}) as file_no from staging.source_file
),

again as (
    select keyed.file_id, arrival.file_no, keyed.row_key, {month} as told_month, {listed}
    from keyed semi join repeated using (row_key)
    join arrival on arrival.file_id = keyed.file_id
    where keyed.key_basis = 'number' and keyed.faults not like '%:reject%'
    qualify min(arrival.file_no) over (partition by keyed.row_key) < max(arrival.file_no) over (
        partition by keyed.row_key)
),

{alike}-- 先看与此前任何文件相比是否整批改写
{_changed_wholesale("standing_out", differs, changed, first)},

-- 再把这些文件排除在比照之外重看：已知编号中超过两成、至少十个有两处换了本不该变的内容，多半是编号列错位，整份退回
{_changed_wholesale("wholesale", differs, changed, others)},
"""


def _differs(field: str) -> str:
    """Whether a field is another than in any file before for this key; NULL where one of the two is empty."""
    return (
        f"case when {field} is not null\n"
        f"                    and min(case when {field} is not null then base_no end) over (partition by row_key)"
        " < file_no\n"
        f"                    then coalesce(min(base_no) over (partition by row_key, {field}) >= file_no, true) end"
    )


def _begun_anew(contract: Contract, names: list[str]) -> str:
    """Whether a number was begun anew rather than shifted: of another month than ever before, and something else in
    what the contract tells its records apart by, else in everything. Such rows go back one by one."""
    if contract.own_month:
        return "coalesce(is_other_month, false)"
    apart = [f"coalesce(differs[{names.index(name) + 1}], false)" for name in contract.told_apart]
    other = " and ".join(apart) if apart else "not list_contains(differs, false)"
    return f"coalesce(is_other_month, false) and {other}"


def _changed_wholesale(name: str, differs: str, changed: str, compared: str) -> str:
    """A CTE of the files that change known keys wholesale; `compared` numbers each row's file as one to compare with
    (base_no), or leaves it out."""
    return f"""{name} as (
    select file_id
    from (
        select file_id, row_key, is_known, {changed} as is_changed
        from (
            select file_id, row_key, min(base_no) over (partition by row_key) < file_no as is_known,
                {_differs("told_month")} as is_other_month,
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


# How a value of a type contains another.
_CONTAINED = {
    "text": "contains(letters_of(longer.told), letters_of(shorter.told))",
    "names": "list_has_all(string_split(longer.told, '、'), string_split(shorter.told, '、'))",
}


def _alike(name: str, source: str, field: str, kind: str) -> str:
    """A CTE that says, of keys told in several words, the shortest wording that each contains: what shares it is the
    same told in more detail. Keys whose words never change, nearly all, are not looked at twice."""
    return f"""-- 同一编号几次措辞不同的：一次的话包含另一次的，是同一件事写得更细
{name}_told as (
    select distinct row_key, {field} as told
    from {source}
    semi join (
        select row_key from {source}
        group by row_key
        having min({field}) <> max({field}) and count(*) <= {_TEXTS_COMPARED}
    ) using (row_key)
    where {field} is not null
),

{name} as (
    select longer.row_key, longer.told,
        min(struct_pack(size := length(shorter.told), told := shorter.told)).told as same
    from {name}_told as longer
    join {name}_told as shorter on shorter.row_key = longer.row_key and {_CONTAINED[kind]}
    group by longer.row_key, longer.told
),

"""


def _replaced(source: str, fields: dict[str, str]) -> str:
    """The rows of `source` with each field (alias → column) as the wording it contains."""
    values = ", ".join(f"coalesce(alike_{alias}.same, {source}.{field}) as {field}" for alias, field in fields.items())
    joins = "".join(
        f"\n    left join alike_{alias} on alike_{alias}.row_key = {source}.row_key"
        f" and alike_{alias}.told = {source}.{field}"
        for alias, field in fields.items()
    )
    return f"select {source}.* replace ({values})\n    from {source}{joins}"


def known(contract: Contract) -> str:
    """CTEs of the rows not sent back, with `differs`: per identity field, whether it is another than the record of that
    number ever had (NULL where one of the two is empty), and `is_reused`: whether the contract's own rule says that the
    number was used again. The record is the first row, and what shares a field with it.
    """
    if not contract.identity:
        return (
            "known as (\n    select *, cast([] as boolean[]) as differs, false as is_reused\n"
            "    from judged where faults not like '%:reject%'\n),\n"
        )
    fields = [(name, _identity(contract.columns[name])) for name in contract.identity]
    texts = [name for name in contract.identity if contract.columns[name].type == "text"]
    source, alike = "judged", ""
    if texts:
        source = "worded"
        alike = "numbered as (select * from judged where faults not like '%:reject%' and key_basis = 'number'),\n\n"
        alike += "".join(_alike(f"alike_{name}", "numbered", name, "text") for name in texts)
        alike += f"worded as (\n    {_replaced('judged', {name: name for name in texts})}\n),\n\n"
    order = version_order(contract)
    listed = ", ".join(f"{text} as {name}" for name, text in fields)
    shared = " or ".join(f"{text} = origin.{name}" for name, text in fields)
    values = ", ".join(f"list_distinct(list({text}) filter (where {shared})) as {name}" for name, text in fields)
    differs = ", ".join(
        f"case when len(record.{name}) > 0 then not list_contains(record.{name}, {text}) end" for name, text in fields
    )
    reuse = _reuse(contract)
    return f"""{alike}-- 每个编号最先指的是哪件事
origin as (
    select row_key as origin_key, month as origin_month, {listed}
    from {source} as judged
    where faults not like '%:reject%' and key_basis = 'number'
    qualify row_number() over (partition by row_key order by {order}) = 1
),

record as (
    select origin.origin_key, {values}{reuse.known}
    from {source} as judged
    join origin on judged.row_key = origin.origin_key
    where judged.faults not like '%:reject%' and judged.key_basis = 'number' and ({shared}{reuse.also})
    group by origin.origin_key
),

-- 编号相同而所指处处不同：不是更正，是另一件事用了旧编号
known as (
    select judged.*, [{differs}] as differs, {reuse.is_reused} as is_reused
    from {source} as judged
    left join record on judged.key_basis = 'number' and judged.row_key = record.origin_key
    where judged.faults not like '%:reject%'
),
"""


class _Reuse(NamedTuple):
    """The contract's own sign of a reused number: what more the record must hold, of which rows, and the condition."""

    known: str = ""
    also: str = ""
    is_reused: str = "false"


def _reuse(contract: Contract) -> _Reuse:
    if contract.own_month:
        month = f"date_trunc('month', judged.{contract.own_month})"
        # A date corrected in the ledger of its own month may move to another; what other ledgers say makes no month
        # the record's own, or numbers begun anew would vouch for themselves.
        origin = f"date_trunc('month', origin.{contract.own_month})"
        own = f"judged.month = origin.origin_month or {month} = {origin}"
        return _Reuse(
            f",\n        list_distinct(list({month}) filter (where {own})) as own_months,"
            " min(origin_month) as own_month",
            is_reused="coalesce(judged.month <> record.own_month and len(record.own_months) > 0\n"
            f"            and not list_contains(record.own_months, {month}), false)",
        )
    if contract.told_apart:
        when, what = contract.told_apart
        day, text = (_identity(contract.columns[name]) for name in contract.told_apart)
        near = f"abs({day} - origin.{when}) <= {_DAYS_APART} or {text} = origin.{what}"
        return _Reuse(
            f",\n        list({day}) filter (where {near}) as own_days,"
            f" list({text}) filter (where {near}) as own_words",
            f" or {near}",
            f"coalesce(len(record.own_days) > 0 and len(record.own_words) > 0\n"
            f"            and not list_contains(record.own_words, {text})\n"
            f"            and len(list_filter(record.own_days, lambda d: abs(d - {day}) <= {_DAYS_APART})) = 0\n"
            f"            and {day} is not null, false)",
        )
    return _Reuse()


def _identity(column: Column) -> str:
    """What says which record a row is about; NULL where it is not filled."""
    name = f"judged.{column.name}"
    return {
        "instant": f"cast({name} as date)",
        "grid": f"coalesce({name}_id, {name}_text)",
        "names": f"nullif(array_to_string(list_sort({name}), '、'), '')",
    }.get(column.type, name)
