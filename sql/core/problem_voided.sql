-- 作废、并案、重复件：一行是一个现在写作不计的问题；voided_at 是此前照常报过、后来才改写的首次收到时间，一报上来就不计的为空
-- 粒度：problem_id
-- 依据：四（一）登记备案；到期之后才写的须有上级批准，否则抹掉已经发生的超期
with voided as (
    select problem_id from core.problem
    where coalesce(closure in ('void', 'merged'), false) or coalesce(is_duplicate, false)
),

-- 后来的文件没有这一列的，沿用此前所报
told as (
    select
        version.row_key as problem_id,
        version.version_no,
        version.file_received_at,
        coalesce(
            last_value(
                case
                    when list_contains(version.fields, 'closure')
                        then coalesce(version.closure in ('void', 'merged'), false)
                end ignore nulls
            ) over so_far,
            false
        )
        or coalesce(
            last_value(
                case when list_contains(version.fields, 'is_duplicate') then coalesce(version.is_duplicate, false) end
                ignore nulls
            ) over so_far,
            false
        ) as is_void
    from staging.problem_version as version
    semi join voided on version.row_key = voided.problem_id
    where version.disposition = 'accepted'
    window
        so_far as (
            partition by version.row_key order by version.version_no rows between unbounded preceding and current row
        )
),

since as (
    select problem_id, coalesce(max(version_no) filter (where not is_void), 0) as last_ordinary
    from told
    group by problem_id
),

first_voided as (
    select since.problem_id, since.last_ordinary, min(told.file_received_at) as at
    from since
    join told on since.problem_id = told.problem_id and since.last_ordinary < told.version_no
    group by since.problem_id, since.last_ordinary
),

-- 批准要是它自己的：照常报的时候已经写过的那一次，批的是别的
approved as (
    select distinct first_voided.problem_id
    from first_voided
    join core.approval as approval
        on first_voided.problem_id = approval.problem_id and first_voided.last_ordinary < approval.version_no
    where
        not exists (
            select 1
            from core.approval as spent
            where
                spent.problem_id = first_voided.problem_id
                and spent.version_no <= first_voided.last_ordinary
                and cast(spent.approved_at as date) = cast(approval.approved_at as date)
        )
)

select
    first_voided.problem_id,
    min(first_voided.at) filter (where not told.is_void and told.file_received_at < first_voided.at) as voided_at,
    bool_or(approved.problem_id is not null) as is_approved
from first_voided
join told on first_voided.problem_id = told.problem_id
left join approved on first_voided.problem_id = approved.problem_id
group by first_voided.problem_id
