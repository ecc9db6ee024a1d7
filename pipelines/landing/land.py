"""Landing: files as received become raw tables of text, each file whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from pipelines import way_back
from pipelines.contracts import Contracts
from pipelines.landing import store, tables
from pipelines.landing.delivery import Misplaced, Received, Scan, no_such_sheet, sha256_of
from pipelines.landing.receipts import NoLedgers
from pipelines.landing.recognise import Part, Verdict, no_ledger, read_file, recognise, verdict
from pipelines.landing.sheet import Unreadable
from pipelines.settings import Settings


@dataclass(frozen=True)
class LandingReport:
    """What landing did, over the months asked for.

    seen: files in data/raw. landed: contents read now, refused ones among them. skipped: contents that stood already.
    refused: contents that stand refused, from now or before. misplaced: of all months.
    """

    seen: int
    landed: int
    skipped: int
    refused: int
    misplaced: tuple[Misplaced, ...]


def land(
    con: duckdb.DuckDBPyConnection,
    scan: Scan,
    settings: Settings,
    contracts: Contracts,
    months: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> LandingReport:
    """Bring schema raw in line with what lies in data/raw; `months` restricts which files are read, None reads all.

    A content that stands under the same digest of its reading is not read again; one that could not be read is. The
    rows of a content that a county sent for two months stand once, under the month that came first: twice they would be
    different rows where numbers begin anew each month.
    raw.delivery and raw.misplaced always tell of all months, and what no longer lies in data/raw is forgotten. Ended
    at any moment, landing leaves whole files only, and the next run goes on. A file that cannot be read is refused
    with a reason and raises nothing; duckdb.Error and OSError (a full disk) come through.
    """
    tables.ensure(con, contracts)
    received, collided = _without_collisions(scan.received)
    misplaced = (*scan.misplaced, *collided)
    _record_delivery(con, received, misplaced, contracts)
    in_scope = [one for one in received if months is None or one.month in months]
    contents: dict[str, list[Received]] = {}
    for one in in_scope:
        contents.setdefault(one.file_id, []).append(one)
    first = {(one.county_id, one.sha256): one for one in reversed(received)}
    declared = _declared(received)
    standing = _standing(con)
    landed = 0
    for file_id, copies in contents.items():
        before = first[copies[0].county_id, copies[0].sha256]
        # Where the first could not be read (its suffix was wrong, say), its rows stand nowhere yet.
        same_as = before if before.file_id != file_id and before.file_id in standing else None
        told_of = declared.get((copies[0].county_id, copies[0].sha256), ())
        if not _stands(copies[0], same_as, standing, settings, contracts, told_of):
            landed += 1
            told, is_read = _land_any(con, copies, settings, contracts, same_as, told_of)
            standing.pop(file_id, None)
            if is_read:
                standing[file_id] = ("", None)
            if progress:
                progress(told)
    misplaced += _no_such_sheets(con, in_scope, settings)
    refused = {row[0] for row in con.execute("select file_id from raw.content where state = 'refused'").fetchall()}
    return LandingReport(
        seen=len(in_scope),
        landed=landed,
        skipped=len(contents) - landed,
        refused=len(refused & contents.keys()),
        misplaced=misplaced,
    )


def reading_digest(contracts: Contracts, county_id: str, declared: Sequence[NoLedgers] = ()) -> str:
    """12 hex digits over all that decides how this county's files are read: contract, profile and the readers; of one
    file what is `declared` of its sheets, too."""
    texts = (f"\n{text}" for text in sorted({one.text for one in declared}))
    return hashlib.sha256(f"{contracts.digest(county_id)}{_readers()}{''.join(texts)}".encode()).hexdigest()[:12]


@cache
def _readers() -> str:
    paths = [*sorted(Path(__file__).parent.glob("*.py")), Path(way_back.__file__)]
    texts = [path.read_bytes() for path in paths]
    return hashlib.sha256(b"\x00".join(texts)).hexdigest()


def land_file(
    con: duckdb.DuckDBPyConnection,
    received: Received,
    settings: Settings,
    contracts: Contracts,
    same_as: str | None = None,
    declared: Sequence[NoLedgers] = (),
) -> Verdict:
    """Read one file and put it, whole, in place of what stood under its file_id. Returns what became of it.

    same_as: the file_id under which the same rows stand already; of this file only its sheets are kept, because the
    month counts as delivered. declared: what receipts say of its sheets.
    This is the door for a native reader of large CSV: it would yield the same parts and rows.
    """
    try:
        parts = _parts(received, settings, contracts, declared)
        _refuse_if_changed(received)
        outcome = verdict(parts)
    except Unreadable as error:
        parts, outcome = [], Verdict("refused", error.reason_zh, error.mend_zh, is_read=False)
    rows = [(part, store.arrow_rows(part)) for part in parts]
    cells = [(part.sheet, table) for part, table in rows]
    # The cells are written beside the raw tables; these are committed when those stand.
    with ThreadPoolExecutor(1) as beside, tables.transaction(con):
        written = beside.submit(store.write_cells, settings.row_files / f"{received.sha256}.parquet", cells)
        _forget(con, contracts, "= ?", [received.file_id])
        for part, table in rows:
            store.insert_sheet(con, received.file_id, part)
            if same_as is None:
                store.insert_rows(con, received.file_id, part, table, contracts)
        con.execute(
            "insert into raw.content values (?, ?, ?, ?, ?, ?)",
            [
                received.file_id,
                reading_digest(contracts, received.county_id, declared),
                outcome.state,
                outcome.reason_zh,
                outcome.mend_zh,
                same_as,
            ],
        )
        written.result()
    return outcome


def _parts(received: Received, settings: Settings, contracts: Contracts, declared: Sequence[NoLedgers]) -> list[Part]:
    """The sheets of a file, each recognised but those that were declared to be no ledgers."""
    limits, profile = settings.limits, contracts.profile(received.county_id)
    sheets = read_file(received.path, limits)
    names = [sheet.name for sheet in sheets]
    prose = {name for one in declared for name in one.among(names)[0]}
    return [
        no_ledger(sheet, limits) if sheet.name in prose else recognise(sheet, contracts, profile, limits)
        for sheet in sheets
    ]


def _declared(received: Iterable[Received]) -> dict[tuple[str, str], list[NoLedgers]]:
    """(county, sha256) → what the receipts of any file of this content say of its sheets: its rows stand once."""
    found: dict[tuple[str, str], list[NoLedgers]] = {}
    for one in received:
        if one.no_ledgers is not None:
            found.setdefault((one.county_id, one.sha256), []).append(one.no_ledgers)
    return found


def _no_such_sheets(
    con: duckdb.DuckDBPyConnection, received: Iterable[Received], settings: Settings
) -> tuple[Misplaced, ...]:
    """Record and return the lines of registers that name sheets which files that were read do not have."""
    found: list[Misplaced] = []
    for one in received:
        if one.no_ledgers is None:
            continue
        rows = con.execute("select sheet_name from raw.sheet where file_id = ?", [one.file_id]).fetchall()
        if rows:
            found += no_such_sheet(one, one.no_ledgers.among([name for (name,) in rows])[1], settings.raw)
    for wrong in found:
        con.execute("insert into raw.misplaced values (?, ?)", [wrong.path, wrong.reason_zh])
    return tuple(found)


def _land_any(
    con: duckdb.DuckDBPyConnection,
    copies: Sequence[Received],
    settings: Settings,
    contracts: Contracts,
    same_as: Received | None,
    declared: Sequence[NoLedgers],
) -> tuple[str, bool]:
    """Land one content from the first of its copies that can be read: one right suffix among wrong ones suffices.

    Returns what to tell, and whether it could be read.
    """
    by_suffix = {copy.path.suffix.lower(): copy for copy in copies}
    told, is_read = "", False
    for copy in by_suffix.values():
        outcome = land_file(con, copy, settings, contracts, same_as.file_id if same_as else None, declared)
        told = f"{copy.relative}：{_told(outcome)}"
        is_read = outcome.is_read
        if is_read:
            break
    return f"{told}（与 {same_as.relative} 内容相同，不重复计入）" if same_as else told, is_read


def _arrival(received: Received) -> tuple[object, ...]:
    return received.received_at, received.relative


def _without_collisions(received: Iterable[Received]) -> tuple[list[Received], list[Misplaced]]:
    """Two contents of one county and month whose digests begin alike would share a file_id: the later is refused."""
    first: dict[str, Received] = {}
    kept, collided = [], []
    for one in sorted(received, key=_arrival):
        holder = first.setdefault(one.file_id, one)
        if holder.sha256 == one.sha256:
            kept.append(one)
        else:
            reason = f"内容摘要的前 8 位与 {holder.relative} 相同，编号无法区分；请另存一次再报送"
            collided.append(Misplaced(one.relative, reason))
    return kept, collided


def _record_delivery(
    con: duckdb.DuckDBPyConnection, received: Sequence[Received], misplaced: Sequence[Misplaced], contracts: Contracts
) -> None:
    """Rewrite what lies in data/raw, and forget the contents of files that no longer do."""
    deliveries = [
        (o.relative, o.sha256, o.size_bytes, o.county_id, o.month, o.received_at, o.received_basis, o.file_id)
        for o in sorted(received, key=lambda one: one.relative)
    ]
    with tables.transaction(con):
        con.execute("delete from raw.delivery")
        con.execute("delete from raw.misplaced")
        if deliveries:
            con.executemany("insert into raw.delivery values (?, ?, ?, ?, ?, ?, ?, ?)", deliveries)
        if misplaced:
            con.executemany("insert into raw.misplaced values (?, ?)", [(o.path, o.reason_zh) for o in misplaced])
        _forget(con, contracts, "not in (select file_id from raw.delivery)", [])


def _forget(con: duckdb.DuckDBPyConnection, contracts: Contracts, which: str, parameters: list[str]) -> None:
    """Delete the contents whose file_id fits; a file has rows only where it has a content row."""
    if con.execute(f"select 1 from raw.content where file_id {which} limit 1", parameters).fetchone():
        for table in tables.by_file(contracts):
            con.execute(f'delete from raw."{table}" where file_id {which}', parameters)


def _standing(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str | None]]:
    """file_id → (contract digest, same_as), of the contents that could be read."""
    found = con.execute("select file_id, contract_digest, same_as from raw.content semi join raw.sheet using (file_id)")
    return {file_id: (digest, same_as) for file_id, digest, same_as in found.fetchall()}


def _stands(
    received: Received,
    same_as: Received | None,
    standing: Mapping[str, tuple[str, str | None]],
    settings: Settings,
    contracts: Contracts,
    declared: Sequence[NoLedgers],
) -> bool:
    """A content that could not be read never stands: renamed, or with the fault in disk or limits mended, it may."""
    wanted = (reading_digest(contracts, received.county_id, declared), same_as.file_id if same_as else None)
    is_whole = store.is_whole(settings.row_files / f"{received.sha256}.parquet")
    return standing.get(received.file_id) == wanted and is_whole


def _refuse_if_changed(received: Received) -> None:
    try:
        changed = sha256_of(received.path) != received.sha256
    except OSError as error:
        raise Unreadable(f"读取后文件不见了（{error.strerror}）", "请放回文件后重新运行") from error
    if changed:
        raise Unreadable("读取期间文件被改动", "请在文件写完后重新运行")


def _told(outcome: Verdict) -> str:
    words = {"landed": "已读", "partial": "部分退回", "refused": "整件退回"}[outcome.state]
    return f"{words}。{outcome.reason_zh}" if outcome.reason_zh else words
