"""What somebody should look at: causes found on rows, files with something to tell, files
nobody read or that are gone, odd sheets."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dashboards import parts
from dashboards.data import Door
from dashboards.words import say
from pipelines.settings import from_environment
from pipelines.snapshot.alarms import Cause, OddSheet, causes, file_findings, odd_sheets, unread
from pipelines.snapshot.submissions import SentFile, sent_files
from pipelines.snapshot.vanished import Seen, vanished

SHOWN, SHOWN_COLUMNS = 30, 12
_EMPTY = '<span class="nothing"></span>'


def by_cause(door: Door, month: str, sender: str, *, is_one: bool) -> None:
    """Every cause found on rows, what sends rows back first, each in its own words with the way to mend it."""
    parts.section(say("causes"), say("causes_note"))
    found = door.ask(causes, month, sender)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("causes_none"))}</p>')
        return
    keys = ("outcome", "table", "problem", "mend", "rows", "first_rows_of")
    lines = [_cause(door, one, has_sender=not is_one) for one in found[:SHOWN]]
    parts.table([say(key) for key in keys], lines, "causes", stacks=True)
    if len(found) > SHOWN:
        parts.show(f'<p class="quiet">{escape(say("rest", shown=SHOWN, n=len(found)))}</p>')


def by_file(door: Door, month: str, sender: str) -> None:
    """Files that have something to tell, were not read or are gone, then what senders may not expect of sheets."""
    told = {file.file_id: file for file in door.ask(sent_files, month, sender) if file.reason_zh}
    lost = [] if sender else door.ask(unread, month)
    gone = door.ask(vanished, from_environment().state)
    gone = [one for one in gone if one.month == month and sender in ("", one.county_id)]
    noted = door.ask(file_findings, month, sender)
    sheets = door.ask(odd_sheets, month, sender)
    parts.section(say("odd_files"), say("odd_files_note"))
    if not (told or lost or gone or noted or sheets):
        parts.show(f'<p class="quiet">{escape(say("odd_files_none"))}</p>')
    lines = [_told(file) for file in told.values()]
    lines += [[_tag("reject", "unread"), escape(one.path), escape(one.reason_zh), _EMPTY] for one in lost]
    lines += [_gone(one) for one in gone]
    lines += [[_tag("warn", "cause_warn"), *map(escape, (one.path, one.message_zh, one.mend_zh))] for one in noted]
    if lines:
        heads = [say(key) for key in ("outcome", "file", "why", "mend")]
        parts.table(heads, lines[:SHOWN], "told", stacks=True)
        if len(lines) > SHOWN:
            parts.show(f'<p class="quiet">{escape(say("rest", shown=SHOWN, n=len(lines)))}</p>')
    if sheets:
        _sheets(sheets)


def _sheets(sheets: list[OddSheet]) -> None:
    files = [(path, list(same)) for path, same in groupby(sheets, key=lambda sheet: sheet.path)]
    with parts.drawer(say("odd_sheets", n=len(files)), "odd_sheets") as is_open:
        if not is_open:
            return
        parts.show(f'<p class="quiet">{escape(say("odd_sheets_note"))}</p>')
        lines = [[escape(path), "<br>".join(escape(_sheet(sheet)) for sheet in same)] for path, same in files]
        parts.table([say("file"), say("sheet")], lines[:SHOWN], "sheets", stacks=True)
        if len(lines) > SHOWN:
            parts.show(f'<p class="quiet">{escape(say("rest", shown=SHOWN, n=len(lines)))}</p>')


def _sheet(sheet: OddSheet) -> str:
    name = say("sheet_csv") if sheet.sheet_name == "csv" else say("sheet_named", name=sheet.sheet_name)
    told = []
    if sheet.is_hidden:
        told.append(say("sheet_hidden"))
    if not sheet.table_name:
        told.append(say("sheet_strange", n=sheet.found) if sheet.found else say("sheet_prose"))
    if sheet.unused_columns:
        shown = say("comma").join(" ".join(column.split()) for column in sheet.unused_columns[:SHOWN_COLUMNS])
        more = say("near_more") if len(sheet.unused_columns) > SHOWN_COLUMNS else ""
        told.append(say("columns_unused", names=f"{shown}{more}"))
    return say("sheet_line", sheet=name, text=say("semicolon").join(told))


def _cause(door: Door, one: Cause, *, has_sender: bool) -> list[str]:
    names = say("comma").join(parts.sender(place, door.places[place].name) for place in one.counties)
    table = say(f"table_{one.table_name}")
    n = say("rows_mended", n=one.n, mended=one.mended) if one.mended else str(one.n)
    return [
        f'<span class="tag {one.severity}">{escape(say(f"cause_{one.severity}"))}</span>',
        f"{escape(table)}<br><small>{escape(names)}</small>" if has_sender else escape(table),
        escape(one.message_zh),
        escape(one.mend_zh),
        escape(n),
        parts.row_links(one.rows),
    ]


def _told(file: SentFile) -> list[str]:
    tag = _tag(file.standing, f"file_{file.standing}")
    return [tag, escape(file.path), escape(file.reason_zh), escape(file.mend_zh) or _EMPTY]


def _gone(one: Seen) -> list[str]:
    at = parts.moment(one.received_at)
    why = say("gone_why", digest=one.sha256[:8], at=at, n=one.accepted)
    return [_tag("reject", "gone"), *map(escape, (one.path, why, say("gone_mend")))]


def _tag(kind: str, key: str) -> str:
    return f'<span class="tag {kind}">{escape(say(key))}</span>'
