"""The pages' words in English, the same keys as in Chinese, a file for each of the Chinese ones.

What the data say stays as it was delivered: names of people, places and files, reasons and explanations.
"""

from __future__ import annotations

from dashboards.en.coverage import COVERAGE_EN
from dashboards.en.explain import EXPLAIN_EN
from dashboards.en.grid import GRID_EN
from dashboards.en.history import HISTORY_EN
from dashboards.en.metrics import METRICS_EN, UNITS_EN
from dashboards.en.overview import OVERVIEW_EN
from dashboards.en.scope import SCOPE_EN
from dashboards.en.self import SELF_EN
from dashboards.en.shared import SHARED_EN
from dashboards.en.submissions import SUBMISSIONS_EN
from dashboards.en.taken import TAKEN_EN
from dashboards.en.timeliness import TIMELINESS_EN

__all__ = ["EN", "UNITS_EN"]

EN: dict[str, str] = {
    **SHARED_EN,
    **METRICS_EN,
    **OVERVIEW_EN,
    **SUBMISSIONS_EN,
    **TIMELINESS_EN,
    **COVERAGE_EN,
    **SELF_EN,
    **HISTORY_EN,
    **EXPLAIN_EN,
    **SCOPE_EN,
    **GRID_EN,
    **TAKEN_EN,
}
