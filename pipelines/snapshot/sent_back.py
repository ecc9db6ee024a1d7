"""What one county must mend of one month: its files with rows that went back, as they stood, and why.

Rows that were mended by a later file are left out. Names are covered where the scope may not see them. Of a returned
workbook that came back, only what is the county's own is shown: our columns and our first line are written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.way_back import SIGN, added

_FILES = """
    select file_id, path, sha256, received_at, state, coalesce(reason_zh, '') as reason_zh,
        coalesce(mend_zh, '') as mend_zh
    from published.source_file
    where county_id = $county_id and month = $month and county_id in (from visible_county) and state <> 'identical'
    order by received_at, path"""
_FAULTS = """
    select
        finding.file_id, finding.row_id, finding.table_name, finding.column_name, finding.rule,
        coalesce(finding.column_zh, '') as column_zh, coalesce(finding.value, '') as value, finding.severity,
        finding.message_zh, coalesce(finding.mend_zh, '') as mend_zh
    from published.quarantine as finding
    where finding.county_id = $county_id and finding.month = $month and finding.county_id in (from visible_county)
        and finding.row_id in (select row_id from published.quarantine where is_awaiting)
    order by finding.row_id, finding.severity, finding.column_name, finding.rule"""
_MENDED = """
    select file_id
    from published.quarantine
    where rule = 'header_unrecognised' and county_id = $county_id and month = $month
        and county_id in (from visible_county)
    group by file_id
    having bool_and(is_mended)"""
_NEAREST = """
    select file_id, sheet_name, nearest_table, lacking_columns
    from published.source_sheet
    where list_contains($files, file_id) and nearest_table <> ''"""
_LINES = """
    select file_id, row_id, sheet_name, row_number, kind
    from published.source_row
    where list_contains($files, file_id) and kind in ('title', 'header', 'body', 'footnote')
    order by file_id, sheet_name, row_number"""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a row. severity: reject (why it went back) or warn. column_name: empty for the whole row."""

    column_name: str
    column_zh: str
    rule: str
    value: str
    severity: str
    message_zh: str
    mend_zh: str


@dataclass(frozen=True)
class SentBackRow:
    """A row that went back: its number in the file, its cells as received, what is wrong with it."""

    row_id: str
    row_number: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class SentBackSheet:
    """A sheet with rows that went back. table_name: empty where no table was recognised.

    nearest, lacking: of one not recognised, the table it comes nearest to and the columns it lacks, as landing has it.
    titles, header: cells of the rows above the body, as received. body_rows: how many rows of data the sheet has.
    """

    sheet_name: str
    table_name: str
    body_rows: int
    titles: tuple[tuple[str, ...], ...]
    header: tuple[tuple[str, ...], ...]
    rows: tuple[SentBackRow, ...]
    nearest: str = ""
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """Rows of one table in a file. rejected: all that went back, mended ones too."""

    table_zh: str
    found: int
    accepted: int
    rejected: int
    identical: int


@dataclass(frozen=True)
class SentBackFile:
    """A file as received. reason_zh, mend_zh: of a file or sheets refused as a whole, else empty."""

    path: str
    received_at: datetime
    state: str
    reason_zh: str
    mend_zh: str
    counts: tuple[Count, ...]
    sheets: tuple[SentBackSheet, ...]


def county_named(snapshot: Snapshot, scope: Scope, text: str) -> tuple[str, str] | None:
    """(county_id, name) of a county the scope may see, by id, 6-digit code or Chinese name; None for anything else.

    The detachment, whose ledgers lie under `city`, is 市支队.
    """
    wanted = "city" if text.strip() in {"市支队", "益阳市"} else text.strip()
    found = snapshot.ask(
        scope,
        """select grid_id, name from place
        where $wanted in (grid_id, code, name) and level in (0, 2) and grid_id in (from visible_county)""",
        wanted=wanted,
    )
    if not found:
        return None
    county_id = found[0]["grid_id"]
    return county_id, "市支队" if county_id == "city" else found[0]["name"]


def counties(snapshot: Snapshot, scope: Scope) -> list[str]:
    """Names of the counties the scope may see."""
    sql = "select name from place where level = 2 and grid_id in (from visible_county) order by code"
    return [row["name"] for row in snapshot.ask(scope, sql)]


def sent_back(snapshot: Snapshot, scope: Scope, county_id: str, month: str) -> tuple[list[SentBackFile], int]:
    """The files of a county's month folder that were refused or hold rows still to be mended, oldest first; and how
    many files there are in all."""
    files = snapshot.ask(scope, _FILES, county_id=county_id, month=month)
    faults: dict[str, list[Row]] = {}
    for fault in snapshot.ask(scope, _FAULTS, county_id=county_id, month=month):
        faults.setdefault(fault["row_id"], []).append(fault)
    lines: dict[str, dict[str, list[Row]]] = {}
    concerned = sorted({rows[0]["file_id"] for rows in faults.values()})
    near = {(row["file_id"], row["sheet_name"]): row for row in snapshot.ask_unscoped(_NEAREST, files=concerned)}
    for line in snapshot.ask_unscoped(_LINES, files=concerned):
        lines.setdefault(line["file_id"], {}).setdefault(line["sheet_name"], []).append(line)
    mended = {row["file_id"] for row in snapshot.ask(scope, _MENDED, county_id=county_id, month=month)}
    mask = Mask(snapshot, scope)
    result = []
    for file in files:
        sheets = [
            _sheet(snapshot, mask, file["sha256"], name, of_sheet, faults, near.get((file["file_id"], name)))
            for name, of_sheet in lines.get(file["file_id"], {}).items()
            if any(line["row_id"] in faults for line in of_sheet)
        ]
        if file["file_id"] in mended:
            file = file | {"state": "landed", "reason_zh": "", "mend_zh": ""}
        if sheets or file["state"] in {"refused", "partial"}:
            kept = {name: file[name] for name in ("path", "received_at", "state", "reason_zh", "mend_zh")}
            kept |= {"path": mask.text(file["path"]), "reason_zh": mask.text(file["reason_zh"])}
            result.append(SentBackFile(**kept, counts=_counts(snapshot, file["file_id"]), sheets=tuple(sheets)))
    return result, len(files)


def _counts(snapshot: Snapshot, file_id: str) -> tuple[Count, ...]:
    found = snapshot.ask_unscoped(
        """select table_zh, found, accepted, rejected, identical from published.submission
        where file_id = $file_id and found > 0 order by table_name""",
        file_id=file_id,
    )
    return tuple(Count(**row) for row in found)


def _sheet(
    snapshot: Snapshot,
    mask: Mask,
    sha256: str,
    name: str,
    lines: Sequence[Row],
    faults: Mapping[str, list[Row]],
    near: Row | None,
) -> SentBackSheet:
    """One sheet; its header are the header rows above the first row of data below them, printed repeats are not."""
    body = [line for line in lines if line["kind"] == "body"]
    # Rows of data may stand above the header too.
    heads = [place for place, line in enumerate(lines) if line["kind"] == "header"]
    top = heads[0] if heads else 0
    first = next((place for place, line in enumerate(lines) if place >= top and line["kind"] == "body"), len(lines))
    above = [line for line in lines[:first] if line["kind"] != "body"]
    back = [line for line in body if line["row_id"] in faults]
    texts = snapshot.cells(sha256, name, [line["row_number"] for line in (*above, *back)])
    header = tuple(texts.get(line["row_number"], ()) for line in above if line["kind"] == "header")
    ours = added(header)
    if ours is not None:
        texts = {number: ours.without(cells) for number, cells in texts.items() if not _is_our_line(cells)}
        header = tuple(ours.without(cells) for cells in header)
    labels = ["／".join(filter(None, column)) for column in zip_longest(*header, fillvalue="")]
    rows = []
    for line in back:
        cells = texts.get(line["row_number"], ())
        covered = (mask.cell(label, cell) for label, cell in zip_longest(labels, cells, fillvalue=""))
        rows.append(
            SentBackRow(line["row_id"], line["row_number"], tuple(covered), _faults(mask, faults[line["row_id"]]))
        )
    titles = (texts[line["row_number"]] for line in above if line["kind"] == "title" and line["row_number"] in texts)
    return SentBackSheet(
        sheet_name=mask.text(name),
        table_name=faults[back[0]["row_id"]][0]["table_name"],
        body_rows=len(body),
        titles=tuple(tuple(mask.text(cell) for cell in cells) for cells in titles),
        header=tuple(tuple(mask.text(cell) for cell in cells) for cells in header),
        rows=tuple(rows),
        nearest=near["nearest_table"] if near else "",
        lacking=tuple(near["lacking_columns"]) if near else (),
    )


def _is_our_line(cells: Sequence[str]) -> bool:
    return next(filter(None, cells), "").startswith(SIGN)


def _faults(mask: Mask, found: Sequence[Row]) -> tuple[Fault, ...]:
    result = []
    for row in found:
        value, message = mask.finding(row["column_zh"], row["value"], row["message_zh"])
        kept = {name: row[name] for name in ("column_name", "column_zh", "rule", "severity", "mend_zh")}
        result.append(Fault(**kept, value=value, message_zh=message))
    return tuple(result)
