"""Generates the part of staging.<table>_verdict that tells rows of one file with the same natural key apart."""

from __future__ import annotations


def occurrence(name: str, natural: str, rest: str) -> str:
    """CTEs up to `occurrence`: which of the rows of one file that share a natural key a row is.

    A file of mended rows alone is a part of the file they went back from: there a row has the place it had, or, where
    the mending moved it to another key, one behind those of that file and those moved there before, in whichever file;
    else it would pass for a row that stands.
    """
    return f"""-- 按内容编号的，同一文件里同样内容的第几行
told as (
    select row_id, file_id, file_received_at, {natural} as natural_key,
        row_number() over (
            partition by file_id, {natural} order by content_hash, sheet_name, row_number) as place
    from staging.{name}{rest}
),

-- 改好重报的行自报所代替的行，一直追到最先退回的那一行
stating as (
    select row_id, mends_row
    from raw.source_row
    where mends_row is not null and table_name = '{name}'
    qualify count(*) over (partition by file_id, mends_row) = 1
),

sent_first as (
    with recursive back as (
        select row_id, mends_row from stating
        union
        select back.row_id, stating.mends_row from back join stating on stating.row_id = back.mends_row
    )
    select back.row_id, back.mends_row as first_id
    from back anti join stating on stating.row_id = back.mends_row
),

mending as (
    select told.row_id, told.natural_key, told.file_id as own_file_id, told.place as own_place, told.file_received_at,
        first.file_id, first.place, sent_first.first_id, first.natural_key = told.natural_key as is_unmoved
    from sent_first
    join told on told.row_id = sent_first.row_id
    join told as first on first.row_id = sent_first.first_id
),

-- 同键的行里有未写明代替哪一行的，是整份台账：照台账自己的次序
moved as (
    select * from mending
    where not exists (
        select 1 from told as plain
        where plain.file_id = mending.own_file_id and plain.natural_key = mending.natural_key
            and plain.row_id not in (select row_id from mending))
),

-- 分几次改好、改到同一键的，依次往后排；同一行改了又改，还是原来的位置
moved_there as (
    select file_id, natural_key, first_id,
        row_number() over (
            partition by file_id, natural_key order by min(file_received_at), min(own_file_id), min(own_place)
        ) as place_moved
    from moved
    where not is_unmoved
    group by file_id, natural_key, first_id
),

placed as (
    select moved.row_id,
        case when moved.is_unmoved then moved.place
            else moved_there.place_moved + count(there.row_id) end as place
    from moved
    left join moved_there on moved_there.file_id = moved.file_id and moved_there.natural_key = moved.natural_key
        and moved_there.first_id = moved.first_id
    left join told as there on there.file_id = moved.file_id and there.natural_key = moved.natural_key
    group by moved.row_id, moved.is_unmoved, moved.place, moved_there.place_moved
),

occurrence as (
    select told.row_id, coalesce(placed.place, told.place) as place
    from told
    left join placed on placed.row_id = told.row_id
),

"""
