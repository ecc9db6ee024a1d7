-- 写了别县区的网格：一行是一处这样的发现，附那个县区的名称，供说明缘由
-- 粒度：row_id, column_name
-- 依据：退回的缘由要说清；多半是文件放错了县区文件夹
select distinct finding.row_id, finding.column_name, county.name as county_name
from staging.finding as finding
join staging.source_file as file on finding.file_id = file.file_id
join staging.grid_name as place
    on file.county_id = place.county_id and grid_text(filled(finding.value)) = place.name
join seed.grid as county on place.elsewhere_id = county.grid_id
where finding.rule = 'grid_elsewhere'
