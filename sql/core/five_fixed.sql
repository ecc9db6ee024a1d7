-- 五定：一行是一个网格的一定，取登记表最近一次所写；文件日期晚于计算时点的视为尚未印发
-- 粒度：grid_id, kind
-- 依据：方案五（二）定区域、定人员、定职责、定任务、定奖惩
select
    stated.grid_id,
    stated.kind,
    stated.document,
    stated.dated_on,
    stated.valid_from,
    stated.absent_in_latest,
    stated.row_id
from core.fixed_stated as stated
cross join seed.moment as moment
where stated.is_current and (stated.dated_on is null or stated.dated_on <= cast(moment.as_of as date))
qualify
    row_number() over (
        partition by stated.grid_id, stated.kind
        order by stated.valid_from desc, stated.file_received_at desc, stated.row_id desc
    ) = 1
