-- 第几次：一行一个数
-- 粒度：n
-- 依据：应巡查几次的，每次各是一项义务；一天算一次，一个时段至多有几天就至多几次
select cast(unnest(generate_series(1, 99)) as bigint) as n
