-- 最早已定：五定的一定最早由哪一份文件、哪天起；一行是一个网格的一定
-- 粒度：grid_id, kind
-- 依据：方案五（二）。重新印发的取代不了先前已定；只改日期而文件不变的是更正，以后来所写为准；从登记表删去的不算
with dated as (
    select grid_id, kind, coalesce(dated_on, valid_from) as fixed_on, dated_on is not null as is_dated, row_id
    from core.fixed_stated
    where is_current
    union all
    -- 先前另一份写明日期的文件
    select former.grid_id, former.kind, former.dated_on as fixed_on, true as is_dated, former.row_id
    from core.fixed_stated as former
    join core.fixed_stated as latest
        on former.row_key = latest.row_key and former.kind = latest.kind and latest.is_current
    where not former.is_current and former.dated_on is not null and former.document <> latest.document
)

select dated.grid_id, dated.kind, dated.fixed_on, dated.is_dated, dated.row_id
from dated
cross join seed.moment as moment
where dated.fixed_on <= cast(moment.as_of as date)
qualify
    row_number() over (
        partition by dated.grid_id, dated.kind order by dated.fixed_on, case when dated.is_dated then 0 else 1 end, dated.row_id
    ) = 1
