-- 别月的行：巡查记录、督办复查记录里日期不在所属月份的行；一行是一件一表
-- 粒度：file_id, table_name
-- 依据：contracts 按月报送，各行按其日期计入；问题台账累计报送属正常，名册随变动报送，都不提醒
with dated as (
    select file_id, 'patrol' as table_name, month, month_of(started_at) as row_month
    from staging.patrol_version
    where disposition <> 'rejected'
    union all
    select file_id, 'follow_up' as table_name, month, month_of(done_at) as row_month
    from staging.follow_up_version
    where disposition <> 'rejected'
),

counted as (
    select file_id, table_name, row_month, count(*) as stray_rows
    from dated
    where row_month <> month
    group by file_id, table_name, row_month
)

select
    file_id,
    table_name,
    cast(sum(stray_rows) as bigint) as stray_rows,
    case
        when count(*) <= 6
            then string_agg(
                concat(row_month, ' ', cast(stray_rows as varchar), ' 行'), '、'
                order by row_month
            )
        else concat(min(row_month), ' 至 ', max(row_month), ' 的 ', cast(count(*) as varchar), ' 个月')
    end as months_seen
from counted
group by file_id, table_name
