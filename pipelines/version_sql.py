"""Generates, per contract, what became of each row and what is true now.

staging.<table>_version    the rows in full with their verdict (`verdict_sql`)
staging.<table>_now        one row per key: the latest version; a column whose header a later file lacks keeps
                           the value last delivered, because a missing header says nothing about the record
staging.<table>_revision   one row per field that a later version changed
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines import period_sql
from pipelines.contracts import DATED_TYPES, Column, Contract
from pipelines.relabel_sql import relabelling
from pipelines.typed_sql import output_columns
from pipelines.zeros_sql import whole_number


def version(contract: Contract) -> str:
    """The SELECT of staging.<table>_version, a view: what each row says, beside what became of it."""
    name = contract.name
    return f"""-- {contract.zh}，逐行去向：一行的内容与它的判定
-- 粒度：row_id
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
select
    told.* replace (verdict.faults as faults{whole_number(contract)}), sheet.fields,
    verdict.row_key, verdict.key_basis, verdict.disposition, verdict.version_no
from staging.{name} as told
join staging.{name}_verdict as verdict on verdict.row_id = told.row_id
join staging.sheet as sheet on sheet.file_id = told.file_id and sheet.sheet_name = told.sheet_name
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
