-- 责任人员：一行一人
-- 粒度：person_id
-- 依据：方案一 责任到人
select
    person_id,
    name,
    person_no,
    county_id
from core.person
