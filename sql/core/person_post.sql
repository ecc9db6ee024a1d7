-- 任职：一行是一人在一岗的一段时间；网格长、机构负责人每网格一人，后任到岗之前一日为前任止日
-- 粒度：person_id, grid_id, post, valid_from
-- 依据：方案一 责任到人，二（一）（二）（三）网格长与负责人
with stated as (
    select
        concat(grid.county_id, '/', coalesce(number.person_no, roster.name)) as person_id,
        roster.name,
        roster.person_no,
        roster.grid_id,
        roster.post,
        roster.valid_from,
        roster.valid_to,
        roster.row_id
    from staging.person_now as roster
    join staging.grid_home as grid on roster.grid_id = grid.grid_id
    left join core.person_number as number
        on grid.county_id = number.county_id and roster.person_no = number.person_no
    where coalesce(roster.kind, 'post') = 'post'
    -- 同一人同岗同日到岗报了两次，只算一次；止日不一的取最晚者，与行的先后无关
    qualify
        row_number() over (
            partition by roster.grid_id, roster.post, roster.name, roster.valid_from
            order by
                case when roster.person_no is null then 1 else 0 end asc,
                roster.file_received_at desc,
                coalesce(roster.valid_to, date '9999-12-31') desc,
                roster.person_no asc,
                roster.row_id asc
        ) = 1
),

followed as (
    select
        stated.*,
        -- 同日到岗的两人互不取代，都算在岗
        min(stated.valid_from) over (
            partition by stated.grid_id, stated.post order by stated.valid_from
            range between interval 1 day following and unbounded following
        ) as successor_from
    from stated
)

select
    person_id,
    name,
    person_no,
    grid_id,
    post,
    valid_from,
    case
        when post in ('grid_chief', 'body_head') then least(valid_to, plus_days(successor_from, -1))
        else valid_to
    end as valid_to,
    row_id
from followed
