"""The honest rate beside other ways of counting, and why they differ; petitions and assignments by kind of limit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

from dashboards import beside, downloads, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot.measurable import blind_grids, measured, why_not
from pipelines.snapshot.standing import Metric, figures, percent
from pipelines.snapshot.timeliness import ClassLine, Rates, by_class, rates

REMARKS = (("no_deadline", "undated"), ("unreported", "silent"), ("bad_dates", "clashing"), ("pending", "still_open"))
CLASS_STATES = ("late", "overdue", "pending", "no_deadline", "bad_dates", "unreported")


def side_by_side(door: Door, choice: Choice, metric: Metric, level: str) -> None:
    """按期率, 仅按已办结计, 按原时限 and, where a ledger is missing, 未报送按未履行计; one sentence why two differ."""
    where, when = parts.place_words(door, choice.grid), parts.span_label(door, choice)
    parts.section(say("figure_head", metric=named(metric), grid=where, month=when, level=parts.level_words(level)))
    found = door.ask(rates, metric.metric_id, choice.grid, level, choice.span, choice.period)
    if found is None or not found.due:
        _nothing(door, choice, metric, level)
    else:
        _boxes(found, choice, level)
        parts.show(f'<p class="why-differ">{escape(_why(found))}</p>')
    if found is not None:
        lines = (
            f"<li>{_link(choice, escape(say(key, k=getattr(found, state))), level=level, state=state)}</li>"
            for state, key in REMARKS
            if getattr(found, state)
        )
        parts.show(f'<ul class="remarks">{"".join(lines)}</ul>')


def by_kind_of_limit(door: Door, choice: Choice) -> None:
    """信访受理, 信访答复, 热线, 交办: x of n on time each, and what is not counted."""
    parts.section(
        f"{say('by_class')}　{parts.place_words(door, choice.grid)}",
        say("by_class_note", span=parts.span_label(door, choice)),
    )
    found = door.ask(by_class, choice.grid, choice.duty_period)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("by_class_none"))}</p>')
        return
    headers = [say("class_metric"), say("class_limit"), say("class_share")]
    headers += [say(f"state_{state}") for state in CLASS_STATES]
    parts.table(headers, [_class_cells(door, line, choice) for line in found], "classes", stacks=True)
    rows = [
        [_class_name(door, line), say(f"limit_{_kind(line)}"), line.on_time, line.due]
        + [getattr(line, state) for state in CLASS_STATES]
        for line in found
    ]
    about = list({named(door.metrics[line.metric_id]): line.limit_zh for line in found}.items())
    flat = [*headers[:2], say("state_on_time"), say("owed_due"), *headers[3:]]
    name = f"{say('by_class')}　{parts.place_words(door, choice.grid)}　{parts.span_label(door, choice)}"
    downloads.offer(door, name, flat, rows, about)


def _nothing(door: Door, choice: Choice, metric: Metric, level: str) -> None:
    """Not measurable with the reasons, or nothing due."""
    figure = door.ask(figures, metric.metric_id, choice.grid, choice.month).get(level)
    blind = door.ask(blind_grids, metric.metric_id, choice.grid, choice.month, level)
    reasons = why_not(figure, blind, door.ask(measured, metric.metric_id, choice.grid, choice.month))
    parts.show(f'<p class="none-due">{escape(say("blind" if reasons else "nothing_due"))}</p>')
    parts.show(beside.reasons(reasons, metric) if reasons else f'<p class="quiet">{escape(say("rates_none"))}</p>')


def _boxes(found: Rates, choice: Choice, level: str) -> None:
    few = say("no_rate_few", min_n=found.min_n)
    opens = partial(_link, choice, level=level, state="")
    has = found.has_percentage
    interval = ""
    if has and found.low is not None and found.high is not None:
        interval = say("interval", low=percent(found.low), high=percent(found.high))
    target = say("target", target=f"{found.target:.0%}") if found.target is not None else ""
    boxes = [
        _box("honest", found.on_time, found.due, found.rate if has else None, (interval or few, target), opens),
        _box(
            "closed_only",
            found.on_time,
            found.closed,
            found.rate_closed_only if found.has_closed_percentage else None,
            ("" if found.has_closed_percentage else few,),
            opens,
        ),
        _box("original_rate", found.on_time_original, found.due, found.rate_original if has else None, (), opens),
    ]
    if found.unreported:
        rate = found.rate_if_unmet if has else None
        boxes.append(_box("silent_rate", found.on_time, found.owed, rate, (), opens))
    parts.show(f'<div class="rates">{"".join(boxes)}</div>')


def _box(
    key: str, part: int, whole: int, rate: float | None, lines: tuple[str, ...], opens: Callable[[str], str]
) -> str:
    shown = f'<span class="rate">{percent(rate)}</span>' if rate is not None else ""
    told = "".join(f"<p>{escape(line)}</p>" for line in (say(f"counted_{key}"), *lines) if line)
    return (
        f'<section class="{key}"><h3>{escape(say(key))}</h3>'
        f'<p class="xn">{opens(f"<b>{part}</b> / {whole}")}{shown}</p>{told}</section>'
    )


def _why(found: Rates) -> str:
    key = "why_same" if not found.overdue else "why_differ" if found.closed else "why_none_closed"
    return say(key, due=found.due, overdue=found.overdue, closed=found.closed, on_time=found.on_time)


def _class_cells(door: Door, line: ClassLine, choice: Choice) -> list[str]:
    given = {"metric": line.metric_id, "level": "all"}
    rate = f" <small>{percent(line.rate)}</small>" if line.rate is not None else ""
    share = f'<span class="nothing">{escape(say("none"))}</span>'
    if line.due:
        share = _link(choice, f"<b>{line.on_time}</b> / {line.due}", **given, state="") + rate
    cells = [escape(_class_name(door, line)), escape(say(f"limit_{_kind(line)}")), share]
    for state in CLASS_STATES:
        n = getattr(line, state)
        cells.append(_link(choice, str(n), **given, state=state) if n else '<span class="nothing">0</span>')
    return cells


def _kind(line: ClassLine) -> str:
    if line.limit_class == "unreported":
        return "unreported"
    return f"{line.metric_id}_{line.limit_class}" if line.limit_class else line.metric_id


def _class_name(door: Door, line: ClassLine) -> str:
    if line.limit_class == "unreported":
        return f"{named(door.metrics[line.metric_id])}　{say('class_unreported')}"
    return say(f"class_{_kind(line)}")


def _link(choice: Choice, html: str, **changes: object) -> str:
    return parts.link("obligations", choice.link(**{"page": 1, **changes}), html)
