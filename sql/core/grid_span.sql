-- 网格存续：一行是一个网格连续存在的一段；更名、换上级的前后两期相连，是同一段
-- 粒度：grid_id, valid_from
-- 依据：方案二 网格划分；以考核义务止于哪天为准（core.grid 的 owes_until）
with stepped as (
    select
        grid_id,
        valid_from,
        owes_until as valid_to,
        case
            when plus_days(lag(owes_until) over (partition by grid_id order by valid_from), 1) = valid_from then 0
            else 1
        end as is_new
    from core.grid
),

numbered as (
    select stepped.*, sum(is_new) over (partition by grid_id order by valid_from) as span_no from stepped
)

select
    grid_id,
    min(valid_from) as valid_from,
    case when not bool_or(valid_to is null) then max(valid_to) end as valid_to
from numbered
group by grid_id, span_no
