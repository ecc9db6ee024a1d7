"""What every file brought, what was sent back and why: for the clerk, on the command line, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.files import SETTLED, File, files, misplaced
from pipelines.snapshot import CITY, Row, Scope, Snapshot
from pipelines.snapshot.alarms import HIDDEN
from pipelines.snapshot.delivered import missing_rows
from pipelines.snapshot.explained import departed
from pipelines.snapshot.fixed import fixed_months, told
from pipelines.snapshot.vanished import Seen

_MONTH = re.compile(r"\d{4}-\d{2}")
_CSV = "csv"  # the name under which the one sheet of a CSV stands
_FINDINGS = """
    select finding.*, source.sheet_name, source.row_number
    from published.quarantine as finding
    join published.source_row as source on source.row_id = finding.row_id
    where finding.rule <> 'header_unrecognised'
    order by finding.severity, source.sheet_name, source.row_number, finding.column_name, finding.rule
"""
_SHEETS = f"""
    select sheet.file_id, sheet.sheet_name, sheet.unused_columns, sheet.is_no_ledger, {HIDDEN} as is_hidden
    from published.source_sheet as sheet order by sheet.file_id, sheet.sheet_name
"""
_WHOLE = """
    select file_id, table_zh, message_zh, mend_zh from published.file_finding
    order by file_id, table_name, rule, column_name
"""
_LACKING = """
    select county.name as county_zh, lacking.month, lacking.table_zh,
        string_agg(lacking.field_zh, '、' order by lacking.field) as fields_zh
    from published.lacking_field as lacking
    join place as county on county.grid_id = lacking.county_id
    where lacking.county_id in (from visible_county)
        and $county_id in ('', lacking.county_id) and $month in ('', lacking.month)
    group by county.name, county.code, lacking.month, lacking.table_zh
    order by lacking.month, county.code, lacking.table_zh
"""
_RELABELLED = """
    select distinct source.file_id, revision.table_name, revision.old, revision.new
    from published.revision as revision
    join published.source_row as source on source.row_id = revision.to_row_id
    where revision.is_relabel
    order by source.file_id, revision.table_name, revision.old, revision.new
"""


@dataclass(frozen=True)
class Part:
    """Which files are asked for: of a county (or of `city`, the detachment), of a month's folder, or only those of
    which somebody has to mend something; without any of it all."""

    county_id: str = ""
    month: str = ""
    is_to_mend: bool = False

    def holds(self, county_id: str, month: str) -> bool:
        """Whether what lies in a county's folder of a month is asked for."""
        return self.county_id in ("", county_id) and self.month in ("", month)

    def may_hold(self, path: str) -> bool:
        """Whether what was not read may be asked for: of another month's folder it is not."""
        folder = path.partition("/")[0]
        return not (self.month and _MONTH.fullmatch(folder)) or folder == self.month


def status(snapshot: Snapshot, lost: Sequence[Seen] = (), part: Part = Part()) -> Iterator[str]:
    """Lines: what was not read, what was read before and is gone, which months are fixed, which columns a county's
    month lacks; then per file its counts, what was not used, what went back and how to mend it.

    Of a part: what did not come, too; what was not read where it may be meant; months, columns where they bear on it.
    """
    yield f"发布 {snapshot.pointer.build_id}，计算时点 {snapshot.pointer.as_of:%Y-%m-%d %H:%M}"
    for one in misplaced(snapshot):
        if part.may_hold(one.path):
            yield f"未读 {one.path}：{one.reason_zh}"
    yield from (one.told for one in lost if part.holds(one.county_id, one.month))
    if not part.county_id:
        yield from _fixed(snapshot, part.month)
    if part.county_id or part.month:
        yield from _not_sent(snapshot, part)
    yield from _lacking(snapshot, part)
    asked = [file for file in files(snapshot) if part.holds(file.county_id, file.month)]
    wanted = [file for file in asked if file.needs_care or not part.is_to_mend]
    if not asked:
        yield "没有收到这里的文件"
    elif part.is_to_mend:
        yield f"{len(asked)} 个文件，需要处理的 {len(wanted)} 个"
    yield from _files(snapshot, wanted)


def _fixed(snapshot: Snapshot, asked: str) -> Iterator[str]:
    """The months that are fixed or should be, and explanations whose duty is gone; asked: a month, or '' for all."""
    for month in fixed_months(snapshot):
        if asked not in ("", month.period):
            continue
        word = "固化" if month.is_intact else "尚未固化" if month.is_missing else "固化数据损坏"
        yield f"{word} {told(month)}"
    for gone in departed(snapshot, Scope(), month=asked):
        of = f"{gone.period} {gone.metric_zh} {gone.grid_name} {gone.obligation_id}"
        yield f"情况说明 {of}：义务已不在（固化时超期，其后更正）"
        yield f"    {gone.said.written_on} {gone.said.by}：{' '.join(gone.said.text.split())}"


def _files(snapshot: Snapshot, wanted: Sequence[File]) -> Iterator[str]:
    tables = _by_file(snapshot.ask_unscoped("select * from published.submission order by file_id, table_name"))
    sheets = _by_file(snapshot.ask_unscoped(_SHEETS))
    relabelled = _by_file(snapshot.ask_unscoped(_RELABELLED))
    findings = _by_file(snapshot.ask_unscoped(_FINDINGS))
    whole = _by_file(snapshot.ask_unscoped(_WHOLE))
    for file in wanted:
        yield from _head(file)
        yield from (f"    {line}" for line in _tables(tables.get(file.file_id, ()), relabelled.get(file.file_id, ())))
        yield from (f"    {line}" for line in _sheets(sheets.get(file.file_id, ())))
        yield from (f"    {line}" for line in _of_whole(whole.get(file.file_id, ())))
        yield from (f"    {line}" for line in _sent_back(findings.get(file.file_id, ())))


def _not_sent(snapshot: Snapshot, part: Part) -> Iterator[str]:
    """The ledgers of a part that had to come and did not."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for row in missing_rows(snapshot, Scope(), part.month or f"{snapshot.pointer.as_of:%Y-%m}"):
        if part.holds(row["county_id"], row["month"]):
            name = "市支队" if row["county_id"] == CITY else row["county_name"]
            lacking.setdefault((row["month"], name), []).append(row["table_zh"])
    yield from (f"未报送 {month} {name}：{'、'.join(tables)}" for (month, name), tables in lacking.items())


def _lacking(snapshot: Snapshot, part: Part) -> Iterator[str]:
    """A line for each ledger of a county's month that was delivered without columns it should have."""
    for row in snapshot.ask(Scope(), _LACKING, county_id=part.county_id, month=part.month):
        place = f"{row['month']} {row['county_zh']} {row['table_zh']}"
        yield f"缺列 {place}：没有“{row['fields_zh']}”列 → 请补上后整份重新报送"


def _head(file: File) -> Iterator[str]:
    word = f"{file.word}（{file.detail}）" if file.detail else file.word
    basis = "（首次看到）" if file.is_first_sight else ""
    yield f"{file.path}  {word}  收到 {file.received_at:%Y-%m-%d %H:%M}{basis}"
    if file.reason_zh:
        yield f"    说明：{file.reason_zh}"
    if file.mend_zh and file.word != SETTLED:
        yield f"    请：{file.mend_zh}"


def _tables(rows: Sequence[Row], relabelled: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if row["table_name"] or row["found"]:
            beside = [f"有提示 {row['warned']} 行"] if row["warned"] else []
            beside += [f"更正先前记录 {row['revised']} 行"] if row["revised"] else []
            if row["relabelled"]:
                words = [f"“{r['old']}”→“{r['new']}”" for r in relabelled if r["table_name"] == row["table_name"]]
                beside.append(f"改换说法 {row['relabelled']} 行（{'、'.join(words)}）")
            counts = f"接收 {row['accepted']} + 退回 {row['rejected']} + 重复 {row['identical']}"
            yield "；".join([f"{row['table_zh']}：读到 {row['found']} = {counts}", *beside])


def _sheets(rows: Sequence[Row]) -> Iterator[str]:
    """Of each sheet what its sender may not expect: that it was set aside, or read though hidden, and the columns
    nobody uses."""
    aside = [row["sheet_name"] for row in rows if row["is_no_ledger"]]
    if aside:
        yield f"不是台账（收件登记）：{'、'.join(aside)}"
    hidden = [row["sheet_name"] for row in rows if row["is_hidden"] and not row["is_no_ledger"]]
    if hidden:
        yield f"隐藏工作表：{'、'.join(hidden)}（已照常读取）"
    for row in rows:
        if row["unused_columns"]:
            place = f"（工作表“{row['sheet_name']}”）" if len(rows) > 1 else ""
            yield f"未用的列{place}：{'、'.join(' '.join(name.split()) for name in row['unused_columns'])}"


def _of_whole(rows: Sequence[Row]) -> Iterator[str]:
    """What is odd about a table as a whole and no row's fault."""
    for row in rows:
        yield f"提示 {row['table_zh']}：{row['message_zh']} → {row['mend_zh']}"


def _sent_back(findings: Sequence[Row]) -> Iterator[str]:
    for finding in findings:
        verdict = {"reject": "退回", "warn": "提示"}[finding["severity"]]
        is_settled = finding["severity"] == "reject" and finding["is_mended"]
        verdict += "，已重报" if is_settled else ""
        sheet = "" if finding["sheet_name"] == _CSV else f"工作表“{finding['sheet_name']}”"
        place = f"{sheet}第 {finding['row_number']} 行"
        mend = "" if is_settled else f" → {finding['mend_zh']}"
        yield f"{verdict} {place}：{finding['message_zh']}{mend}　行编号 {finding['row_id']}"


def _by_file(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["file_id"], []).append(row)
    return grouped
