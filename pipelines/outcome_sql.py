"""Generates what is asked over all tables at once: each row's outcome, the findings spelt out, the revisions."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.contracts import Contract


def row_outcome(tables: Mapping[str, Contract]) -> str:
    """The SELECT of staging.row_outcome: every body row of every known file, with what became of it."""
    parts = "\nunion all\n".join(
        f"select row_id, file_id, '{name}' as table_name, row_key, disposition, version_no, faults,\n"
        f"    {_place(contract)}, case when disposition = 'rejected' then content_hash end as rejected_content\n"
        f"from staging.{name}_version"
        for name, contract in tables.items()
    )
    return f"""-- 逐行去向：一行数据或接收、或退回、或与已有内容相同，无一遗漏
-- 粒度：row_id
-- 依据：全部契约（自动生成，勿手改）
{parts}
union all
select
    r.row_id, r.file_id, '' as table_name, r.row_id as row_key,
    case when e.row_id is null then 'rejected' else 'identical' end as disposition,
    cast(null as bigint) as version_no,
    case when e.row_id is null then ':header_unrecognised:reject' else '' end as faults,
    cast(null as varchar) as grid_id, cast(null as varchar) as rejected_content
from raw.source_row as r
join staging.source_file as f on f.file_id = r.file_id
left join staging.echo_row as e on e.row_id = r.row_id
where r.kind = 'body' and r.table_name = '' and f.is_own
"""


def _place(contract: Contract) -> str:
    """The grid a row speaks of, where it could be made out; a row that went back keeps it for the duty it concerns."""
    has_grid = "grid" in contract.columns and contract.columns["grid"].type == "grid"
    return "grid_id" if has_grid else "cast(null as varchar) as grid_id"


def finding(tables: Mapping[str, Contract]) -> str:
    """The SELECT of staging.finding: findings spelt out, with the cell's text."""
    parts = []
    for name, contract in tables.items():
        values = " ".join(f"when '{column}' then r.{column}" for column in contract.columns)
        parts.append(
            f"select o.row_id, o.file_id, o.grid_id, '{name}' as table_name,\n"
            "    split_part(o.code, ':', 1) as column_name,\n"
            "    split_part(o.code, ':', 2) as rule, split_part(o.code, ':', 3) as severity,\n"
            f"    case split_part(o.code, ':', 1) {values} end as value\n"
            "from coded as o\n"
            f"join raw.{name} as r on r.row_id = o.row_id and o.table_name = '{name}'"
        )
    body = "\nunion all\n".join(parts)
    return f"""-- 核查发现：一行是一行数据的一处问题，附单元格原文
-- 粒度：row_id, column_name, rule
-- 依据：全部契约（自动生成，勿手改）
with coded as (
    select row_id, file_id, table_name, grid_id, unnest(string_split(faults, ';')) as code
    from staging.row_outcome
    where faults <> ''
),

spelt as (
{body}
)

select *, advice_for(rule, column_name, value) as advice
from spelt
union all
select row_id, file_id, grid_id, '' as table_name, '' as column_name, 'header_unrecognised' as rule,
    'reject' as severity, cast(null as varchar) as value, cast(null as varchar) as advice
from coded
where table_name = ''
"""


def all_revisions(tables: Mapping[str, Contract]) -> str:
    """The SELECT of staging.revision: all tables' changes."""
    parts = "\nunion all\n".join(f"select * from staging.{name}_revision" for name in tables)
    return f"""-- 更正：全部各表
-- 粒度：to_row_id, field
-- 依据：全部契约（自动生成，勿手改）
{parts}
"""


def all_successors(tables: Mapping[str, Contract]) -> str:
    """The SELECT of staging.successor: all tables' superseded rows.

    What a row states itself (staging.mend) goes before what its key says. Of several that state to stand for one row,
    an accepted one does; one that went back does too, because it is what now awaits correction.
    """
    parts = "\n    union all\n".join(
        f"    select '{name}' as table_name, * from staging.{name}_successor" for name in tables
    )
    return f"""-- 后继：全部各表，哪一行由后来的哪一行代替；后来的行自己写明的优先，其次看键
-- 粒度：row_id
-- 依据：全部契约（自动生成，勿手改）；staging.mend
with stated as (
    select
        mended_table as table_name, mends_row as row_id, mended_key as row_key, 'rejected' as disposition,
        row_id as by_row_id, row_key as by_row_key
    from staging.mend
    where is_known
    qualify row_number() over (
        partition by mends_row order by disposition = 'rejected', received_at desc, row_id) = 1
),

by_key as (
{parts}
)

select * from stated
union all
select * from by_key where row_id not in (select row_id from stated)
"""
