-- 网格月：整月都在的网格，一行是一个网格一个月；是否承担巡查都在内
-- 粒度：grid_id, month
-- 依据：方案二 网格划分；月中设立、撤销的，当月没有义务
-- 县区事后才报来的止日，收到之前照样是在的（core.grid 的 owes_until）
-- 月中更名、换上级的网格，前后两期相连，仍是整月都在的一个网格；月末是谁就算谁
select
    grid.grid_id,
    max_by(grid.name, grid.valid_from) as name,
    max_by(grid.level, grid.valid_from) as owner_level,
    max_by(grid.county_id, grid.valid_from) as county_id,
    max_by(grid.parent_id, grid.valid_from) as parent_id,
    max_by(grid.is_patrol_grid, grid.valid_from) as is_patrol_grid,
    month.month,
    month.first_day,
    month.last_day,
    month.starts_at,
    month.ends_at,
    month.is_over
from core.month as month
join core.grid as grid
    on
        grid.level in (1, 2, 3)
        and grid.valid_from <= month.last_day
        and (grid.owes_until is null or grid.owes_until >= month.first_day)
group by grid.grid_id, month.month, month.first_day, month.last_day, month.starts_at, month.ends_at, month.is_over
having
    sum(
        days_between(
            greatest(grid.valid_from, month.first_day), least(coalesce(grid.owes_until, month.last_day), month.last_day)
        ) + 1
    ) = days_between(month.first_day, month.last_day) + 1
