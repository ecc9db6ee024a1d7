"""A form for 情况说明: TOML with one entry, commented out, for every duty past due that nobody has spoken of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.reports import write_paper
from pipelines.reports.asked import county_asked
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.explained import unexplained
from pipelines.snapshot.walk import STATE_ZH, Obligation


@dataclass(frozen=True)
class ExplanationForm:
    """The form's text, whose it is, and how many duties it lists."""

    text: str
    county: str
    entries: int


def explanation_form(snapshot: Snapshot, scope: Scope, county: str, month: str) -> ExplanationForm:
    """The form for a county, named by id, code or Chinese name, and a month.

    Raises PaperError for a county the scope does not see or a month that is none.
    """
    county_id, name = county_asked(snapshot, scope, county, month)
    duties = unexplained(snapshot, scope, county_id, month)
    return ExplanationForm("\n".join(_lines(duties, name, month, snapshot.pointer.as_of)), name, len(duties))


def write_form(path: Path, text: str) -> None:
    """Write a form whole or not at all. Raises PaperError for another suffix or a file that stands already."""
    write_paper(path, text.encode("utf-8"), ".toml", may_replace=False)


def _lines(duties: Sequence[Obligation], county: str, month: str, as_of: datetime) -> Iterator[str]:
    yield f"# 情况说明　{county}　{month}　数据截至 {as_of:%Y-%m-%d %H:%M}"
    yield '# 要说明的那一条：去掉 [[explanation]] 起六行行首的“# ”，在英文引号 "" 里填谁写的、写于哪天、说明。'
    yield "# 写于：写成 2026-11-05，也可写 2026年11月5日。"
    yield "# 说明：写在一行里，不按回车；里面要用引号就用中文的 “ ”，不用反斜杠。"
    yield "# 填好后放在 data/state/explanations/ 下，再 build 一次。说明不改变状态，写在义务旁边。"
    for duty in duties:
        due = f"{duty.due_at:%Y-%m-%d %H:%M}" if duty.due_at else "—"
        yield ""
        subject = " ".join(duty.subject_text.split())
        yield f"# {STATE_ZH[duty.state]}　{duty.metric_zh}　{duty.grid_name}　时限 {due}　{subject}"
        yield "# [[explanation]]"
        # Quoted, because the bare keys of TOML are Latin; read without quotes too.
        yield f'# "指标" = {_quoted(duty.metric_id)}'
        yield f'# "义务编号" = {_quoted(duty.obligation_id)}'
        yield '# "谁写的" = ""'
        yield '# "写于" = ""  # 写成 2026-11-05'
        yield '# "说明" = ""'
    yield ""


def _quoted(text: str) -> str:
    """A basic string of TOML; its escapes are JSON's."""
    return json.dumps(text, ensure_ascii=False)
