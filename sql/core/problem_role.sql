-- 问题的各方：一行是一个问题由谁发现、谁记台账、谁处置、谁有权立案处罚
-- 粒度：problem_id
-- 依据：二 网格职责；各级只担负有权做的事：三级制止、报告，一、二级立案、处罚
-- keeper 记台账的：报送的县区，支队台账为管这一片的一级网格单元；enforcer 有执法权的：处置者是三级的，为其上的二级网格
with kept as (
    select
        problem.problem_id,
        problem.grid_id,
        problem.source,
        problem.county_id,
        problem.unit_grid_id,
        told.patrol_no,
        told.supervisor_grid_id,
        case when problem.county_id = 'city' then coalesce(problem.unit_grid_id, problem.grid_id) else problem.county_id end
            as keeper_grid_id
    from core.problem as problem
    join staging.problem_now as told on problem.problem_id = told.row_key
),

-- 台账写明来源巡查的，问题由那次巡查所计的网格发现；一次计入几级的，取最下一级
from_patrol as (
    select
        problem.problem_id,
        min_by(
            credit.grid_id, concat(cast(9 - home.level as varchar), credit.grid_id)
        ) as grid_id
    from kept as problem
    join staging.patrol_now as patrol
        on problem.county_id = patrol.county_id and problem.patrol_no = patrol.patrol_no
    join core.patrol_credit as credit on patrol.row_key = credit.patrol_id and credit.basis <> 'none'
    join staging.grid_home as home on credit.grid_id = home.grid_id
    where problem.source in ('patrol', 'report')
    group by problem.problem_id
)

select
    kept.problem_id,
    kept.keeper_grid_id,
    case
        when coalesce(kept.source, '') not in ('patrol', 'report') then kept.keeper_grid_id
        when from_patrol.grid_id is not null then from_patrol.grid_id
        when home.level = 3 then kept.grid_id
        else kept.keeper_grid_id
    end as finder_grid_id,
    bearer.duty_grid_id as handler_grid_id,
    bearer.duty_basis = 'stated' as is_handler_stated,
    case when handler.level <= 2 then bearer.duty_grid_id else handler.county_id end as enforcer_grid_id,
    -- 写“支队”督导的，落到管这一片的一级网格单元；没有写的，是记台账的
    case
        when kept.supervisor_grid_id = 'city' then coalesce(kept.unit_grid_id, kept.keeper_grid_id)
        else coalesce(kept.supervisor_grid_id, kept.keeper_grid_id)
    end as supervisor_grid_id
from kept
join core.problem_bearer as bearer on kept.problem_id = bearer.problem_id and bearer.round = 1
join staging.grid_home as home on kept.grid_id = home.grid_id
join staging.grid_home as handler on bearer.duty_grid_id = handler.grid_id
left join from_patrol on kept.problem_id = from_patrol.problem_id
