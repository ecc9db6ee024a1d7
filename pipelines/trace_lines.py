"""How `trace` prints one row of a file: where it stands, what it says, and moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from pipelines.snapshot.beside import ReturnedRow
from pipelines.snapshot.evidence import KIND_ZH, SourceRow
from pipelines.snapshot.judged import ASSURANCE_ZH, MARK_ZH, UNJUDGED_ZH, VARIATION_ZH, Judged
from pipelines.snapshot.standing import Undecided, undecided
from pipelines.snapshot.walk import STATE_ZH


def source_lines(row: SourceRow) -> Iterator[str]:
    """File, sheet, row, digest and every filled cell under its header."""
    yield f"来源 {where(row)}（{KIND_ZH.get(row.kind, row.kind)}）"
    yield f"  行编号 {row.row_id}"
    yield f"  文件摘要 (sha256) {row.sha256}　收到 {moment(row.received_at)}"
    if row.is_absent:
        yield "  重报后不再出现：同表后来的报送里没有这一行，仍计入"
    if row.same_as:
        yield f"  重复：与先前报来的 {row.same_as} 内容相同，计的是那一行"
    for cell in row.cells:
        if cell.text:
            yield f"  {cell.header or f'第 {cell.column} 列（无表头）'} = {cell.text}"


def where(row: SourceRow | ReturnedRow) -> str:
    """File, sheet and row as a clerk looks them up."""
    sheet = "（CSV）" if row.sheet_name == "csv" else row.sheet_name
    return f"{row.path}　工作表 {sheet}　第 {row.row_number} 行"


def moment(at: datetime | None) -> str:
    """To the second; a dash for none."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at is not None else "—"


def judged_lines(
    found: Judged | None, said: Callable[[float], str], *, is_few: bool = False, has_chart: bool = True
) -> Iterator[str]:
    """The interval and the verdict on a figure; `said` prints a number in its unit. is_few: it stands as x/n alone."""
    if found is None:
        return
    if found.low is not None and not is_few:
        yield f"95% 区间 {said(found.low)} 至 {'（还看不到）' if found.high is None else said(found.high)}"
    if found.variation and found.centre is not None and found.lower is not None and found.upper is not None:
        mark = f"（{MARK_ZH[found.mark]}）" if found.mark else ""
        limits = f"中线 {said(found.centre)}，界限 {said(found.lower)} 至 {said(found.upper)}"
        assured = f"　达标把握 {ASSURANCE_ZH[found.assurance]}" if found.assurance else ""
        yield f"波动 {VARIATION_ZH[found.variation]}{mark}　{limits}{assured}"
    elif has_chart:
        yield f"波动 {UNJUDGED_ZH}"


def nothing_due(counts: Undecided) -> str:
    """无应办, or the state of the duties there are instead."""
    state = undecided(counts)
    return f"{STATE_ZH[state]}，无法计算" if state == "unreported" else STATE_ZH[state] if state else "无应办"
