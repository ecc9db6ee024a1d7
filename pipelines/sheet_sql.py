"""Generates staging.sheet: what holds for all rows of a sheet is worked out once a sheet, and kept once a sheet."""

from __future__ import annotations

from pipelines.contracts import Contracts
from pipelines.profile_sql import fields

# A date this many years after receipt is more likely mistyped than meant, and is asked about.
_FAR_YEARS = 5


def sheet(contracts: Contracts) -> str:
    """The SELECT of staging.sheet. `fields`, a list, would cost a million rows more to write than all their cells."""
    return f"""-- 认出的工作表：一行是一张，连同其中各行共有的内容
-- 粒度：file_id, sheet_name
-- 依据：收件登记与各县区写法（自动生成，勿手改）
select
    s.file_id, s.sheet_name, s.table_name, f.county_id, f.month, f.received_at as file_received_at, f.sha256,
    {fields(contracts)} as fields,
    year_opens(f.month) as opens, end_of_day(f.received_at) + interval {_FAR_YEARS} year as far_after
from raw.sheet as s
join staging.source_file as f on f.file_id = s.file_id
where s.table_name <> '' and f.is_own
"""
