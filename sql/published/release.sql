-- 固化：一行是一个月份的一次固化（初步数、最终数）
-- 粒度：period, stage
-- 依据：sql/fixing.toml；固化的数不改写，损坏的（damaged）不用其数
select
    period,
    stage,
    fixed_at,
    as_of,
    known_at,
    build_id,
    catalogue_version,
    code_version,
    state,
    reason_zh,
    restated_to
from seed.release
