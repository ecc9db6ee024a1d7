-- 网格长带队巡查：一行是一次计入某网格、有该网格的网格长或机构负责人带队或同去的巡查；代理人不算
-- 粒度：patrol_id, grid_id
-- 依据：二（一）（二）网格长、（三）负责机构的领导
select distinct
    'chief_led_patrols' as indicator_id,
    credit.grid_id,
    month_of(credit.started_at) as month,
    cast(credit.started_at as date) as on_day,
    'patrol' as subject_kind,
    credit.patrol_id as subject_id,
    cast(1 as bigint) as numerator,
    cast(null as bigint) as denominator,
    credit.row_id
from core.patrol_credit as credit
join core.patrol_inspector as inspector
    on credit.patrol_id = inspector.patrol_id and credit.grid_id = inspector.grid_id
where credit.basis <> 'none' and inspector.post in ('grid_chief', 'body_head')
