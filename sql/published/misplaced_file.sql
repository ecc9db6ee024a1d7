-- 未读：放错位置、无法读取的文件，收件登记、情况说明中不能采用的行，固化目录里多出、损坏的文件
-- 粒度：path, reason_zh
-- 依据：数据不消失：没有读的也要说出来，并说明怎样改正
select distinct path, reason_zh from raw.misplaced
union
select path, reason_zh from seed.astray
union
select
    concat_ws('', '../state/explanations/', told.file) as path,
    concat_ws(
        '',
        '第 ', cast(told.entry as varchar), ' 条（第 ', cast(told.line as varchar), ' 行起）：',
        case
            when told.metric_id not in (select metric.metric_id from seed.metric as metric)
                then concat_ws('', '没有 ', told.metric_id, ' 这个指标')
            when told.written_on > cast(moment.as_of as date)
                then concat_ws('', '写于 ', cast(told.written_on as varchar), '，晚于计算时点')
            when duty.obligation_id is null then concat_ws('', '没有 ', told.obligation_id, ' 这项义务')
            else concat_ws('', told.obligation_id, ' 没有超期，情况说明只用于超期的义务')
        end,
        '；未采用'
    ) as reason_zh
from seed.explanation as told
cross join seed.moment as moment
left join published.obligation as duty on told.metric_id = duty.metric_id and told.obligation_id = duty.obligation_id
left join published.explanation as used on told.file = used.file and told.entry = used.entry
where used.file is null
