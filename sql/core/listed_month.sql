-- 挂牌督办的一个月：一行是一个挂牌而月初尚未办结的问题、或整月挂牌的点位，其上的一级网格单元当月督办过没有
-- 粒度：subject_kind, subject_id, month
-- 依据：二（一）2 督促挂牌督办、限期治理、重大环境问题的整改
-- 月末在其上的单元承担；督办是当日在其上的单元的督办复查记录；写“支队”的，落到管这一片的单元。没有写问题编号而写点位的，是对该点位的问题
with asked_month as (
    select month.month, month.first_day, month.last_day, month.starts_at, month.ends_at, month.is_over,
        delivered.county_id is not null as is_delivered
    from core.month as month
    left join core.sender_month as sender
        on month.month = sender.month and sender.county_id = 'city' and sender.table_name = 'problem'
    left join core.delivered as delivered
        on month.month = delivered.month and delivered.county_id = 'city' and delivered.table_name = 'follow_up'
    where sender.is_owed or delivered.county_id is not null
),

-- 末轮没有完成的，就没有完成
finished as (
    select problem_id, met_at
    from core.problem_round
    qualify row_number() over (partition by problem_id order by round desc) = 1
),

problem_month as (
    select
        'problem' as subject_kind,
        problem.problem_id as subject_id,
        unit.ancestor_id as grid_id,
        problem.grid_id as place_grid_id,
        grid_text(problem.site) as site_text,
        problem.row_id,
        asked.*,
        coalesce(told.said_month <= asked.month, false) as is_retold,
        voided.problem_id is not null as is_voided,
        voided.voided_at,
        coalesce(voided.is_approved, false) as is_void_approved,
        split.problem_id is not null as is_split,
        split.split_at
    from core.listing_told as told
    join core.problem as problem on told.problem_id = problem.problem_id
    join asked_month as asked
        on
            told.first_month <= asked.month
            and (told.unlisted_month is null or told.unlisted_month > asked.month)
            and problem.discovered_at < asked.starts_at
    left join core.grid_path as unit
        on
            problem.grid_id = unit.leaf_id
            and unit.ancestor_level = 1
            and asked.last_day between unit.valid_from and unit.valid_to
    left join finished on problem.problem_id = finished.problem_id
    left join core.problem_voided as voided on problem.problem_id = voided.problem_id
    left join core.problem_split as split on problem.problem_id = split.problem_id
    where
        not coalesce(
            problem.cleared_at < asked.starts_at
            or problem.closed_at < asked.starts_at
            or finished.met_at < asked.starts_at,
            false
        )
        -- 一报上来就作废、拆分的，或月初之前已作废、拆分的，没有可督办的
        and (voided.problem_id is null or voided.voided_at >= asked.starts_at)
        and (split.problem_id is null or split.split_at >= asked.starts_at)
),

site_month as (
    select
        'site' as subject_kind,
        place.site_id as subject_id,
        unit.ancestor_id as grid_id,
        place.owner_grid_id as place_grid_id,
        place.site_text,
        place.row_id,
        asked.*,
        place.last_on > asked.last_day as is_retold,
        false as is_voided,
        cast(null as timestamp) as voided_at,
        false as is_void_approved,
        false as is_split,
        cast(null as timestamp) as split_at
    from core.site_place as place
    join asked_month as asked
        on
            asked.last_day between place.known_on and place.known_to
            and asked.last_day between place.valid_from and place.valid_to
            and place.listed_from <= asked.first_day
    left join core.grid_path as unit
        on
            place.owner_grid_id = unit.leaf_id
            and unit.ancestor_level = 1
            and asked.last_day between unit.valid_from and unit.valid_to
    where place.listing is not null
),

owed as (
    select * from problem_month
    union all
    select * from site_month
),

visit as (
    select
        visit.follow_up_id,
        visit.problem_id,
        visit.by_grid_id,
        grid_text(coalesce(told.site, problem.site)) as site_text,
        month_of(visit.done_at) as month,
        visit.done_at as met_at,
        visit.row_id
    from core.follow_up as visit
    join staging.grid_home as home on visit.by_grid_id = home.grid_id and home.level in (0, 1)
    left join staging.follow_up_now as told on visit.follow_up_id = told.row_key
    left join core.problem as problem on visit.problem_id = problem.problem_id
),

seen as (
    select owed.subject_kind, owed.subject_id, owed.month, visit.met_at, visit.row_id
    from owed
    join visit on owed.subject_id = visit.problem_id and owed.month = visit.month
    join core.grid_path as unit
        on
            owed.place_grid_id = unit.leaf_id
            and visit.by_grid_id = unit.ancestor_id
            and cast(visit.met_at as date) between unit.valid_from and unit.valid_to
    where owed.subject_kind = 'problem'
    union all
    select owed.subject_kind, owed.subject_id, owed.month, visit.met_at, visit.row_id
    from owed
    join visit on owed.site_text = visit.site_text and owed.month = visit.month
    join core.grid_path as unit
        on
            owed.place_grid_id = unit.leaf_id
            and visit.by_grid_id = unit.ancestor_id
            and cast(visit.met_at as date) between unit.valid_from and unit.valid_to
    where owed.subject_kind = 'site' or visit.problem_id is null
    union all
    select owed.subject_kind, owed.subject_id, owed.month, visit.started_at as met_at, visit.row_id
    from owed
    join core.site_visit as visit on owed.subject_id = visit.site_id and owed.month = month_of(visit.started_at)
    join core.patrol_credit as credit
        on visit.patrol_id = credit.patrol_id and credit.basis <> 'none'
    join core.grid_path as unit
        on
            owed.place_grid_id = unit.leaf_id
            and credit.grid_id = unit.ancestor_id
            and unit.ancestor_level = 1
            and visit.day between unit.valid_from and unit.valid_to
    where owed.subject_kind = 'site'
),

met as (
    select
        subject_kind, subject_id, month, min(met_at) as met_at,
        min_by(row_id, concat_ws('', cast(met_at as varchar), row_id)) as met_row_id
    from seen
    group by subject_kind, subject_id, month
)

select
    owed.subject_kind,
    owed.subject_id,
    owed.grid_id,
    owed.month,
    owed.starts_at,
    owed.ends_at,
    owed.is_over,
    owed.is_delivered,
    owed.row_id,
    met.met_at,
    met.met_row_id,
    owed.is_retold,
    owed.is_voided,
    owed.voided_at,
    owed.is_void_approved,
    owed.is_split,
    owed.split_at
from owed
join core.grid_month as unit on owed.grid_id = unit.grid_id and owed.month = unit.month
left join met
    on owed.subject_kind = met.subject_kind and owed.subject_id = met.subject_id and owed.month = met.month
