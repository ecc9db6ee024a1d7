-- 特殊时段：一行是一个网格一个作数的特殊时段，自通知之日起；频次与重点时段的指标都看这里
-- 粒度：grid_id, part
-- 依据：五（三）加大对重点时段的巡查频率；没有通知、事后才报来的时段不算。县区自定的至少一次，不少于支队所定
with named as (
    select
        aimed.*,
        -- 同日开始、止日不同的另一个时段，止日写在编号里
        concat_ws(
            '',
            'special/',
            cast(special_from as varchar),
            case
                when special_to <> min(special_to) over (partition by aimed_id, special_from)
                    then concat_ws('', '_', cast(special_to as varchar))
            end
        ) as part
    from core.plan_aimed as aimed
    where is_special and not is_late
)

select
    aimed_id as grid_id,
    part,
    special_name,
    special_from,
    special_to,
    notice_no,
    first_day,
    case
        when county_id = 'city' then coalesce(required_patrols, 1)
        else greatest(coalesce(required_patrols, 1), coalesce(city_required, 1), 1)
    end as required,
    row_id
from named
