-- 网格编码：一个网格可以写哪些编码（统计用区划代码、另一份名录的代码、登记表所报）
-- 粒度：grid_id, code
-- 依据：两份通行名录；同一代码可能指不同乡镇，所以只用来核对名称
select grid_id, code from seed.grid
union
select grid_id, other_list_code as code
from seed.grid
where other_list_code is not null
union
select grid_id, code from staging.grid_registered
