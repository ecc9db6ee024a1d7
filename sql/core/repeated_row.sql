-- 重复的行：与同一单位、同月、同一张表里仍有效的另一行是同一份记录、内容相同，只算先前那一行的
-- 粒度：row_id
-- 依据：同一份记录送一次还是两次，填报率都一样；后来重报的一件代替先前的一件，其中的行不算重复
with placed as (
    select
        outcome.row_id,
        outcome.table_name,
        coalesce(outcome.rejected_content, outcome.row_key) as record,
        outcome.disposition,
        outcome.file_id,
        file.county_id,
        file.month,
        file.received_at,
        file.sha256
    from staging.row_outcome as outcome
    join staging.source_file as file on outcome.file_id = file.file_id
),

-- 多数记录同月只报过一次，没有可比的
often as (
    select table_name, record, county_id, month
    from placed
    group by table_name, record, county_id, month
    having count(*) > 1
),

among as (
    select placed.*, line.sheet_name, line.row_number
    from placed
    join raw.source_row as line on placed.row_id = line.row_id
    join often
        on
            placed.table_name = often.table_name
            and placed.record = often.record
            and placed.county_id = often.county_id
            and placed.month = often.month
)

select distinct again.row_id, again.file_id, again.table_name, again.sheet_name
from among as again
join among as earlier
    on
        again.table_name = earlier.table_name
        and again.record = earlier.record
        and again.county_id = earlier.county_id
        and again.month = earlier.month
        and (earlier.received_at, earlier.sha256, earlier.file_id, earlier.sheet_name, earlier.row_number)
        < (again.received_at, again.sha256, again.file_id, again.sheet_name, again.row_number)
where
    -- 先前那件已被这一件，或在此之前已被别的一件代替了的，不再有效
    not exists (
        select 1
        from core.replacement as replacement
        where
            replacement.table_name = earlier.table_name
            and replacement.earlier_id = earlier.file_id
            and replacement.month = earlier.month
            and replacement.replaced_at <= again.received_at
    )
    and (again.disposition = 'identical' or (again.disposition = 'rejected' and earlier.disposition = 'rejected'))
