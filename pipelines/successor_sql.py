"""Generates staging.<table>_successor: which row of a later file stands for a row that went back or was rewritten.

A row that went back is mended by an accepted row of the same key that came later, unless its number was another
record's. Where the key is the content (a township's book without numbers), a re-sent file that changes one part of it
brings a new key: the row that is gone and the new one that differs from it in this one part are the same record, or the
record would count twice. Which parts may change so, the contract says: another code is another grid.
"""

from __future__ import annotations

from pipelines.contracts import Contract
from pipelines.verdict_sql import key_part


def successor(contract: Contract) -> str:
    """The SELECT of staging.<table>_successor: superseded row → the row of a later file that stands for it."""
    name = contract.name
    head = f"""-- {contract.zh}，后继：退回的行改好重报（rejected），或按内容编号的行在重报时改写了一处（accepted）
-- 粒度：row_id
-- 依据：契约 sql/contracts/{name}.toml（自动生成，勿手改）
with mended as (
    select bad.row_id, bad.row_key, 'rejected' as disposition, good.row_id as by_row_id, good.row_key as by_row_key
    from staging.{name}_version as bad
    join staging.{name}_version as good
        on good.row_key = bad.row_key and good.disposition = 'accepted'
        and good.file_received_at > bad.file_received_at
    -- 编号另有所指的，同号的行说的是原来那一件，代替不了它
    where bad.disposition = 'rejected' and not contains(bad.faults, ':another_record:')
    qualify row_number() over (partition by bad.row_id order by good.file_received_at, good.row_id) = 1
)"""
    if not contract.correctable:
        return head + "\n\nselect * from mended\n"
    parts = [f"k{number}" for number, _ in enumerate(contract.natural_key)]
    keys = ",\n        ".join(
        f"{key_part(contract, part)} as {alias}" for part, alias in zip(contract.natural_key, parts, strict=True)
    )
    rests = ",\n        ".join(
        f"{{'part': {number}, 'rest': concat_ws(chr(31), {', '.join(p for p in parts if p != alias)})}}"
        for number, alias in enumerate(parts)
        if contract.natural_key[number] in contract.correctable
    )
    return f"""{head},

keyed as (
    select row_id, row_key, file_id, file_received_at, disposition, sheet_name, row_number, {keys}
    from staging.{name}_version
    where key_basis = 'natural'
),

-- 先前报过、重报时不见了的行；先前退回的行也在内
gone as (
    select resend.later_id, keyed.*
    from staging.resend as resend
    join keyed on keyed.file_id = resend.earlier_id
    where resend.table_name = '{name}'
        and not exists (
            select 1 from keyed as again
            where again.row_key = keyed.row_key and again.disposition <> 'rejected'
                and (again.file_id = resend.later_id or again.file_received_at > resend.later_received_at))
),

-- 重报时新出现的行
come as (
    select resend.earlier_id, keyed.*
    from staging.resend as resend
    join keyed on keyed.file_id = resend.later_id
    where resend.table_name = '{name}' and keyed.disposition <> 'rejected'
        and not exists (
            select 1 from keyed as before
            where before.row_key = keyed.row_key and before.file_id = resend.earlier_id
                and before.disposition <> 'rejected')
),

-- 只差一处的，按表中次序一一对应
numbered_gone as (
    select *, row_number() over (
        partition by file_id, later_id, other.part, other.rest order by sheet_name, row_number) as place
    from (
        select gone.*, unnest([
        {rests}]) as other
        from gone)
),

numbered_come as (
    select *, row_number() over (
        partition by earlier_id, file_id, other.part, other.rest order by sheet_name, row_number) as place
    from (
        select come.*, unnest([
        {rests}]) as other
        from come)
),

rewritten as (
    select
        old.row_id, old.row_key,
        case when old.disposition = 'rejected' then 'rejected' else 'accepted' end as disposition,
        new.row_id as by_row_id, new.row_key as by_row_key
    from numbered_gone as old
    join numbered_come as new
        on new.earlier_id = old.file_id and new.file_id = old.later_id
        and new.other = old.other and new.place = old.place
    qualify row_number() over (partition by old.row_id order by old.other.part, new.row_id) = 1
        and row_number() over (partition by new.row_id, old.file_id order by old.other.part, old.row_id) = 1
)

select * from mended
union all
select * from rewritten where row_id not in (select row_id from mended)
"""
