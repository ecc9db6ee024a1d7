-- 来源文件：一行一个收到的文件
-- 粒度：file_id
-- 依据：收件登记
select
    file_id,
    path,
    sha256,
    size_bytes,
    received_at,
    received_basis,
    county_id,
    month,
    state,
    reason_zh,
    mend_zh
from staging.source_file
