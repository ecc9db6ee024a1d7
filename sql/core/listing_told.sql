-- 挂牌的问题：一行是一个报过挂牌、限期治理或列入重大问题台账的问题，自哪月的台账起、到哪月的台账止
-- 粒度：problem_id
-- 依据：二（一）2 督促被列入挂牌督办或限期治理名单和重大环境问题台账的问题的整改
-- 台账没有列入的日期，以首次写明的那一月的台账为起；后来改为空的，自那一月的台账起不再挂牌，此前的照算
with told as (
    select row_key as problem_id, version_no, month, listing
    from staging.problem_version
    where disposition = 'accepted' and list_contains(fields, 'listing')
),

listed as (
    select problem_id, min(month) as first_month, max(version_no) as last_no
    from told
    where listing is not null
    group by problem_id
)

select listed.problem_id, listed.first_month, min(told.month) as unlisted_month
from listed
left join told on listed.problem_id = told.problem_id and listed.last_no < told.version_no
group by listed.problem_id, listed.first_month
