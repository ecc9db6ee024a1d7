-- 拆分的原件：一行是一个由拆分件代替的问题；split_at 是此前照常报过、后来才拆分的首次收到时间，一报上来就拆分的为空
-- 粒度：problem_id
-- 依据：四（一）登记备案；拆分件计数，原件不重复计；没有时限的拆分件替不了原件，拆分件都作废、并案、重复的不算拆分
with part as (
    select part.problem_id, part.origin_id
    from core.problem_part as part
    join core.problem as child on part.problem_id = child.problem_id
    join core.problem_deadline as deadline on part.problem_id = deadline.problem_id and deadline.round = 1
    left join core.problem_extension as extension on part.problem_id = extension.problem_id and extension.round = 1
    left join core.problem_voided as voided on part.problem_id = voided.problem_id
    where
        child.is_datable
        and deadline.due_at is not null
        -- 自己到期之后才写作废、又未经批准的，仍然计数
        and (
            voided.problem_id is null
            or (
                not voided.is_approved
                and coalesce(voided.voided_at > coalesce(extension.extended_due_at, deadline.due_at), false)
            )
        )
),

split as (
    select part.origin_id, min(version.file_received_at) as at
    from part
    join core.problem_number as origin on part.origin_id = origin.problem_id
    join staging.problem_version as version
        on
            part.problem_id = version.row_key
            and origin.number = version.parent_problem_no
            and version.disposition = 'accepted'
    group by part.origin_id
),

first_told as (
    select version.row_key as problem_id, min(version.file_received_at) as at
    from staging.problem_version as version
    semi join split on version.row_key = split.origin_id
    where version.disposition = 'accepted'
    group by version.row_key
)

select split.origin_id as problem_id, case when first_told.at < split.at then split.at end as split_at
from split
join first_told on split.origin_id = first_told.problem_id
