-- 没有点位清单的一期：到期末县区还没有报过点位清单，也没有别的清单列出它的点位；一行是一个县区的一期
-- 粒度：county_id, cycle, window_id
-- 依据：二（二）2、二（三）1 排查点位；不报不得利，期后补报的不及于此期。期末才算未报送
select span.county_id, span.cycle, span.window_id, span.period, span.started_at
from core.patrol_window as span
join core.site_list as list
    on span.county_id = list.county_id and span.last_day between list.known_on and list.known_to
where span.is_over and not list.is_told and span.cycle in ('quarter', 'year')
