"""What stands beside a coverage duty that nobody met: rows that went back, and patrols that count for no grid.

Either may be the deed that is missing, so whoever is accused has to see them first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import MONTH_END, Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.walk import Obligation

# Of a duty that nobody met; what lies beside one that is met explains nothing.
UNMET = ("overdue", "unreported")


@dataclass(frozen=True)
class ReturnedRow:
    """A row that went back and that no later re-send has mended. messages: what was found on it, joined."""

    row_id: str
    path: str
    sheet_name: str
    row_number: int
    grid_name: str
    messages: str


@dataclass(frozen=True)
class Uncredited:
    """A patrol that counts for no grid, with the reason."""

    row_id: str
    path: str
    sheet_name: str
    row_number: int
    grid_name: str
    started_at: datetime
    inspectors: str
    reason_zh: str


@dataclass(frozen=True)
class Beside:
    """What lies beside one grid and month."""

    returned: tuple[ReturnedRow, ...] = ()
    uncredited: tuple[Uncredited, ...] = ()

    @property
    def row_ids(self) -> set[str]:
        """Every row named here."""
        return {row.row_id for row in self.returned} | {patrol.row_id for patrol in self.uncredited}


def unmet_grids(duties: Iterable[Obligation]) -> tuple[str, ...]:
    """The grids of the coverage duties among these that are overdue or unreported."""
    unmet = (duty for duty in duties if duty.subject_kind == "grid" and duty.state in UNMET)
    return tuple(dict.fromkeys(duty.grid_id for duty in unmet))


def beside(snapshot: Snapshot, scope: Scope, month: str, grid_ids: tuple[str, ...]) -> dict[str, Beside]:
    """By grid, the patrol rows of the month that await correction or count for nobody; an entry for every grid."""
    returned = _by_grid(_returned(snapshot, scope, month, grid_ids))
    lost = _by_grid(_uncredited(snapshot, scope, month, grid_ids))
    mask = Mask(snapshot, scope)
    return {
        grid_id: Beside(
            tuple(_returned_row(mask, row) for row in returned[grid_id]),
            tuple(
                Uncredited(**{**mask.place(row), "inspectors": mask.name(row["inspectors"])}) for row in lost[grid_id]
            ),
        )
        for grid_id in dict.fromkeys(grid_ids)
    }


def _returned(snapshot: Snapshot, scope: Scope, month: str, grid_ids: tuple[str, ...]) -> list[Row]:
    """Rows that speak of the grid or one below it; a row whose grid could not be made out belongs to its sender."""
    sql = f"""
        select
            path.ancestor_id as beside_id, finding.row_id, file.path, line.sheet_name, line.row_number,
            coalesce(place.name, '') as grid_name, list(finding order by finding.column_name, finding.rule) as findings
        from published.quarantine as finding
        join published.source_row as line on line.row_id = finding.row_id
        join published.source_file as file on file.file_id = finding.file_id
        join published.grid_path as path
            on path.leaf_id = coalesce(finding.grid_id, finding.county_id) and list_contains($grids, path.ancestor_id)
            and {MONTH_END.format(month="$month")} between path.valid_from and path.valid_to
        left join place on place.grid_id = finding.grid_id
        where finding.is_awaiting
            and finding.table_name = 'patrol' and finding.month = $month and path.leaf_id in (from visible_grid)
        group by path.ancestor_id, finding.row_id, file.path, line.sheet_name, line.row_number, place.name
        order by file.path, line.sheet_name, line.row_number"""
    return snapshot.ask(scope, sql, grids=list(grid_ids), month=month)


def _uncredited(snapshot: Snapshot, scope: Scope, month: str, grid_ids: tuple[str, ...]) -> list[Row]:
    """Patrols inside the grid."""
    sql = """
        select
            path.ancestor_id as beside_id, credit.row_id, file.path, line.sheet_name, line.row_number,
            place.name as grid_name, credit.started_at, coalesce(patrol.inspectors, '') as inspectors,
            coalesce(credit.reason_zh, '') as reason_zh
        from published.patrol_credit as credit
        join published.patrol as patrol on patrol.patrol_id = credit.patrol_id
        join published.source_row as line on line.row_id = credit.row_id
        join published.source_file as file on file.file_id = line.file_id
        join published.grid_path as path
            on path.leaf_id = credit.where_grid_id and list_contains($grids, path.ancestor_id)
            and cast(credit.started_at as date) between path.valid_from and path.valid_to
        join place on place.grid_id = credit.where_grid_id
        where credit.basis = 'none' and strftime(credit.started_at, '%Y-%m') = $month
            and credit.where_grid_id in (from visible_grid)
        order by credit.started_at, file.path, line.sheet_name, line.row_number"""
    return snapshot.ask(scope, sql, grids=list(grid_ids), month=month)


def _by_grid(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.pop("beside_id")].append(row)
    return grouped


def _returned_row(mask: Mask, row: Row) -> ReturnedRow:
    texts = [mask.finding(f["column_zh"] or "", f["value"] or "", f["message_zh"])[1] for f in row.pop("findings")]
    return ReturnedRow(**mask.place(row), messages="；".join(dict.fromkeys(texts)))
