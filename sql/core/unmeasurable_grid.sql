-- 不可测的网格：一行是一个指标在一个网格一个月判断不了，附缘由，并指出是哪几行
-- 粒度：metric_id, grid_id, month
-- 依据：缺少依据不等于没有履行；指出了行，填报的人才改得了
with blind as (
    select
        coverage.grid_id,
        coverage.name,
        coverage.county_id,
        coverage.month,
        coverage.blind_because,
        blind_row.row_id
    from core.coverage_month as coverage
    join core.blind_row as blind_row
        on
            coverage.grid_id = blind_row.grid_id
            and coverage.month = blind_row.month
            and coverage.blind_because = blind_row.because
    where not coverage.is_measurable
),

-- 至多写出三行，其余只说共几条；县区的同一缘由合起来另说
row_of_grid as (
    select grid_id, month, rows_told(list(row_id)) as rows_zh from blind group by grid_id, month
),

row_of_county as (
    select county_id, month, blind_because, rows_told(list(row_id)) as rows_zh
    from (select distinct county_id, month, blind_because, row_id from blind) as once
    group by county_id, month, blind_because
)

select
    'patrol_coverage' as metric_id,
    coverage.grid_id,
    coverage.name,
    coverage.county_id,
    coverage.month,
    case coverage.blind_because
        when 'place' then '当月有本网格的人巡查，地点只写到上级，看不出是否在本网格之内'
        else '当月有巡查而说不出是谁的人：当日没有在册的网格员，台账也未写实施网格'
    end as reason_zh,
    row_of_grid.rows_zh,
    row_of_county.rows_zh as county_rows_zh
from core.coverage_month as coverage
join row_of_grid on coverage.grid_id = row_of_grid.grid_id and coverage.month = row_of_grid.month
join row_of_county
    on
        coverage.county_id = row_of_county.county_id
        and coverage.month = row_of_county.month
        and coverage.blind_because = row_of_county.blind_because
where not coverage.is_measurable
