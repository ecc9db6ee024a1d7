-- 重复的行：与先前报来的哪一行内容相同，计的是那一行
-- 粒度：row_id
-- 依据：每一行都有去向
select again.row_id, told.row_id as same_as_row_id
from staging.row_outcome as again
join staging.row_outcome as told
    on
        again.table_name = told.table_name
        and again.row_key = told.row_key
        and again.version_no = told.version_no
        and told.disposition = 'accepted'
where again.disposition = 'identical'
union all
select row_id, original_row_id as same_as_row_id from staging.echo_row
