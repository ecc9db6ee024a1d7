"""Generates the part of staging.<table>_verdict for books without numbers of which a file lacked a column of the key.

The key is then the content, and a column that came later, or was left out, would make every row another record. A
missing header says nothing about a record: such a row takes the key of the row that agrees with it in all else.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from pipelines.contracts import Contract


def optional(contract: Contract) -> tuple[str, ...]:
    """The parts of the natural key whose header a delivery may lack without ceasing to be this table, and which may
    change without making another record."""
    return tuple(p for p in contract.natural_key if p in contract.correctable and p not in contract.identifying)


def restored(contract: Contract, part: Callable[[Contract, str], str]) -> str:
    """CTEs up to `restored`: the key of the row that tells the whole, for rows of files that lack a part of it.

    `part` gives a part's text. Rows agree in the other parts and, to the minute, in the time; where several do, they
    follow each other as in their tables and are as many; and half of the earlier file must agree, else it is no ledger
    sent again.
    """
    names = optional(contract)
    subsets = [s for size in range(1, len(names) + 1) for s in combinations(names, size)]
    time = f"cast({contract.anchor} as varchar)"
    shapes = ",\n            ".join(
        f"{{'lacks': {list(lacks)}, 'rest': concat_ws(chr(31), "
        + ", ".join([time, *(part(contract, p) for p in contract.natural_key if p not in lacks)])
        + ")}"
        for lacks in subsets
    )
    lacked = f"list_filter({list(names)}, lambda p: not list_contains(sheet.fields, p))"
    return f"""-- 按内容编号的，有一份缺了编号所含的列：缺列不等于另一件，与同单位写得更全的一份逐行对应
content as (
    select line.row_id, line.file_id, line.sheet_name, line.row_number, line.county_id, line.file_received_at,
        told.natural_key || '#' || occurrence.place as row_key, {lacked} as lacked,
        [
            {shapes}
        ] as shapes
    from staging.{contract.name} as line
    join told on told.row_id = line.row_id
    join occurrence on occurrence.row_id = line.row_id
    join staging.sheet as sheet on sheet.file_id = line.file_id and sheet.sheet_name = line.sheet_name
    where {contract.anchor} is not null
),

-- 每一行去掉某几列之后是什么样子：自己就缺这几列的，与比它全的
shaped as (
    select * exclude (shapes, shape), shape.lacks, shape.rest, len(shape.lacks) > len(lacked) as is_fuller
    from (select *, unnest(shapes) as shape from content)
    where list_has_all(shape.lacks, lacked) and county_id in (select county_id from content where len(lacked) > 0)
),

placed_shape as (
    select *, row_number() over of_shape as nth, count(*) over (partition by file_id, lacks, rest) as alike
    from shaped
    window of_shape as (partition by file_id, lacks, rest order by sheet_name, row_number)
),

paired as (
    select partial.row_id, partial.file_id, whole.file_id as whole_id, whole.row_key, len(whole.lacked) as lacking,
        whole.file_received_at > partial.file_received_at as is_later,
        abs(epoch(whole.file_received_at) - epoch(partial.file_received_at)) as apart,
        case when whole.file_received_at > partial.file_received_at then partial.file_id else whole.file_id end
            as earlier_id
    from placed_shape as partial
    join placed_shape as whole using (county_id, lacks, rest, nth, alike)
    where whole.is_fuller and not partial.is_fuller and partial.file_id <> whole.file_id
),

resent as (
    select paired.file_id, paired.whole_id
    from paired
    join (select file_id, count(*) as lines from content group by file_id) as sized on sized.file_id = paired.earlier_id
    group by paired.file_id, paired.whole_id, sized.lines
    having 2 * count(*) >= sized.lines
),

-- 更全的有几份的，对最全的、此前最近的一份
restored as (
    select row_id, row_key
    from paired semi join resent using (file_id, whole_id)
    qualify row_number() over (partition by row_id order by lacking, is_later, apart, whole_id) = 1
),

"""
