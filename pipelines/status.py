"""What every file brought, what was sent back and why: for the clerk, on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.snapshot import Row, Snapshot

_FINDINGS = """
    select finding.*, source.sheet_name, source.row_number
    from published.quarantine as finding
    join published.source_row as source on source.row_id = finding.row_id
    where finding.rule <> 'header_unrecognised'
    order by finding.severity, source.sheet_name, source.row_number, finding.column_name, finding.rule
"""
_STATES_ZH = {"landed": "入库", "partial": "部分入库", "refused": "整件退回", "identical": "内容相同"}


def status(snapshot: Snapshot) -> Iterator[str]:
    """Lines: one per file with its counts, below it what was refused or sent back, with reason and remedy."""
    yield f"发布 {snapshot.pointer.build_id}，计算时点 {snapshot.pointer.as_of:%Y-%m-%d %H:%M}"
    tables = _by_file(snapshot.ask_unscoped("select * from published.submission order by file_id, table_name"))
    findings = _by_file(snapshot.ask_unscoped(_FINDINGS))
    for file in snapshot.ask_unscoped(
        "select * from published.source_file order by month, county_id, received_at, path"
    ):
        yield f"{file['path']}  {_STATES_ZH[file['state']]}  收到 {file['received_at']:%Y-%m-%d %H:%M}"
        if file["reason_zh"]:
            yield f"    说明：{file['reason_zh']}"
        if file["mend_zh"]:
            yield f"    请：{file['mend_zh']}"
        for row in tables.get(file["file_id"], ()):
            yield (
                f"    {row['table_zh']}：读到 {row['found']} = 接收 {row['accepted']}"
                f" + 退回 {row['rejected']} + 重复 {row['identical']}；有提示 {row['warned']}，更正 {row['revised']}"
            )
        yield from _sent_back(findings.get(file["file_id"], ()))


def _sent_back(findings: list[Row] | tuple[Row, ...]) -> Iterator[str]:
    for finding in findings:
        verdict = {"reject": "退回", "warn": "提示"}[finding["severity"]]
        place = f"{finding['sheet_name']} 第 {finding['row_number']} 行"
        yield f"    {verdict} {place}：{finding['message_zh']} → {finding['mend_zh']}"


def _by_file(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["file_id"], []).append(row)
    return grouped
