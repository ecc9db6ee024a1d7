-- 网格的上级链（含自身）：一行是一个网格在一段时间里的一个上级；各段首尾相接，从不变动的只有一段
-- 粒度：leaf_id, ancestor_id, valid_from
-- 依据：方案二 三级网格逐级隶属。隶属改了，先前的义务、巡查、问题仍归当时的上级：凡连到上级的，都以那一天为准
-- core.grid 只有已开始的时期；设立之前的按其首个时期，两期之间、撤销之后的按其前一个时期
with tiled as (
    select
        grid_id,
        parent_id,
        case when row_number() over in_time = 1 then date '1900-01-01' else valid_from end as valid_from,
        coalesce(plus_days(lead(valid_from) over in_time, -1), date '9999-12-31') as valid_to
    from core.grid
    window in_time as (partition by grid_id order by valid_from)
),

own as (
    select grid_id, max_by(level, valid_from) as level from core.grid group by grid_id
),

linked as (
    select grid_id as leaf_id, grid_id as ancestor_id, date '1900-01-01' as valid_from, date '9999-12-31' as valid_to
    from own
    union all
    select grid_id as leaf_id, parent_id as ancestor_id, valid_from, valid_to from tiled
    union all
    select
        leaf.grid_id as leaf_id, one.parent_id as ancestor_id,
        greatest(leaf.valid_from, one.valid_from) as valid_from, least(leaf.valid_to, one.valid_to) as valid_to
    from tiled as leaf
    join tiled as one
        on leaf.parent_id = one.grid_id and leaf.valid_from <= one.valid_to and one.valid_from <= leaf.valid_to
    union all
    select
        leaf.grid_id as leaf_id, two.parent_id as ancestor_id,
        greatest(leaf.valid_from, one.valid_from, two.valid_from) as valid_from,
        least(leaf.valid_to, one.valid_to, two.valid_to) as valid_to
    from tiled as leaf
    join tiled as one
        on leaf.parent_id = one.grid_id and leaf.valid_from <= one.valid_to and one.valid_from <= leaf.valid_to
    join tiled as two
        on
            one.parent_id = two.grid_id
            and two.valid_from <= least(leaf.valid_to, one.valid_to)
            and two.valid_to >= greatest(leaf.valid_from, one.valid_from)
),

-- 更名、中间一级换了而这一级没换的，前后两段是同一段
stepped as (
    select
        linked.*,
        case when plus_days(lag(valid_to) over in_time, 1) = valid_from then 0 else 1 end as is_new
    from linked
    window in_time as (partition by leaf_id, ancestor_id order by valid_from)
),

numbered as (
    select stepped.*, sum(is_new) over (partition by leaf_id, ancestor_id order by valid_from) as span_no from stepped
)

select
    numbered.leaf_id,
    own.level as leaf_level,
    numbered.ancestor_id,
    ancestor.level as ancestor_level,
    min(numbered.valid_from) as valid_from,
    max(numbered.valid_to) as valid_to
from numbered
join own on numbered.leaf_id = own.grid_id
join own as ancestor on numbered.ancestor_id = ancestor.grid_id
group by numbered.leaf_id, own.level, numbered.ancestor_id, ancestor.level, numbered.span_no
