"""What happens, in order, as plain functions: look, land, compute, check, publish.

Tests and `build --plain` run these; the Dagster assets are the same functions one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import duckdb

from pipelines import catalogue as catalogues
from pipelines import contracts as contract_files
from pipelines import engine, fingerprint, publish
from pipelines.catalogue import Catalogue
from pipelines.contracts import Contracts
from pipelines.graph import all_models
from pipelines.landing.delivery import Scan, scan
from pipelines.landing.land import LandingReport, land
from pipelines.lock import exclusive
from pipelines.models import Model
from pipelines.release.seeding import load_kept
from pipelines.release.shelf import Shelf, pinned_builds, read_shelf
from pipelines.release.stages import Fixing, read_fixing
from pipelines.seeds import Moment, load_seeds
from pipelines.seen_files import remember
from pipelines.settings import Settings
from pipelines.snapshot import NoSnapshotError, read_pointer
from pipelines.soundness import damage

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress nobody wants to see."""


class CheckError(RuntimeError):
    """A blocking check found rows; nothing is published and the former snapshot stays."""


@dataclass(frozen=True)
class Rules:
    """Everything that decides, read once: contracts, catalogue, tables to publish, and models in order.

    The models are read when first asked for: parsing them takes longest, and where nothing is to run nobody asks.
    """

    sql: Path
    contracts: Contracts
    catalogue: Catalogue
    published: tuple[publish.PublishedTable, ...]
    fixing: Fixing
    code_version: str

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """All models in the order they depend. Raises ModelError."""
        return all_models(self.sql, self.contracts, self.catalogue, self.published)

    @property
    def tables(self) -> tuple[Model, ...]:
        """Models that become tables."""
        return tuple(model for model in self.models if model.layer != "checks")

    @property
    def checks(self) -> tuple[Model, ...]:
        """Models whose every row is an offence."""
        return tuple(model for model in self.models if model.layer == "checks")


@dataclass(frozen=True)
class Outlook:
    """What was found before anything runs: the files, the fixed months, the moment, and so the build_id."""

    scan: Scan
    moment: Moment
    shelf: Shelf


def read_rules(settings: Settings) -> Rules:
    """Read sql/ and what of the root's config/ stands in for it.

    Raises ContractError, GridSeedError, SenderSeedError, CatalogueError, FixingError or PublishError.
    """
    return Rules(
        sql=settings.sql,
        contracts=contract_files.load(
            settings.sql / "contracts", settings.profiles, settings.grid_seed, settings.sender_seed
        ),
        catalogue=catalogues.load(settings.sql),
        published=publish.read_schema(settings.sql),
        fixing=read_fixing(settings.sql),
        code_version=fingerprint.code_version(settings.sql),
    )


def look(settings: Settings, rules: Rules, now: datetime) -> Outlook:
    """Scan data/raw and settle the moment.

    As asked; else, for a demo, the later of its pin and the newest receipt; else now, to the minute.
    """
    found = scan(settings, rules.contracts, now)
    pin = settings.demo_pin
    if settings.as_of is not None:
        as_of = settings.as_of
    elif pin is not None:
        as_of = max([pin, *(received.received_at for received in found.received)])
    else:
        as_of = now.replace(second=0, microsecond=0)
    return outlook_at(settings, rules, found, read_shelf(settings.releases), as_of, as_of)


def outlook_at(
    settings: Settings, rules: Rules, found: Scan, shelf: Shelf, as_of: datetime, known_at: datetime
) -> Outlook:
    """What the files found come to at a moment."""
    identity = fingerprint.build_id(settings, found, as_of, known_at, rules.code_version, shelf.identity)
    moment = Moment(identity, as_of, known_at, rules.catalogue.version, rules.code_version, settings.is_demo)
    return Outlook(found, moment, shelf)


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The work database under its lock, closed and released at the end. Raises LockedError."""
    with exclusive(settings.warehouse, settings.lock_wait_seconds):
        con = engine.connect(settings.warehouse, settings.sql)
        try:
            yield con
        finally:
            con.close()


def land_files(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    rules: Rules,
    outlook: Outlook,
    months: Sequence[str] | None = None,
    progress: Progress = silent,
) -> LandingReport:
    """Land the files of `months` (None: all) that have not been landed under these contracts."""
    return land(con, outlook.scan, settings, rules.contracts, months=months, progress=progress)


def load_moment(con: duckdb.DuckDBPyConnection, settings: Settings, rules: Rules, outlook: Outlook) -> None:
    """Fill schema seed."""
    load_seeds(con, settings.sql, rules.contracts, rules.catalogue, outlook.moment)
    first_month = rules.contracts.grids.first_month
    load_kept(con, outlook.shelf, rules.fixing, settings.explanations, first_month, outlook.moment.as_of)


def compute(con: duckdb.DuckDBPyConnection, model: Model) -> int | None:
    """Make one table or view anew; returns the number of rows of a table, None of a view, which holds none.

    A view over a raw table without rows becomes an empty table: to plan it takes longer than all that could follow.
    """
    if model.empty_with and engine.count_rows(con, model.empty_with) == 0:
        return engine.build_empty(con, model.name, model.sql)
    if model.compute is not None:
        return engine.build_computed(con, model.name, model.sql, model.compute)
    if model.is_view:
        engine.build_view(con, model.name, model.sql)
        return None
    return engine.build_table(con, model.name, model.sql)


def offences(con: duckdb.DuckDBPyConnection, check: Model, shown: int = 5) -> list[str]:
    """The first rows a check complains of, as text; empty where all is well."""
    engine.run(con, check.name, f"create or replace temp table offence as\n{check.sql}")
    cursor = con.execute("select * from offence limit ?", [shown])
    names = [column[0] for column in cursor.description or ()]
    return [", ".join(f"{n}={v}" for n, v in zip(names, row, strict=True)) for row in cursor.fetchall()]


def check_all(con: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Run every check. Raises CheckError listing what each found."""
    failed = {}
    for check in rules.checks:
        found = offences(con, check)
        if found:
            failed[check.table] = f"{check.table}（{check.header[0]}）: " + " | ".join(found)
    if failed:
        told = f"核查未通过 (checks failed) {'、'.join(failed)}：未发布，原快照不变"
        raise CheckError("\n".join([told, *failed.values()]))


def compute_all(con: duckdb.DuckDBPyConnection, rules: Rules, progress: Progress = silent) -> None:
    """Make every table and view anew and check them. Raises EngineError, CheckError."""
    for model in rules.tables:
        rows = compute(con, model)
        progress(f"{model.name}: {'视图' if rows is None else f'{rows} 行'}")
    check_all(con, rules)


def publish_snapshot(con: duckdb.DuckDBPyConnection, settings: Settings, rules: Rules, moment: Moment) -> Path:
    """Write down which files it was read from, write it and swap the pointer; builds that fixed months point to stay.

    Raises SnapshotError where the journal of files cannot be read.
    """
    remember(con, settings.state)
    pinned = pinned_builds(settings.releases)
    return publish.write_snapshot(con, rules.published, settings.published, moment, pinned=pinned)


def build_since(settings: Settings, rules: Rules, outlook: Outlook) -> str | None:
    """The build_id that the files and rules of now would have at the moment of the published snapshot.

    None where that is the published build itself: nothing came, and nothing was changed. Raises SnapshotError.
    """
    try:
        pointer = read_pointer(settings.published)
    except NoSnapshotError:
        return outlook_at(settings, rules, outlook.scan, outlook.shelf, datetime.min, datetime.min).moment.build_id
    at = outlook_at(settings, rules, outlook.scan, outlook.shelf, pointer.as_of, pointer.as_of)
    return None if at.moment.build_id == pointer.build_id else at.moment.build_id


def months_landed(rules: Rules, outlook: Outlook) -> list[str]:
    """The months of the folders that hold files, in order; the first month of all where there is none."""
    return sorted({received.month for received in outlook.scan.received}) or [rules.contracts.grids.first_month]


def late_senders(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """county_id → what it owes of the month last due, in Chinese; a county in order is left out."""
    return dict(con.execute("select county_id, owed_zh from published.late_sender").fetchall())


def is_published(settings: Settings, outlook: Outlook, progress: Progress = silent) -> bool:
    """True where this very build stands already, and whole; the pointer then points to it. Damage is told."""
    path = publish.snapshot_path(settings.published, outlook.moment)
    if path is None:
        return False
    wrong = damage(path, settings.row_files, outlook.moment)
    if wrong is not None:
        progress(f"已发布的快照有损：{wrong}；重新计算 (damaged, building it again)")
        return False
    publish.point_to(settings.published, path, outlook.moment)
    return True


def build(settings: Settings, rules: Rules, outlook: Outlook, progress: Progress = silent) -> None:
    """All steps in one process, without Dagster. Raises LockedError, EngineError, CheckError, PublishError."""
    with open_warehouse(settings) as con:
        land_files(con, settings, rules, outlook, progress=progress)
        load_moment(con, settings, rules, outlook)
        compute_all(con, rules, progress)
        publish_snapshot(con, settings, rules, outlook.moment)
