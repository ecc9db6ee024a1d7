"""The demo on disk: ledgers as messy as real ones, receipts, and the truth planted in them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Delivery
from pipelines.demo.packets import Packet, packets
from pipelines.demo.places import load_land
from pipelines.demo.plan import MONTHS, SEED, make_plan
from pipelines.demo.ratings import Gap, gaps, rated
from pipelines.demo.truth import Obligation
from pipelines.demo.truth_coverage import Unmeasurable
from pipelines.demo.truth_rounds import truth

PIN = "_demo.json"
NOTE = "演示数据：人员、单位、事件均为虚构，姓名一律含“示例”。(invented demo data)"
RETURNED_COLUMNS = ("county_id", "month", "table", "file", "sheet", "marker", "rule")


class DemoError(RuntimeError):
    """The demo cannot be written here; says what stands in the way."""


@dataclass(frozen=True)
class DemoSummary:
    """What was written: counts of ledgers, of what they tell, of grid months that cannot be measured, and of
    duties by metric and state."""

    files: int
    patrols: int
    problems: int
    returned: int
    unmeasurable: int
    states: Mapping[str, Mapping[str, int]]


def write_demo(
    root: Path,
    sql: Path,
    *,
    seed: int = SEED,
    months: Sequence[str] = MONTHS,
    counties: Sequence[str] | None = None,
) -> DemoSummary:
    """Write the demo under root/data/raw and its truth under root/data/raw/_truth.

    sql: folder with seeds/. months: ascending 'YYYY-MM'. counties: county ids and `city`, all by default. The same
    arguments give the same bytes. Raises DemoError where data/raw already holds ledgers other than these, and
    PlanError for months or counties that cannot be planned.
    """
    raw = root / "data" / "raw"
    plan = make_plan(load_land(sql), seed, months, counties)
    # The truth before the mess: it cannot know how anything is written down.
    duties, unmeasurable = truth(plan)
    plan = rated(plan, duties, seed)
    sent = [(delivery, packets(plan, delivery)) for delivery in plan.deliveries.values()]
    contents: dict[Path, bytes] = {}
    for delivery, files in sent:
        folder = raw / delivery.month / COUNTIES[delivery.county_id].folder
        contents |= {folder / file.name: file.content for file in files}
        contents[folder / "_receipts.csv"] = _receipts(files)
    _refuse_other_ledgers(raw, contents)
    returned = [row for delivery, files in sent for row in _returned(delivery, files)]
    contents[raw / "_truth" / "obligation.csv"] = _table([f.name for f in fields(Obligation)], map(astuple, duties))
    contents[raw / "_truth" / "unmeasurable.csv"] = _table(
        [f.name for f in fields(Unmeasurable)], map(astuple, unmeasurable)
    )
    contents[raw / "_truth" / "self_gap.csv"] = _table([f.name for f in fields(Gap)], map(astuple, gaps(plan, duties)))
    contents[raw / "_truth" / "returned.csv"] = _table(RETURNED_COLUMNS, returned)
    pin = {"as_of": f"{AS_OF:%Y-%m-%d %H:%M}", "seed": seed, "note": NOTE}
    contents[raw / PIN] = (json.dumps(pin, ensure_ascii=False, indent=2) + "\n").encode()
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    metrics = sorted({d.metric_id for d in duties})
    return DemoSummary(
        files=sum(len(files) for _, files in sent),
        patrols=len(plan.patrols),
        problems=len(plan.problems),
        returned=len(returned),
        unmeasurable=len(unmeasurable),
        states={metric: dict(Counter(d.state for d in duties if d.metric_id == metric)) for metric in metrics},
    )


def _refuse_other_ledgers(raw: Path, contents: Mapping[Path, bytes]) -> None:
    """Never mix the demo with real ledgers, nor with a demo of other months or counties."""
    there = [path for path in raw.glob("[0-9]*/*/*") if path.is_file() and path not in contents and path.name[0] != "."]
    if there:
        first = min(there).relative_to(raw).as_posix()
        raise DemoError(
            f"data/raw 中已有 {len(there)} 个其他文件（如 {first}），不写入演示数据；"
            "请换一个空目录，或先移走这些文件 (data/raw holds other ledgers; use an empty root)"
        )


def _receipts(files: Sequence[Packet]) -> bytes:
    return _table(("file", "received_at"), [(file.name, f"{file.received_at:%Y-%m-%d %H:%M}") for file in files])


def _returned(delivery: Delivery, files: Sequence[Packet]) -> Iterable[tuple[str, ...]]:
    """One entry per row that must go back."""
    for file in files:
        for sheet in file.sheets:
            for line in sheet.lines:
                if line.returned:
                    where = (delivery.county_id, delivery.month, sheet.table, file.name, sheet.name)
                    yield (*where, line.marker, line.returned)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_text(value) for value in row] for row in rows])
    return target.getvalue().encode()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)
