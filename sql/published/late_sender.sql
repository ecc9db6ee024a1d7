-- 迟报单位：最近到期的一月里，台账超期未报的县区
-- 粒度：county_id
-- 依据：四（三）反馈；更早仍欠的月份见数据报送，不使一个县区永远标红
with due as (
    select grid_id, about_month, subject_id, due_at, state, max(about_month) over () as last_month
    from obligations.export_submission
    where state <> 'pending'
)

select
    due.grid_id as county_id,
    due.last_month as month,
    concat_ws('', due.last_month, ' ', join_sorted(ledger.zh, '、'), '，超期未报') as owed_zh
from due
join seed.ledger as ledger on due.subject_id = ledger.table_name
where due.about_month = due.last_month and due.state = 'overdue'
group by due.grid_id, due.last_month
