"""Generates, per contract, what happened to each row and what is true now.

staging.<table>_verdict    of every row its key, its disposition (accepted, rejected, identical) and version
staging.<table>_version    the rows in full with their verdict
staging.<table>_now        one row per key: the latest version; a column whose header a later file lacks keeps
                           the value last delivered, because a missing header says nothing about the record
staging.<table>_revision   one row per field that a later version changed
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines import period_sql
from pipelines.contracts import DATED_TYPES, Column, Contract
from pipelines.key_checks_sql import OTHER, known, version_order, wholesale
from pipelines.place_sql import occurrence
from pipelines.relabel_sql import relabelling
from pipelines.typed_sql import output_columns

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

{wholesale(contract)}
-- 多数编号只报过一次，没有可比的；以下只看报过多次的
repeated as (select row_key from keyed group by row_key having count(*) > 1),

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
    compared = dict.fromkeys((*contract.steady, *contract.identity))
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
        keyed.append(f"""    select {columns}, 'natural' as key_basis,
        {natural} || '#' || occurrence.place as row_key
    from staging.{name} as t
    join occurrence using (row_id)""")
    elif contract.key:
        keyed.append(f"""    select {columns}, 'none' as key_basis, row_id as row_key
    from staging.{name} as t
    where not ({is_numbered})""")
    union = "\n    union all\n".join(keyed)
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


def version(contract: Contract) -> str:
    """The SELECT of staging.<table>_version, a view: what each row says, beside what became of it."""
    name = contract.name
    return f"""-- {contract.zh}，逐行去向：一行的内容与它的判定
-- 粒度：row_id
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
select
    told.* replace (verdict.faults as faults),
    verdict.row_key, verdict.key_basis, verdict.disposition, verdict.version_no
from staging.{name} as told
join staging.{name}_verdict as verdict on verdict.row_id = told.row_id
"""


def now(contract: Contract) -> str:
    """The SELECT of staging.<table>_now."""
    name = contract.name
    columns = [(out, column.name, column) for column in contract.columns.values() for out in output_columns(column)]
    carried = ",\n".join(
        f"        arg_max_null({out}, version_no)\n"
        f"        filter (where list_contains(fields, '{source}'){_legible(column)}) as {out}"
        for out, source, column in columns
    )
    plain = ", ".join(out for out, _, _ in columns)
    # What its own sender has withdrawn is no longer so; its rows and versions stay.
    withdrawn = "    and latest.is_withdrawn is distinct from true\n" if "is_withdrawn" in contract.columns else ""
    return f"""-- {contract.zh}，现行版本：一个编号一行；后来的文件缺某列时沿用此前所报
-- 粒度：row_key
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
with accepted as not materialized (
    select * from staging.{name}_version where disposition = 'accepted'
),

-- 多数编号只报过一次，现行的就是那一行；以下两步只看报过多次的
revised as (
    select distinct row_key from staging.{name}_verdict where disposition = 'accepted' and version_no > 1
),

repeated as (
    select row_key from staging.{name}_verdict where disposition <> 'rejected' group by row_key having count(*) > 1
),

merged as (
    select
        row_key,
        arg_max(row_id, version_no) as row_id, arg_max(file_id, version_no) as file_id,
        arg_max(county_id, version_no) as county_id, arg_max(month, version_no) as month,
        arg_max(file_received_at, version_no) as file_received_at, arg_max(key_basis, version_no) as key_basis,
        max(version_no) as version_no,
{carried}
    from accepted semi join revised using (row_key)
    group by row_key
),

latest as (
    select row_key, row_id, file_id, county_id, month, file_received_at, key_basis, version_no, fields, {plain}
    from accepted anti join revised using (row_key)
    union all by name
    select * from merged
),

-- 表头以历次报送合计：原样重报而多出一列，也是报了这一列
given as (
    select row_key, list_sort(list_distinct(flatten(list(fields)))) as fields
    from (
        select distinct row_key, fields from staging.{name}_version semi join repeated using (row_key)
        where disposition <> 'rejected')
    group by row_key
)

select latest.* replace (coalesce(given.fields, list_sort(latest.fields)) as fields),
    coalesce(absent.row_key is not null, false) as absent_in_latest
from latest
left join given on given.row_key = latest.row_key
left join staging.absent_row as absent on absent.table_name = '{name}' and absent.row_key = latest.row_key
-- 按内容编号的行在重报时改写了一处：由新行代替，不重复计
where not exists (
    select 1 from staging.{name}_successor as successor
    where successor.row_key = latest.row_key and successor.disposition = 'accepted')
{withdrawn}"""


def _legible(column: Column) -> str:
    """A date that could not be read is not an empty cell: what was told before stands, and the row is warned about."""
    return f" and not says_no_date(faults, '{column.name}')" if column.type in DATED_TYPES else ""


def revision(contract: Contract) -> str:
    """The SELECT of staging.<table>_revision."""
    name = contract.name
    structs = ",\n".join(f"        {line}" for line in _changes(contract.columns.values()))
    return f"""-- {contract.zh}，更正：一行是一个字段在相邻两版之间的一次变化
-- 粒度：to_row_id, field
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
with later as (
    select * from staging.{name}_version where disposition = 'accepted' and version_no > 1
),

pair as (
    select unnest([
{structs}
    ]) as change, b.row_key, a.row_id as from_row_id, b.row_id as to_row_id, b.file_received_at as received_at,
        b.file_id as to_file_id, true as is_same_key
    from later as b
    join staging.{name}_version as a
        on a.row_key = b.row_key and a.version_no = b.version_no - 1 and a.disposition = 'accepted'
    union all
    select unnest([
{structs}
    ]) as change, b.row_key, a.row_id as from_row_id, b.row_id as to_row_id, b.file_received_at as received_at,
        b.file_id as to_file_id, false as is_same_key
    from staging.{name}_successor as successor
    join staging.{name}_version as a on a.row_id = successor.row_id
    join staging.{name}_version as b on b.row_id = successor.by_row_id
    where successor.disposition = 'accepted'
),

changed as (
    select * from pair where change.both_given and change.old is distinct from change.new
),

{relabelling(contract)}

select
    '{name}' as table_name, changed.row_key as key, changed.change.field as field, changed.change.old as old,
    changed.change.new as new, changed.from_row_id, changed.to_row_id, changed.received_at,
    relabel.file_id is not null as is_relabel
from changed
left join relabel
    on changed.is_same_key and relabel.file_id = changed.to_file_id and relabel.field = changed.change.field
    and relabel.old = changed.change.old and relabel.new = changed.change.new
"""


def _changes(columns: Iterable[Column]) -> Iterable[str]:
    for column in columns:
        first, *_ = output_columns(column)
        text = {
            "names": "array_to_string({x}, '、')",
            "list": "array_to_string({x}, '、')",
            "deadline": f"coalesce(cast({{p}}.{first} as varchar), {{p}}.{column.name}_kind"
            f" || coalesce(cast({{p}}.{column.name}_number as varchar), ''))",
            "grid": f"coalesce({{x}}, {{p}}.{column.name}_text)",
            "cycle": period_sql.cycle_meaning(column, "{p}."),
        }.get(column.type, "cast({x} as varchar)")
        old, new = (text.format(x=f"{side}.{first}", p=side) for side in ("a", "b"))
        yield (
            f"{{'field': '{column.name}', 'old': {old}, 'new': {new},"
            f" 'both_given': list_contains(a.fields, '{column.name}') and list_contains(b.fields, '{column.name}')}}"
        )
