"""提示函 and 督办单: what a grid itself is past due with, told to the grid, as a draft to be signed.

A metric that is past due for the first time is a reminder's matter (提示函); one that was past due when the month
began, or of which something that can still be done is more than LONG_DAYS days over, is an order's (督办单). One paper
takes all metrics of the grid and has the graver of their kinds, unless a kind is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipelines.reports import PaperError
from pipelines.snapshot import Row, Scope, Snapshot
from pipelines.snapshot.explained import Explained, explanations
from pipelines.snapshot.fixed import fixed_months
from pipelines.snapshot.standing import Build, Metric, build_of, metrics
from pipelines.snapshot.urged import (
    Ledger,
    Source,
    Standing,
    above,
    ledgers,
    overdue,
    sources,
    standings,
    unreported,
)
from pipelines.snapshot.walk import Obligation

REMINDER, ORDER = "提示函", "督办单"
KINDS = (REMINDER, ORDER)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_NAMED = 5
NOT_FIXED = "该月尚未固化"


@dataclass(frozen=True)
class Supervision:
    """What a paper says. chain: the grid, then all above it up to the city, each with grid_id, name and level.

    of_month and carried hold every duty once; sources: by row id; said: by explained.key_of; metric_zh '' for all.
    left: what the grid is past due with and this paper does not list, because one metric or one kind was asked for.
    """

    kind: str
    month: str
    metric_zh: str
    chain: tuple[Row, ...]
    standings: tuple[Standing, ...]
    of_month: tuple[Obligation, ...]
    carried: tuple[Obligation, ...]
    unreported: tuple[Obligation, ...]
    build: Build
    stage_zh: str = NOT_FIXED
    sources: Mapping[str, Source] = field(default_factory=dict)
    ledgers: tuple[Ledger, ...] = ()
    said: Mapping[str, tuple[Explained, ...]] = field(default_factory=dict)
    left: tuple[Standing, ...] = ()

    @property
    def grid_name(self) -> str:
        """Whose paper it is; a township with its county."""
        own = self.chain[0]
        county = next((place["name"] for place in self.chain if place["level"] == 2), "")
        return f"{county}{own['name']}" if own["level"] > 2 else str(own["name"])

    @property
    def only_zh(self) -> str:
        """What alone the paper lists, '' where it lists all."""
        if self.metric_zh:
            return f"“{self.metric_zh}”一项指标"
        return f"应出{self.kind}的事项" if self.left else ""

    @property
    def left_zh(self) -> str:
        """How much more the grid is past due with, and where it stands; '' where the paper lists all."""
        n = sum(one.of_month + one.carried for one in self.left)
        if not n:
            return ""
        names = "、".join(one.metric_zh for one in self.left[:_NAMED])
        names += f"等{len(self.left)}项指标" if len(self.left) > _NAMED else ""
        other = next(kind for kind in KINDS if kind != self.kind)
        return f"另有{n}项{'属其他指标' if self.metric_zh else f'见{other}'}（{names}）"

    def lapses(self, duty: Obligation) -> bool:
        """Whether the duty cannot be made good any more, so that days tell nothing of it."""
        return any(one.lapses for one in self.standings if one.metric_id == duty.metric_id)

    @property
    def as_of(self) -> datetime:
        """The moment the paper stands for."""
        return self.build.as_of


def paper(
    snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_id: str | None = None, kind: str | None = None
) -> tuple[str, bytes]:
    """File name and content (.docx) of the paper for a grid and a month, of one metric or of all.

    kind: 提示函 or 督办单, None for what it has come to. What the grid itself owes, not what stands below it: the paper
    goes to who bears the duty. Names of people are covered as the scope says. Raises PaperError, with a message for the
    reader, where nothing is overdue, where the scope does not see the grid, and for an unknown metric, month or kind.
    """
    told = supervision(snapshot, scope, grid_id, month, metric_id, kind)
    return file_name(told), written(told)


def written(told: Supervision) -> bytes:
    """The paper's content (.docx)."""
    # The library that writes documents is only loaded by those who write one.
    from pipelines.reports.supervision_paper import document

    return document(told)


def file_name(told: Supervision) -> str:
    """督办单_安化县_2026-10_按期整改率.docx, without what a file's name may not hold; a part says so."""
    parts = [told.kind, told.grid_name, told.month, told.metric_zh or told.only_zh]
    return re.sub(r'[\\/:*?"<>|\s]', "", "_".join(part for part in parts if part)) + ".docx"


def kind_of(found: Standing) -> str:
    """Which paper one metric's overdue duties have come to."""
    return REMINDER if found.is_first else ORDER


def supervision(
    snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_id: str | None = None, kind: str | None = None
) -> Supervision:
    """What the paper says; raises PaperError as `paper` does."""
    if not _MONTH.fullmatch(month):
        raise PaperError(f"月份应写成 2026-10，现为 {month!r} (not a month)")
    if kind is not None and kind not in KINDS:
        raise PaperError(f"文种应为 {'、'.join(KINDS)} 之一，现为 {kind!r} (unknown kind)")
    metric = _metric(snapshot, metric_id) if metric_id else None
    chain = above(snapshot, scope, grid_id, month)
    if not chain:
        raise PaperError(f"没有这个网格，或该月还没有设立：{grid_id!r} (unknown grid)")
    wanted = metric.metric_id if metric else ""
    everything = standings(snapshot, scope, grid_id, month)
    found = [one for one in everything if wanted in ("", one.metric_id)]
    kept = [one for one in found if kind in (None, kind_of(one))]
    silent = unreported(snapshot, scope, grid_id, month, wanted)
    if not kept:
        raise PaperError(_nothing(snapshot, scope, chain[0], month, metric, kind, found, len(silent)))
    duties = overdue(snapshot, scope, grid_id, month, [one.metric_id for one in kept])
    return Supervision(
        kind or (ORDER if any(kind_of(one) == ORDER for one in kept) else REMINDER),
        month,
        metric.zh if metric else "",
        chain,
        tuple(kept),
        tuple(duty for duty in duties if duty.period == month),
        tuple(duty for duty in duties if duty.period != month),
        tuple(silent),
        build_of(snapshot),
        _stage(snapshot, month),
        sources(snapshot, scope, duties),
        tuple(ledgers(snapshot, scope, duties)),
        explanations(snapshot, scope, duties),
        tuple(one for one in everything if one not in kept),
    )


def _metric(snapshot: Snapshot, metric_id: str) -> Metric:
    known = metrics(snapshot)
    for metric in known:
        if metric_id in (metric.metric_id, metric.zh):
            return metric
    listed = "、".join(f"{metric.metric_id}（{metric.zh}）" for metric in known)
    raise PaperError(f"没有这个指标：{metric_id!r}；有义务的指标：{listed} (unknown metric)")


def _stage(snapshot: Snapshot, month: str) -> str:
    """How far the month is fixed; the paper tells the state of its own moment all the same."""
    stages = [one.stage_zh for one in fixed_months(snapshot) if one.period == month and one.is_intact]
    return f"该月已固化（{stages[-1]}）" if stages else NOT_FIXED


def _nothing(
    snapshot: Snapshot,
    scope: Scope,
    own: Row,
    month: str,
    metric: Metric | None,
    kind: str | None,
    found: list[Standing],
    silent: int,
) -> str:
    """Why there is no paper, and whose there might be."""
    what = f"“{metric.zh}”" if metric else ""
    if found:
        return f"{own['name']} {month} {what}没有应出{kind}的；可出{kind_of(found[0])} (of another kind)"
    told = f"{own['name']} {month} {what}自己承担的义务没有超期未办结的，不出督办单、提示函"
    if silent:
        told += f"；另有 {silent} 项因台账未送达而不知，台账未送达不等于未履行，请先催报"
    below = standings(snapshot, scope, own["grid_id"], month, metric.metric_id if metric else "", is_below=True)
    counted: dict[str, int] = {}
    for one in below:
        counted[one.grid_name] = counted.get(one.grid_name, 0) + one.of_month + one.carried
    if counted:
        listed = "、".join(f"{name} {n} 项" for name, n in list(counted.items())[:_NAMED])
        more = f" 等 {len(counted)} 个" if len(counted) > _NAMED else ""
        told += f"；其下级有：{listed}{more}，请按承担义务的网格出"
    return f"{told} (nothing overdue)"
