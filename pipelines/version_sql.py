"""Generates, per contract, what happened to each row and what is true now.

staging.<table>_version    every row with its key, its disposition (accepted, rejected, identical) and version
staging.<table>_now        one row per key: the latest version; a column whose header a later file lacks keeps
                           the value last delivered, because a missing header says nothing about the record
staging.<table>_revision   one row per field that a later version changed
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.contracts import Column, Contract
from pipelines.typed_sql import output_columns

# A number is another record's where what identifies it differs throughout, in two fields at least.
_OTHER = "(len(list_filter(differs, lambda d: d is not null)) >= 2 and not list_contains(differs, false))"
_VERSION_ORDER = "file_received_at, month, sha256, file_id, sheet_name, row_number"


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


def version(contract: Contract) -> str:
    """The SELECT of staging.<table>_version."""
    name = contract.name
    natural = " || '/' || ".join(["county_id", *(key_part(contract, part) for part in contract.natural_key)])
    keyed, occurrence = [], ""
    if contract.key:
        number = " || '/' || ".join(contract.key)
        is_numbered = " and ".join(f"{part} is not null" for part in contract.key)
        keyed.append(
            "    select t.*, 'number' as key_basis,\n"
            "        t.county_id || '/' || case when k.scope = 'month' then t.month || '/' else '' end\n"
            f"            || {number} as row_key\n"
            f"    from staging.{name} as t\n"
            f"    left join seed.key_scope as k on k.table_name = '{name}' and k.county_id = t.county_id\n"
            f"    where {is_numbered}"
        )
    if contract.natural_key:
        rest = f"    where not ({is_numbered})\n" if contract.key else ""
        keyed.append(
            "    select t.*, 'natural' as key_basis,\n"
            f"        {natural} || '#' || occurrence.place as row_key\n"
            f"    from staging.{name} as t\n"
            "    join occurrence using (row_id)"
        )
        occurrence = f"""-- 按内容编号的，同一文件里同样内容的第几行
occurrence as (
    select row_id,
        row_number() over (
            partition by file_id, {natural} order by content_hash, sheet_name, row_number) as place
    from staging.{name}
{rest.rstrip()}
),

"""
    elif contract.key:
        keyed.append(
            "    select *, 'none' as key_basis, row_id as row_key\n"
            f"    from staging.{name}\n    where not ({is_numbered})"
        )
    key_column = (contract.key or contract.natural_key)[0]
    union = "\n    union all by name\n".join(keyed)
    return f"""-- {contract.zh}，逐行去向：接收、退回、重复，以及第几版
-- 粒度：row_id
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
with {occurrence}keyed as not materialized (
{union}
),

-- 多数编号只报过一次，没有可比的；以下只看报过多次的
repeated as (select row_key from keyed group by row_key having count(*) > 1),

among as (select * from keyed semi join repeated using (row_key)),

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

{_known(contract)}
compared as (
    select *,
        lag(content_hash) over (partition by row_key order by {_VERSION_ORDER}) as previous_hash
    from known
    where not {_OTHER}
),

versioned as (
    select * exclude (previous_hash, differs),
        case when previous_hash = content_hash then 'identical' else 'accepted' end as disposition,
        sum(case when previous_hash = content_hash then 0 else 1 end) over (
            partition by row_key order by {_VERSION_ORDER}
            rows between unbounded preceding and current row) as version_no
    from compared
)

select *,
    case when faults like '%:reject%' then 'rejected' else 'accepted' end as disposition,
    case when faults like '%:reject%' then cast(null as bigint) else 1 end as version_no
from keyed anti join repeated using (row_key)
union all by name
select * replace (cast(version_no as bigint) as version_no) from versioned
union all by name
select * exclude (differs)
    replace (concat_ws(';', nullif(faults, ''), '{key_column}:another_record:reject') as faults),
    'rejected' as disposition, cast(null as bigint) as version_no
from known
where {_OTHER}
union all by name
select *, 'rejected' as disposition, cast(null as bigint) as version_no
from judged
where faults like '%:reject%'
"""


def _known(contract: Contract) -> str:
    """CTEs of the rows not sent back, with `differs`: per identity field, whether it is another than the first
    row of that number had (NULL where one of the two is empty)."""
    if not contract.identity:
        return "known as (select *, cast([] as boolean[]) as differs from judged where faults not like '%:reject%'),\n"
    fields = [(name, _identity(contract.columns[name])) for name in contract.identity]
    listed = ", ".join(f"{text} as {name}" for name, text in fields)
    differs = ", ".join(f"{text} <> origin.{name}" for name, text in fields)
    return f"""-- 每个编号最先指的是哪件事
origin as (
    select row_key as origin_key, {listed}
    from judged
    where faults not like '%:reject%' and key_basis = 'number'
    qualify row_number() over (partition by row_key order by {_VERSION_ORDER}) = 1
),

-- 编号相同而所指处处不同：不是更正，是另一件事用了旧编号
known as (
    select judged.*, [{differs}] as differs
    from judged
    left join origin on judged.key_basis = 'number' and judged.row_key = origin.origin_key
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


def now(contract: Contract) -> str:
    """The SELECT of staging.<table>_now."""
    name = contract.name
    columns = [(out, column.name) for column in contract.columns.values() for out in output_columns(column)]
    carried = ",\n".join(
        f"        arg_max_null({out}, version_no) filter (where list_contains(fields, '{source}')) as {out}"
        for out, source in columns
    )
    plain = ", ".join(out for out, _ in columns)
    # What its own sender has withdrawn is no longer so; its rows and versions stay.
    withdrawn = "    and latest.is_withdrawn is distinct from true\n" if "is_withdrawn" in contract.columns else ""
    return f"""-- {contract.zh}，现行版本：一个编号一行；后来的文件缺某列时沿用此前所报
-- 粒度：row_key
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
with accepted as not materialized (
    select * from staging.{name}_version where disposition = 'accepted'
),

revised as (select distinct row_key from accepted where version_no > 1),

merged as (
    select
        row_key,
        arg_max(row_id, version_no) as row_id, arg_max(file_id, version_no) as file_id,
        arg_max(county_id, version_no) as county_id, arg_max(month, version_no) as month,
        arg_max(file_received_at, version_no) as file_received_at, arg_max(key_basis, version_no) as key_basis,
        list_sort(list_distinct(flatten(list(fields)))) as fields, max(version_no) as version_no,
{carried}
    from accepted semi join revised using (row_key)
    group by row_key
),

latest as (
    select row_key, row_id, file_id, county_id, month, file_received_at, key_basis, fields, version_no, {plain}
    from accepted anti join revised using (row_key)
    union all by name
    select * from merged
)

select latest.*, coalesce(absent.row_key is not null, false) as absent_in_latest
from latest
left join staging.absent_row as absent on absent.table_name = '{name}' and absent.row_key = latest.row_key
-- 按内容编号的行在重报时改写了一处：由新行代替，不重复计
where not exists (
    select 1 from staging.{name}_successor as successor
    where successor.row_key = latest.row_key and successor.disposition = 'accepted')
{withdrawn}"""


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
    ]) as change, b.row_key, a.row_id as from_row_id, b.row_id as to_row_id, b.file_received_at as received_at
    from later as b
    join staging.{name}_version as a
        on a.row_key = b.row_key and a.version_no = b.version_no - 1 and a.disposition = 'accepted'
    union all
    select unnest([
{structs}
    ]) as change, b.row_key, a.row_id as from_row_id, b.row_id as to_row_id, b.file_received_at as received_at
    from staging.{name}_successor as successor
    join staging.{name}_version as a on a.row_id = successor.row_id
    join staging.{name}_version as b on b.row_id = successor.by_row_id
    where successor.disposition = 'accepted'
)

select
    '{name}' as table_name, row_key as key, change.field as field, change.old as old, change.new as new,
    from_row_id, to_row_id, received_at
from pair
where change.both_given and change.old is distinct from change.new
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
        }.get(column.type, "cast({x} as varchar)")
        old, new = (text.format(x=f"{side}.{first}", p=side) for side in ("a", "b"))
        yield (
            f"{{'field': '{column.name}', 'old': {old}, 'new': {new},"
            f" 'both_given': list_contains(a.fields, '{column.name}') and list_contains(b.fields, '{column.name}')}}"
        )
