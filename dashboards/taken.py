"""Tables of several pages as they are taken away: all of it, where the page shows a part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboards import downloads, duties, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import formula, month_words, named, say, unit
from pipelines.reports.carried import Value
from pipelines.snapshot.board import Line, Share
from pipelines.snapshot.grid_file import Owed
from pipelines.snapshot.indicators import Fact, facts
from pipelines.snapshot.indicators import Value as Number
from pipelines.snapshot.standing import Metric
from pipelines.snapshot.submissions import Standing
from pipelines.snapshot.walk import STATE_ZH, obligations


def board(door: Door, choice: Choice, grid_id: str, lines: Sequence[Line]) -> None:
    """All metrics of a grid and month."""
    heads = [
        "take_concept",
        "metric",
        "pick_level",
        "state_on_time",
        "owed_due",
        "take_rate",
        "take_target",
        "signal",
        "take_assured",
    ]
    heads += ["board_to_date", "board_year_ago", *(f"state_{state}" for state in ("overdue", "unreported"))]
    heads += ["state_no_deadline", "state_pending", "take_blind", "take_measurable", "take_silent", "take_counties"]
    rows = [
        [
            say(f"concept_{line.metric.concept}"),
            named(line.metric),
            parts.level_words(line.owner_level),
            *(_parts_of(line.month)),
            line.metric.target,
            say(f"variation_{line.variation}") if line.variation else say("signal_none"),
            say(f"assurance_{line.assurance}") if line.assurance else None,
            _xn(line.to_date),
            _xn(line.year_ago),
            *(
                line.overdue,
                line.unreported,
                line.no_deadline,
                line.pending,
                line.blind,
                line.measurable,
                line.silent,
                line.counties,
            ),
        ]
        for line in lines
    ]
    about = [(named(line.metric), say("formula", text=formula(line.metric))) for line in lines]
    downloads.offer(door, _name(door, "board", grid_id, choice), [say(key) for key in heads], rows, about)


def owed(door: Door, choice: Choice, grid_id: str, found: Sequence[Owed]) -> None:
    """A grid's own duties of a month, metric by state."""
    heads = [say("metric"), *(say(f"state_{state}") for state in STATE_ZH), say("board_to_date")]
    metrics = [door.metrics[one.metric_id] for one in found]
    rows = [
        [named(metric), *one.states.values(), f"{one.to_date_on_time}/{one.to_date_due}"]
        for metric, one in zip(metrics, found, strict=True)
    ]
    downloads.offer(door, _name(door, "grid_duties", grid_id, choice), heads, rows, _about(metrics))


def listed(door: Door, choice: Choice, metric: Metric, what: tuple[str, str, str, str], state: str | None) -> None:
    """All duties behind a figure, or those of one state, with the rows they rest on."""
    heads = [
        "grid_any",
        "county",
        "facts_what",
        "take_state",
        "take_started",
        "take_due",
        "take_met",
        "days_over",
        "take_in_post",
        "duty_listed",
    ]
    heads += ["take_basis", "duty_row", "met_row"]

    def rows() -> list[list[Value]]:
        return [
            [
                duty.grid_name,
                duty.county_name,
                duties.subject(duty),
                say(f"state_{duty.state}"),
                *(duty.started_at, duty.due_at, duty.met_at, duty.days_over),
                duty.person_at_due,
                say("duty_listed") if duty.is_listed else None,
                *(duty.due_basis, duty.duty_row_id, duty.met_row_id),
            ]
            for duty in door.ask(obligations, *what, state)
        ]

    downloads.offer(
        door,
        _name(door, "obligations", what[1], choice, named(metric)),
        [say(key) for key in heads],
        rows,
        _about([metric]),
    )


def counted(door: Door, choice: Choice, value: Number, grid_id: str) -> None:
    """All facts behind a number."""
    entry = value.indicator
    heads = ["grid_any", "county", "month_column", "facts_what", "take_numerator", "take_denominator", "facts_row"]

    def rows() -> list[list[Value]]:
        return [_fact(fact) for fact in door.ask(facts, entry.metric_id, grid_id, choice.month)]

    about = [(named(entry), say("formula", text=formula(entry))), (say("take_unit"), unit(entry.unit))]
    downloads.offer(door, _name(door, "facts", grid_id, choice, named(entry)), [say(key) for key in heads], rows, about)


def beside(door: Door, choice: Choice, grid_id: str, found: Iterable[Number]) -> None:
    """All numbers of a grid and month."""
    values = list(found)
    heads = [
        "number",
        "take_unit",
        "board_month",
        "take_numerator",
        "take_denominator",
        "number_last_month",
        "board_year_ago",
    ]
    rows = [
        [
            named(value.indicator),
            unit(value.indicator.unit),
            None if value.is_few else value.value,
            *(value.indicator.amount(value.numerator), value.denominator),
            *(value.previous_month_value, value.previous_year_value),
        ]
        for value in values
    ]
    about = [(named(value.indicator), say("formula", text=formula(value.indicator))) for value in values]
    downloads.offer(door, _name(door, "take_numbers", grid_id, choice), [say(key) for key in heads], rows, about)


def sent(door: Door, month: str, place: str, found: Sequence[Standing]) -> None:
    """Sender by table of a month."""
    heads = [
        "sender",
        "table",
        "take_state",
        "take_files",
        "take_first",
        "take_due",
        "found",
        "accepted",
        "rejected",
        "identical",
    ]
    rows = [
        [
            parts.sender(one.county_id, door.places[one.county_id].name),
            say(f"table_{one.table_name}"),
            say(f"standing_{one.standing}") if one.standing else None,
            *(one.files, one.first_received_at, one.due_at, one.found, one.accepted, one.rejected, one.identical),
        ]
        for one in found
    ]
    name = f"{say('submissions')}　{place}　{month_words(month)}"
    downloads.offer(door, name, [say(key) for key in heads], rows, [(say("submissions"), say("submissions_note"))])


def _fact(fact: Fact) -> list[Value]:
    return [
        *(fact.grid_name, fact.county_name, fact.month, f"{fact.subject_id}　{fact.subject_text}".strip("　")),
        *(fact.amount, fact.denominator, fact.row_id),
    ]


def _parts_of(share: Share | None) -> tuple[Value, Value, Value]:
    return (share.on_time, share.due, share.rate) if share else (None, None, None)


def _xn(share: Share | None) -> str | None:
    return f"{share.on_time}/{share.due}" if share else None


def _about(metrics: Iterable[Metric]) -> list[tuple[str, str]]:
    told = []
    for metric in metrics:
        told += [(named(metric), say("formula", text=formula(metric))), (say("limit_word"), metric.limit_zh)]
    return told


def _name(door: Door, key: str, grid_id: str, choice: Choice, metric: str = "") -> str:
    whole = [say(key), metric, parts.place_words(door, grid_id), parts.span_label(door, choice)]
    return "　".join(part for part in whole if part)
