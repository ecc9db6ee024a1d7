"""The totals a county reported for itself beside those counted from its ledgers. Only a check: no figure uses them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.senders import sent_by

MEASURES = ("person_times", "site_times", "problems", "closed")


@dataclass(frozen=True)
class Compared:
    """One measure. reported: None where left empty; counted: where the ledger was not sent; difference: of either."""

    reported: int | None
    counted: int | None
    difference: int | None


@dataclass(frozen=True)
class Reconciled:
    """A grid's month by measure, in the order of MEASURES, and where its report stands."""

    county_id: str
    county_name: str
    grid_name: str
    level: int
    row_id: str
    path: str
    sheet_name: str
    row_number: int
    measures: tuple[Compared, ...]

    @property
    def differs(self) -> bool:
        """Whether one measure is not what the ledgers say."""
        return any(one.difference for one in self.measures)


def reconciled(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[Reconciled]:
    """The grids that reported totals of a month, those that differ first, then from the top down.

    A `county_id` of '' asks for every sender the scope may see, `city` for what the detachment reported.
    """
    names = chain.from_iterable((f"reported_{name}", f"counted_{name}", f"difference_{name}") for name in MEASURES)
    sql = f"""
        select
            file.county_id, coalesce(county.name, '') as county_name, place.name as grid_name, place.level, line.row_id,
            file.path, line.sheet_name, line.row_number, {", ".join(f"given.{name}" for name in names)}
        from published.reconciliation as given
        join published.source_row as line on line.row_id = given.row_id
        join published.source_file as file on file.file_id = line.file_id
        join place on place.grid_id = given.grid_id
        left join place as county on county.grid_id = file.county_id
        where given.month = $month and file.county_id in (from visible_county) and given.grid_id in (from visible_grid)
            and {sent_by("file.county_id")}
        order by county.level = 0, county.code, place.level, place.code, line.row_id"""
    mask = Mask(snapshot, scope)
    found = [_reconciled(mask.place(row)) for row in snapshot.ask(scope, sql, month=month, county_id=county_id)]
    return sorted(found, key=lambda one: not one.differs)


def _reconciled(row: Row) -> Reconciled:
    measures = tuple(
        Compared(*(row.pop(f"{which}_{name}") for which in ("reported", "counted", "difference"))) for name in MEASURES
    )
    return Reconciled(**row, measures=measures)
