-- 本次发布：一行
-- 粒度：build_id
-- 依据：同样的文件、时点与程序得到同样的编号
select build_id, as_of, known_at, catalogue_version, code_version, is_demo from seed.moment
