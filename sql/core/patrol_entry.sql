-- 巡查录入：一行是一次巡查，由谁录入、何时结束、何时录入；该次巡查的台账始终没有“录入时间”列的不在内
-- 粒度：patrol_id
-- 依据：数据质量，方案没有条款。计入几级的归最下一级；没有计入的归记台账的，支队台账归管这一片的一级网格单元
-- 未写结束、或结束早于开始的，自开始起算。结束、录入时间改写过的，附先前所写；空着后来补填的不算改写
with asked as (
    select
        told.row_key as patrol_id,
        told.county_id,
        told.grid_id,
        told.row_id,
        told.started_at,
        told.started_at_precision,
        case
            when told.ended_at > moment.as_of then null
            when told.ended_at_precision = 'minute' and told.ended_at < told.started_at then null
            when cast(told.ended_at as date) < cast(told.started_at as date) then null
            else told.ended_at
        end as ended_at,
        told.ended_at_precision,
        case when told.entered_at <= moment.as_of then told.entered_at end as entered_at,
        told.entered_at_precision
    from staging.patrol_now as told
    cross join seed.moment as moment
    where told.started_at <= moment.as_of and has_column(told.fields, 'entered_at')
),

lowest as (
    select credit.patrol_id, min_by(credit.grid_id, concat_ws('', cast(9 - home.level as varchar), credit.grid_id)) as grid_id
    from core.patrol_credit as credit
    join staging.grid_home as home on credit.grid_id = home.grid_id
    where credit.basis <> 'none'
    group by credit.patrol_id
),

rewritten as (
    select
        key as patrol_id,
        min_by(try_cast(old as timestamp), concat_ws('', cast(received_at as varchar), to_row_id)) filter (
            where field = 'entered_at'
        ) as first_entered_at,
        min_by(try_cast(old as timestamp), concat_ws('', cast(received_at as varchar), to_row_id)) filter (
            where field = 'ended_at'
        ) as first_ended_at,
        max(received_at) as rewritten_at
    from staging.patrol_revision
    where field in ('entered_at', 'ended_at') and try_cast(old as timestamp) is not null and not is_relabel
    group by key
)

select
    asked.patrol_id,
    asked.county_id,
    case
        when lowest.grid_id is not null then lowest.grid_id
        when asked.county_id = 'city' then coalesce(unit.ancestor_id, asked.grid_id)
        else asked.county_id
    end as grid_id,
    coalesce(asked.ended_at, asked.started_at) as started_at,
    case when asked.ended_at is not null then asked.ended_at_precision else asked.started_at_precision end
        as started_precision,
    asked.entered_at,
    asked.entered_at_precision as entered_precision,
    coalesce(rewritten.first_ended_at, asked.ended_at, asked.started_at) as told_started_at,
    coalesce(rewritten.first_entered_at, asked.entered_at) as told_entered_at,
    rewritten.rewritten_at,
    asked.row_id
from asked
left join lowest on asked.patrol_id = lowest.patrol_id
left join core.grid_path as unit
    on
        asked.grid_id = unit.leaf_id
        and unit.ancestor_level = 1
        and cast(asked.started_at as date) between unit.valid_from and unit.valid_to
left join rewritten on asked.patrol_id = rewritten.patrol_id
