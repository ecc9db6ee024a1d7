-- 报过五定各列的单位：一行是一个报送单位报来的网格登记表里有其列的一定，至少有一行接收
-- 粒度：county_id, kind
-- 依据：方案五（二）；缺列不是没有定，另作“未报送”
with given as (
    select distinct county_id, unnest(fields) as field from staging.grid_version where disposition = 'accepted'
)

select distinct given.county_id, fixed.kind
from given
join (values ('area'), ('staff'), ('duty'), ('task'), ('reward')) as fixed (kind)
    on given.field in (concat('fixed_', fixed.kind), concat('fixed_', fixed.kind, '_on'))
