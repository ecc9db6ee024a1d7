"""What can be judged at all: counties per metric and month, and the grids for which it cannot be said, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.snapshot.door import MONTH_END, Scope, Snapshot, below
from pipelines.snapshot.standing import Figure, Metric

_MEND_ZH = {
    "coverage": "请先报责任人员名册，列明网格员；或在台账写明实施网格；地点请写到乡镇",
    "supervision": "请支队与县区在台账补上所缺的列，写明巡查人员或实施网格，重新报送",
    "evaluation": "请报送年度自评，并列全所缺的列",
    "assurance": "请报送责任人员名册、网格登记表、网格管理记录",
    "submission": "请补报所缺的台账与列",
}
_MEND_COLUMNS_ZH = "请在台账补上所缺的列，重新报送"
# Of so many grids are the rows named that leave them open.
_GRIDS_NAMED = 3


@dataclass(frozen=True)
class Measured:
    """In how many of the counties below a grid a metric can be measured in a month, and why not in the others."""

    measurable: int
    partial: int
    counties: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class BlindGrid:
    """A grid that owes a duty in a month of which nobody can say whether it was met; so it enters no figure.

    rows_zh: the rows that leave it open, up to three by id, and how many there are.
    """

    grid_id: str
    name: str
    county_id: str
    county_name: str
    level: int
    reason_zh: str
    rows_zh: str


def mend_zh(metric: Metric) -> str:
    """What a county has to send so that the metric can be measured."""
    return _MEND_ZH.get(metric.concept, _MEND_COLUMNS_ZH)


def measured(snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str) -> Measured:
    """Counts over the counties that lie below the grid (or hold it)."""
    sql = f"""
        select place.name, given.measurable, coalesce(given.reason_zh, '') as reason_zh
        from published.measurable as given
        join place on place.grid_id = given.county_id and place.level = 2
        where given.metric_id = $metric_id and given.month = $month and given.county_id in (
            select owner.county_id from place as owner
            where owner.level > 1 and owner.grid_id in (from visible_grid)
                and {below("owner.grid_id", MONTH_END.format(month="$month"))})
        order by place.grid_id"""
    found = snapshot.ask(scope, sql, metric_id=metric_id, grid_id=grid_id, month=month)
    return Measured(
        measurable=sum(row["measurable"] != "no" for row in found),
        partial=sum(row["measurable"] == "partial" for row in found),
        counties=len(found),
        reasons=tuple(f"{row['name']}：{row['reason_zh']}" for row in found if row["measurable"] != "yes"),
    )


def blind_grids(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, owner_level: str = "all"
) -> list[BlindGrid]:
    """The grids at or below a grid that cannot be judged in a month, counties one after the other."""
    sql = f"""
        select
            blind.grid_id, place.name, place.level, blind.county_id, coalesce(county.name, '') as county_name,
            coalesce(blind.reason_zh, '') as reason_zh, coalesce(blind.rows_zh, '') as rows_zh
        from published.unmeasurable_grid as blind
        join place on place.grid_id = blind.grid_id
        left join place as county on county.grid_id = blind.county_id
        where blind.metric_id = $metric_id and blind.month = $month and blind.grid_id in (from visible_grid)
            and ($level = 'all' or cast(place.level as varchar) = $level)
            and {below("blind.grid_id", MONTH_END.format(month="$month"))}
        order by county.level desc, county.code, place.level, place.code, blind.grid_id"""
    found = snapshot.ask(scope, sql, metric_id=metric_id, grid_id=grid_id, month=month, level=owner_level)
    return [BlindGrid(**row) for row in found]


def told_reasons(blind: Sequence[BlindGrid]) -> tuple[str, ...]:
    """Each reason once, with the rows to mend; of up to three grids, where each has rows of its own."""
    grids: dict[str, list[BlindGrid]] = {}
    for grid in blind:
        grids.setdefault(grid.reason_zh, []).append(grid)
    return tuple(f"{reason}{_rows(of_reason)}" for reason, of_reason in grids.items())


def _rows(grids: Sequence[BlindGrid]) -> str:
    if len({grid.rows_zh for grid in grids}) == 1:
        return f"（{grids[0].rows_zh}）" if grids[0].rows_zh else ""
    named = "；".join(f"{grid.name} {grid.rows_zh}" for grid in grids[:_GRIDS_NAMED])
    return f"（{named}）" if len(grids) <= _GRIDS_NAMED else f"（{named}；等 {len(grids)} 个网格）"


def why_not(figure: Figure | None, blind: list[BlindGrid], coverage: Measured) -> tuple[str, ...]:
    """Why a figure cannot be given at all; empty where there is one, or where in truth nothing is owed."""
    if figure is not None and figure.obligations > figure.void:
        return ()
    if blind:
        return told_reasons(blind)
    return coverage.reasons if coverage.counties and not coverage.measurable else ()
