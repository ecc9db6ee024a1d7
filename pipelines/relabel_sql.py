"""Generates the part of staging.<table>_revision that tells a change of words from a change of what is said.

A county whose ledger calls 待办 from now on 办理中 changes hundreds of rows and says nothing new. Such a change stays
among the revisions, marked, and is counted apart.
"""

from __future__ import annotations

from pipelines.contracts import Contract

# From as many rows on a change that all of them share is a change of words; of fewer, people may have changed each.
RELABEL_ROWS = 10
_TYPES = frozenset({"text", "word"})


def relabelling(contract: Contract) -> str:
    """CTEs from `changed` (to_file_id, change, is_same_key) to `relabel`: the values a file calls otherwise.

    A value is relabelled where every row of the file that had it has one and the same other value, which no row had
    before, and the file uses the former no more.
    """
    columns = [column.name for column in contract.columns.values() if column.type in _TYPES]
    listed = ", ".join(f"'{name}'" for name in columns)
    told, before = (
        "case mapping.field " + " ".join(f"when '{name}' then {side}.{name}" for name in columns) + " end"
        for side in ("told", "earlier")
    )
    return f"""-- 一份文件里某一栏的改写：原值、新值与行数；各自只对应一个
written as (
    select to_file_id as file_id, change.field as field, change.old as old, change.new as new, count(*) as changes
    from changed
    where is_same_key and change.field in ({listed}) and change.old is not null
    group by all
),

mapping as (
    select * from written
    qualify changes >= {RELABEL_ROWS} and new is not null
        and count(*) over (partition by file_id, field, old) = 1
        and count(*) over (partition by file_id, field, new) = 1
),

-- 该文件各行这一栏写的什么，先前写的什么
used as (
    select mapping.*,
        {told} as told,
        {before} as told_before
    from mapping
    join staging.{contract.name}_version as told
        on told.file_id = mapping.file_id and told.disposition <> 'rejected'
    left join staging.{contract.name}_version as earlier
        on earlier.row_key = told.row_key and earlier.disposition = 'accepted' and earlier.file_id <> told.file_id
        and earlier.version_no = told.version_no - case when told.disposition = 'identical' then 0 else 1 end
),

-- 原值在文件里还在用，或新值先前就有行在用的，不是换个说法
relabel as (
    select file_id, field, old, new
    from used
    group by file_id, field, old, new
    having not bool_or(coalesce(told = old or (told = new and told_before = new), false))
)"""
