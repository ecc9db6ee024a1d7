"""A line of the timeline of 履职追溯 in words: when, what, who, what was written, on which rows it rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboards import duties, parts
from dashboards.words import say
from pipelines.snapshot.history_of import Event, Patrol, stood
from pipelines.snapshot.history_posts import Change
from pipelines.snapshot.history_problems import Step
from pipelines.snapshot.walk import Obligation

SHOWN = ("", "patrol", "problem", "duty", "post")


@dataclass(frozen=True)
class Line:
    """One event in words. clock: its time of day, '' where only the day is known; precision says which. state: of a
    duty. rows: word and row_id of every row it rests on. duty: where there is one, for the link to its list."""

    kind: str
    day: date
    clock: str
    precision: str
    what: str
    state: str
    who: tuple[str, ...]
    wrote: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    duty: Obligation | None = None


def kind_of(event: Event) -> str:
    """Which of SHOWN an event is of."""
    return {Patrol: "patrol", Step: "problem", Change: "post"}.get(type(event.what), "duty")


def line(event: Event, asked: date) -> Line:
    """The event in words; `asked` is the day the page is about."""
    what = event.what
    if isinstance(what, Patrol):
        told = _patrol(what, is_before=event.day <= asked, asked=asked)
    elif isinstance(what, Step):
        told = _step(what)
    elif isinstance(what, Change):
        told = _change(what)
    else:
        told = _duty(what, asked)
    title, state, who, wrote, rows = told
    duty = what if isinstance(what, Obligation) else None
    clock = f"{event.at:%H:%M}" if event.at else ""
    return Line(kind_of(event), event.day, clock, _precision(event), title, state, _full(who), _full(wrote), rows, duty)


_Told = tuple[str, str, Iterable[str], Iterable[str], tuple[tuple[str, str], ...]]


def _precision(event: Event) -> str:
    if event.is_undated:
        return "begun"
    if event.is_end:
        return "end"
    return event.half or ("minute" if event.at else "day")


def _patrol(patrol: Patrol, *, is_before: bool, asked: date) -> _Told:
    nobody = say("history_by_above" if patrol.is_by_others else "history_nobody_written")
    names = patrol.inspectors or patrol.leader or nobody
    who = [say("history_led", names=names, leader=patrol.leader) if _is_told_apart(patrol) else names]
    posts: dict[str, list[str]] = {}
    for name, grid, post in patrol.posts:
        posts.setdefault(name, []).append(say("history_went_post", grid=grid, post=_post(post)))
    who += [say("history_went_as", name=name, posts=say("comma").join(held)) for name, held in posts.items()]
    who += [say("history_by_grid", grid=patrol.by_grid_name)] if patrol.by_grid_name else []
    found = say("history_no_findings") if patrol.findings is None else say("history_findings", n=patrol.findings)
    wrote = [
        say("history_quote", text=patrol.note) if patrol.note else "",
        found,
        say("history_spot", n=patrol.corrected_on_spot) if patrol.corrected_on_spot else "",
        say("history_sites", names=patrol.sites) if patrol.sites else "",
        _entered(patrol, is_before=is_before, asked=asked),
        say("history_no_credit", reason=patrol.reason_zh) if patrol.reason_zh else "",
        *_edition(patrol.version_no, patrol.absent_in_latest),
    ]
    title = say("history_patrol", kind=say(f"patrol_kind_{patrol.kind}")) + f"　{patrol.grid_name}"
    return title, "", who, wrote, _row(patrol.row_id)


def _is_told_apart(patrol: Patrol) -> bool:
    return bool(patrol.leader) and patrol.leader != patrol.inspectors and bool(patrol.inspectors)


def _entered(patrol: Patrol, *, is_before: bool, asked: date) -> str:
    """When it was entered; of a patrol up to the day asked for, whether only after that day."""
    if patrol.entered_at is None:
        return ""
    key = "history_entered_later" if is_before and patrol.entered_at.date() > asked else "history_entered"
    return say(key, at=parts.moment(patrol.entered_at))


def _edition(version_no: int | None, is_absent: bool | None) -> list[str]:
    told = [say("history_version", n=version_no)] if version_no is not None and version_no > 1 else []
    return [*told, say("history_absent")] if is_absent else told


def _step(step: Step) -> _Told:
    title = say("history_step", step=say(f"history_step_{step.word}"), number=step.problem_no or step.problem_id)
    if step.is_by_others:
        who = say("history_by_above")
    elif step.who:
        who = say("history_by", grid=step.by_grid_name, names=step.who).strip()
    else:
        who = say("history_of_grid", grid=step.by_grid_name) if step.by_grid_name else say("history_see_row")
    wrote = [
        step.description,
        say("history_sites", names=step.site) if step.site and step.word == "discovered" else "",
        say("history_source", text=say(f"history_source_{step.source}"))
        if step.source and step.word == "discovered"
        else "",
        say("history_on_spot") if step.corrected_on_spot and step.word == "rectified" else "",
        say("history_closure", text=say(f"history_closure_{step.closure}"))
        if step.closure and step.word == "closed"
        else "",
        say("history_result", text=say(f"history_result_{step.result}")) if step.result else "",
        say("history_basis", text=step.basis) if step.basis else "",
        *(_edition(step.version_no, step.absent_in_latest) if step.word == "discovered" else ()),
    ]
    return title, "", [who], wrote, _row(step.row_id)


def _change(change: Change) -> _Told:
    post = _post(change.post) if change.post else ""
    title = say("history_change", change=say(f"history_change_{change.word}"), grid=change.grid_name, post=post)
    deputy = say("history_deputy", name=change.deputy) if change.deputy else ""
    return title, "", [change.name], [deputy], _row(change.row_id)


def _duty(duty: Obligation, asked: date) -> _Told:
    key = "history_due" if duty.due_at else "history_undated"
    who = [say("history_owed_by", grid=duties.where(duty)), *duties.people(duty)]
    wrote = [say(f"history_stood_{stood(duty, asked)}"), say("basis", text=duty.due_basis) if duty.due_basis else ""]
    if duty.met_at is not None:
        wrote.insert(1, say("met_on", day=parts.day(duty.met_at)))
    rows = {duty.duty_row_id: "duty_row", duty.met_row_id: "met_row"}
    if duty.duty_row_id == duty.met_row_id:
        rows = {duty.duty_row_id: "both_row"}
    found = tuple((say(word), row_id) for row_id, word in rows.items() if row_id)
    return say(key, what=duties.subject(duty)), duty.state, who, wrote, found


def _post(post: str) -> str:
    return say(f"history_post_{post}") if post else ""


def _row(row_id: str) -> tuple[tuple[str, str], ...]:
    return ((say("history_row"), row_id),) if row_id else ()


def _full(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
