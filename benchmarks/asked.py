"""What each page is asked for when it is measured: a rotation of queries under which it has something to show."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from pipelines.settings import CODE_ROOT
from pipelines.snapshot import CITY, Scope, Snapshot, open_snapshot
from pipelines.snapshot.catalogued import catalogued
from pipelines.snapshot.self_year import years
from pipelines.snapshot.standing import months, places
from pipelines.snapshot.walk import obligations

_METRIC, _NUMBER = "rectification", "open_overdue"
_MOST = 6


def rotations(root: Path) -> dict[str, list[str]]:
    """Page, named as its address names it ('' for the overview) → query strings. Raises RuntimeError where a page of
    the program is not among them."""
    snapshot = open_snapshot(root / "data" / "published")
    try:
        asked = _asked(snapshot)
    finally:
        snapshot.close()
    files = {path.stem for path in (CODE_ROOT / "dashboards" / "pages").glob("*.py")} - {"__init__"}
    if files != set(asked):
        raise RuntimeError(f"页面与问法不符 (pages without a query, or queries without a page): {files ^ set(asked)}")
    return {"" if page == "overview" else page: list(map(urlencode, queries)) for page, queries in asked.items()}


def periods_of(root: Path) -> list[str]:
    """The last months that are over."""
    snapshot = open_snapshot(root / "data" / "published")
    try:
        return _periods(snapshot)
    finally:
        snapshot.close()


def _periods(snapshot: Snapshot) -> list[str]:
    return [month.month for month in months(snapshot) if month.is_over][-_MOST:]


def _asked(snapshot: Snapshot) -> dict[str, list[dict[str, str]]]:
    scope = Scope()
    periods = _periods(snapshot)
    last = periods[-1]
    counties = [one.grid_id for one in places(snapshot, scope) if one.grid_id == one.county_id != CITY][:_MOST]
    by_month = [{"month": period} for period in periods]
    by_county = [{"month": last, "grid": grid} for grid in counties]
    metrics = list(catalogued(snapshot, scope))
    due = [{"year": str(one.year)} for one in years(snapshot, scope) if one.is_due]
    year = due[-1] if due else {}  # the page then takes the last year there is
    return {
        "overview": by_month,
        "grid": by_county,
        "timeliness": [{**one, "grid": CITY} for one in by_month],
        "coverage": by_month,
        "self_evaluation": [{"grid": grid, **year} for grid in counties],
        "history": [{"grid": grid, "day": f"{period}-15"} for grid, period in zip(counties, periods, strict=False)],
        "submissions": by_month,
        "explain": [{"month": last, "metric": metric} for metric in metrics[:_MOST]],
        "obligations": [{**one, "metric": _METRIC, "grid": CITY} for one in by_month],
        "facts": [{"month": last, "grid": CITY, "indicator": _NUMBER}],
        "row": [{"id": _row(snapshot, scope, last)}],
    }


def _row(snapshot: Snapshot, scope: Scope, month: str) -> str:
    """A row that has formed a duty, which its page then tells of. Raises RuntimeError where the month has none."""
    found = [duty.duty_row_id for duty in obligations(snapshot, scope, _METRIC, CITY, month) if duty.duty_row_id]
    if not found:
        raise RuntimeError(f"{month} 没有“{_METRIC}”的义务，请换一根目录 (no duty in that month: try another root)")
    return found[0]
