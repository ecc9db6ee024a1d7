-- 报表与台账核对：网格 × 月；差 = 报表数 − 台账数。只供核对，不产生任何指标
-- 粒度：grid_id, month
-- 依据：方案四（三）反馈
with paired as (
    select
        coalesce(reported.grid_id, counted.grid_id) as grid_id,
        coalesce(reported.month, counted.month) as month,
        reported.person_times as reported_person_times,
        reported.site_times as reported_site_times,
        reported.problems as reported_problems,
        reported.closed as reported_closed,
        counted.person_times,
        counted.site_times,
        counted.problems,
        counted.closed,
        reported.row_id
    from core.monthly_summary as reported
    full outer join core.ledger_total as counted
        on reported.grid_id = counted.grid_id and reported.month = counted.month
),

-- 台账里没有的，报送过台账的是 0，没有报送过的不知道
counted as (
    select
        paired.grid_id,
        paired.month,
        paired.reported_person_times,
        paired.reported_site_times,
        paired.reported_problems,
        paired.reported_closed,
        coalesce(paired.person_times, case when patrols.month is not null then 0 end) as person_times,
        coalesce(paired.site_times, case when patrols.month is not null then 0 end) as site_times,
        coalesce(paired.problems, case when problems.month is not null then 0 end) as problems,
        coalesce(paired.closed, case when problems.month is not null then 0 end) as closed,
        paired.row_id
    from paired
    left join staging.grid_home as home on paired.grid_id = home.grid_id
    left join core.delivered as patrols
        on home.county_id = patrols.county_id and paired.month = patrols.month and patrols.table_name = 'patrol'
    left join core.delivered as problems
        on home.county_id = problems.county_id and paired.month = problems.month and problems.table_name = 'problem'
)

select
    grid_id,
    month,
    reported_person_times,
    person_times as counted_person_times,
    reported_person_times - person_times as difference_person_times,
    reported_site_times,
    site_times as counted_site_times,
    reported_site_times - site_times as difference_site_times,
    reported_problems,
    problems as counted_problems,
    reported_problems - problems as difference_problems,
    reported_closed,
    closed as counted_closed,
    reported_closed - closed as difference_closed,
    row_id
from counted
