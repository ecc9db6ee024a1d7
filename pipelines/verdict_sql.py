"""Generates staging.<table>_verdict: each row's key, its disposition (accepted, rejected, identical) and version."""

from __future__ import annotations

from pipelines.contracts import Contract
from pipelines.key_checks_sql import OTHER, known, version_order, wholesale
from pipelines.lacking_sql import optional, restored
from pipelines.place_sql import occurrence
from pipelines.typed_sql import output_columns
from pipelines.zeros_sql import about, joins_zeros, zeros

# What a verdict needs of a row, and what it is.
_COMPARED = "row_id, file_id, sheet_name, row_number, month, file_received_at, sha256, content_hash, faults"
_JUDGED = "row_id, file_id, row_key, key_basis, faults"


def key_part(contract: Contract, name: str) -> str:
    """One part of a natural key as text, empty where it is not filled."""
    column = contract.columns[name]
    text = {
        "instant": f"strftime({name}, '%Y-%m-%d')",
        "day": f"strftime({name}, '%Y-%m-%d')",
        "grid": f"coalesce({name}_id, {name}_text)",
        "names": f"array_to_string(list_sort({name}), '、')",
        "list": f"array_to_string(list_sort({name}), '、')",
    }.get(column.type, f"cast({name} as varchar)")
    return f"coalesce({text}, '')"


def verdict(contract: Contract) -> str:
    """The SELECT of staging.<table>_verdict: narrow, because writing every row in full once more costs most of all."""
    name = contract.name
    key_column = (contract.key or contract.natural_key)[0]
    order = version_order(contract)
    return f"""-- {contract.zh}，逐行判定：键、去向（接收、退回、重复）、第几版
-- 粒度：row_id
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
with {_keyed(contract)},

-- 多数编号只报过一次，没有可比的；以下只看报过多次的
repeated as (select row_key from keyed group by row_key having count(*) > 1),

{wholesale(contract)}
among as (select keyed.* from keyed semi join repeated using (row_key) anti join wholesale using (file_id)),

-- 同一文件里同号而内容不同
conflict as (
    select file_id, row_key
    from among
    group by file_id, row_key
    having min(content_hash) <> max(content_hash)
),

judged as (
    select
        among.* replace (
            concat_ws(';', nullif(among.faults, ''),
                case when conflict.row_key is not null then '{key_column}:same_key_in_file:reject' end) as faults)
    from among
    left join conflict on conflict.file_id = among.file_id and conflict.row_key = among.row_key
),

{known(contract)}
compared as (
    select *,
        lag(content_hash) over (partition by row_key order by {order}) as previous_hash
    from known
    where not {OTHER}
)

select {_JUDGED},
    case when faults like '%:reject%' then 'rejected' else 'accepted' end as disposition,
    case when faults like '%:reject%' then cast(null as bigint) else 1 end as version_no
from keyed anti join repeated using (row_key) anti join wholesale using (file_id)
union all
select {_with_fault(f"{key_column}:wholesale_change:reject")}, 'rejected', null
from keyed semi join wholesale using (file_id)
union all
select {_JUDGED},
    case when previous_hash = content_hash then 'identical' else 'accepted' end,
    cast(sum(case when previous_hash = content_hash then 0 else 1 end) over (
        partition by row_key order by {order}
        rows between unbounded preceding and current row) as bigint)
from compared
union all
select {_with_fault(f"{key_column}:another_record:reject")}, 'rejected', null
from known
where {OTHER}
union all
select {_JUDGED}, 'rejected', null
from judged
where faults like '%:reject%'
"""


def _with_fault(fault: str) -> str:
    faults = f"concat_ws(';', nullif(faults, ''), '{fault}') as faults"
    return _JUDGED.replace("faults", faults)


def _keyed(contract: Contract) -> str:
    """CTEs that give each row its key: its number, else its content, else none but itself."""
    name = contract.name
    joined = about(contract) if joins_zeros(contract) else ()
    compared = dict.fromkeys((*contract.steady, *contract.identity, *(column.name for column in joined)))
    kept = [_COMPARED, *(out for column in compared for out in output_columns(contract.columns[column]))]
    columns = ", ".join(f"t.{column}" for part in kept for column in part.split(", "))
    is_numbered = " and ".join(f"{part} is not null" for part in contract.key)
    keyed, before = [], ""
    if contract.key:
        before = _restated(name)
        keyed.append(f"""    select {columns}, 'number' as key_basis,
        t.county_id || '/' || case when k.scope = 'month' then coalesce(restated.month, t.month) || '/' else '' end
            || {" || '/' || ".join(contract.key)} as row_key
    from staging.{name} as t
    left join seed.key_scope as k on k.table_name = '{name}' and k.county_id = t.county_id
    left join restated on restated.row_id = t.row_id and restated.county_id = t.county_id
    where {is_numbered}""")
    if contract.natural_key:
        natural = " || '/' || ".join(["county_id", *(key_part(contract, part) for part in contract.natural_key)])
        rest = f"\n    where not ({is_numbered})" if contract.key else ""
        before += occurrence(name, natural, rest)
        own, whole = f"{natural} || '#' || occurrence.place", ""
        if optional(contract):
            before += restored(contract, key_part)
            own, whole = f"coalesce(restored.row_key, {own})", "\n    left join restored using (row_id)"
        keyed.append(f"""    select {columns}, 'natural' as key_basis,
        {own} as row_key
    from staging.{name} as t
    join occurrence using (row_id){whole}""")
    elif contract.key:
        keyed.append(f"""    select {columns}, 'none' as key_basis, row_id as row_key
    from staging.{name} as t
    where not ({is_numbered})""")
    union = "\n    union all\n".join(keyed)
    if joined:
        return f"{before}as_written as not materialized (\n{union}\n),\n\n{zeros(contract)}"
    return f"{before}keyed as not materialized (\n{union}\n)"


def _restated(name: str) -> str:
    """The CTE that gives a mended row the month of the row that first went back: numbers begun anew each month are of
    the month of their ledger, whichever folder the mended rows came in."""
    return f"""-- 改好重报的行，编号属于最先退回的那一行的月份
restated as (
    with recursive back as (
        select row_id, mends_row from raw.source_row where mends_row is not null and table_name = '{name}'
        union
        select back.row_id, line.mends_row
        from back
        join raw.source_row as line on line.row_id = back.mends_row
        where line.mends_row is not null
    )
    select back.row_id, file.county_id, min(file.month) as month
    from back
    join raw.source_row as line on line.row_id = back.mends_row
    join staging.source_file as file on file.file_id = line.file_id
    group by back.row_id, file.county_id
),

"""
