-- 状态在八种之内，且与时点一致；一行是一项不一致的义务
-- 粒度：obligation_id
-- 依据：sql/metrics.toml 的状态定义
select obligation.obligation_id, obligation.state, obligation.due_at, obligation.met_at
from published.obligation as obligation
cross join seed.moment as moment
where
    obligation.state not in (
        'on_time', 'late', 'overdue', 'pending', 'no_deadline', 'bad_dates', 'void', 'unreported'
    )
    or (obligation.state = 'on_time' and (obligation.met_at is null or obligation.met_at > obligation.due_at))
    or (obligation.state = 'late' and (obligation.met_at is null or obligation.met_at <= obligation.due_at))
    or (obligation.state = 'overdue' and (obligation.met_at is not null or moment.as_of <= obligation.due_at))
    or obligation.met_at > moment.as_of
