-- 更正所及的义务：数据更正是哪几项义务变了，由哪个文件引起
-- 粒度：period, stage, metric_id, obligation_id
-- 依据：每个更正都能走到义务和文件
select
    period,
    stage,
    metric_id,
    obligation_id,
    grid_id,
    old_state,
    new_state,
    cause_file_id,
    cause_zh,
    restated_at,
    known_at
from seed.restated_duty
