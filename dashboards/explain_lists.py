"""What 指标说明 lists: all metrics, clauses, score cards, methods in plain words, what is yet to be settled."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby

from dashboards import downloads, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.explain_card import direction_words, levels_words, link, spell_words
from dashboards.explain_words import METHODS, QUESTIONS
from dashboards.words import ZH, formula, named, say, unit
from pipelines.reports.catalogue_shown import Held, Shown
from pipelines.snapshot.catalogued import Entry

Entries = Mapping[str, Entry]
# The rule files' paper names pages in Chinese; here they are named in the reader's language.
_PAGES = ("overview", "grid_file", "timeliness", "coverage_page", "self_page", "submissions", "history")
PAGE_KEYS = {ZH[key]: key for key in _PAGES}


def index(choice: Choice, entries: Entries) -> None:
    """All metrics by group, a line each; the name opens the card."""
    headers = [say(f"catalogue_{key}") for key in ("metric", "levels", "target", "limit", "clause")]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headers)
    body = []
    concepts = list(dict.fromkeys(entry.concept for entry in entries.values()))
    ordered = sorted(entries.values(), key=lambda entry: (not entry.is_duty, concepts.index(entry.concept)))
    for (is_duty, concept), group in groupby(ordered, key=lambda entry: (entry.is_duty, entry.concept)):
        kind = say("catalogue_duty" if is_duty else "catalogue_number")
        title = escape(say(f"concept_{concept}") + say("in_brackets", text=kind))
        body.append(f'<tr class="group"><th colspan="{len(headers)}" scope="rowgroup">{title}</th></tr>')
        body += [_row(choice, entry, headers) for entry in group]
    whole = f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>"
    parts.wide(f'<table class="plain board catalogue stacks">{whole}</table>', say("catalogue_index", n=len(entries)))


def _row(choice: Choice, entry: Entry, headers: list[str]) -> str:
    texts = (_target(entry), entry.limit_zh, entry.clause)
    cells = [
        link(choice, entry.metric_id, named(entry)),
        escape(levels_words(entry)),
        *(_or_none(text) for text in texts),
    ]
    pairs = zip(headers, cells, strict=True)
    return "<tr>" + "".join(f'<td data-label="{escape(label)}">{html}</td>' for label, html in pairs) + "</tr>"


def _or_none(text: str) -> str:
    return escape(text) if text else f'<span class="nothing">{escape(say("none"))}</span>'


def _target(entry: Entry) -> str:
    return f"{entry.target:.2%}".replace(".00%", "%") if entry.target is not None else ""


def take_catalogue(door: Door, entries: Entries, rules: Shown) -> None:
    """The catalogue as a table to take away, every limit, goal and weight that ever held included."""
    keys = (
        "id", "metric", "en", "kind", "group", "levels", "clause", "formula", "formula_en", "unit_alone", "direction",
        "target", "held", "min", "needs", "owner", "version",
    )  # fmt: skip
    about = [(say("catalogue_held"), say("catalogue_held_note")), (say("catalogue_kind"), say("catalogue_note"))]
    about += [(say(f"method_{method}_head"), say(f"method_{method}")) for method in METHODS]
    name = f"{say('catalogue_download')}　{door.build.catalogue_version}"
    rows = [_line(entry, rules) for entry in entries.values()]
    downloads.offer(door, name, [say(f"catalogue_{key}") for key in keys], rows, about)


def _line(entry: Entry, rules: Shown) -> list[str | int]:
    details = rules.details.get(entry.metric_id)
    held = details.held if details else ()
    return [
        entry.metric_id,
        named(entry),
        entry.en,
        say("catalogue_duty" if entry.is_duty else "catalogue_number"),
        say(f"concept_{entry.concept}"),
        levels_words(entry),
        entry.clause,
        formula(entry),
        entry.formula_en,
        unit(entry.unit),
        direction_words(entry),
        _target(entry),
        "\n".join(_held_line(one) for one in held),
        entry.min_n,
        "\n".join(details.needs if details else ()),
        entry.owner_zh,
        entry.version,
    ]


def _held_line(one: Held) -> str:
    what = say(f"catalogue_kind_{one.kind}") + say("in_brackets", text=spell_words(one.since, one.until))
    return f"{what}{say('colon')}{one.text_zh}　{one.basis_zh}"


def clauses(choice: Choice, entries: Entries, rules: Shown) -> None:
    """Clause → metrics → pages, and what no export can show."""
    parts.show(f'<p class="quiet">{escape(say("clauses_note"))}</p>')
    headers = [say(f"clauses_{key}") for key in ("id", "duty", "metrics", "pages", "beyond")]
    rows = [
        [
            escape(one.id),
            escape(one.duty_zh),
            say("comma").join(_named(choice, entries, metric_id, zh) for metric_id, zh in one.metrics)
            or escape(say("none")),
            escape(say("comma").join(say(PAGE_KEYS[page]) for page in one.pages) or say("none")),
            _or_none(one.beyond_zh),
        ]
        for one in rules.clauses
    ]
    parts.table(headers, rows, "clauses", stacks=True)


def _named(choice: Choice, entries: Entries, metric_id: str, zh: str) -> str:
    """A link to what this page has; of what the snapshot has not, the name alone as the rule files have it."""
    return link(choice, metric_id, named(entries[metric_id])) if metric_id in entries else escape(zh)


def cards(choice: Choice, entries: Entries, rules: Shown) -> None:
    """What each level is scored by: weights and floors, a table a card."""
    parts.show(f'<p class="quiet">{escape(say("cards_note"))}</p>')
    headers = [say("cards_group"), say("catalogue_metric"), say("cards_weight"), say("cards_floor")]
    for (name, since, until), group in groupby(rules.cards, key=lambda one: (one.card_zh, one.since, one.until)):
        rows = [
            [
                escape(one.group_zh),
                _named(choice, entries, one.metric_id, one.metric_zh),
                str(one.weight),
                f"{one.floor:.0%}",
            ]
            for one in group
        ]
        parts.table(headers, rows, "weights", caption=name + say("in_brackets", text=spell_words(since, until)))


def methods() -> None:
    """How the figures are made, in words for whoever has never heard of them."""
    texts = "".join(
        f"<section><h3>{escape(say(f'method_{key}_head'))}</h3><p>{escape(say(f'method_{key}'))}</p></section>"
        for key in METHODS
    )
    parts.show(f'<div class="methods">{texts}</div>')


def questions(door: Door, choice: Choice, entries: Entries, rules: Shown) -> None:
    """What the detachment has yet to settle, how it is computed meanwhile, and every number that is our own."""
    headers = [say(f"questions_{key}") for key in ("ask", "now", "for")]
    rows = []
    for key, metrics in QUESTIONS.items():
        links = [link(choice, one, named(entries[one])) for one in metrics if one in entries]
        asked, now = escape(say(f"question_{key}")), escape(say(f"question_{key}_now"))
        rows.append([f"<b>{asked}</b>", now, say("comma").join(links) or escape(say("none"))])
    parts.table(headers, rows, "questions", stacks=True)
    ours = [one for one in rules.ours if one.metric_id in entries]
    if not ours:
        return
    with parts.drawer(say("ours_title", n=len(ours)), key="ours") as is_open:
        if is_open:
            _ours(choice, entries, ours)
    names = [say(f"catalogue_{key}") for key in ("metric", "what", "rule", "since", "basis")]
    rows_taken = [
        [
            named(entries[one.metric_id]),
            say(f"catalogue_kind_{one.kind}"),
            one.text_zh,
            spell_words(one.since, one.until),
            one.basis_zh,
        ]
        for one in ours
    ]
    about = [(say("questions"), say("questions_note"))]
    downloads.offer(door, f"{say('ours_name')}　{door.build.catalogue_version}", names, rows_taken, about)


def _ours(choice: Choice, entries: Entries, ours: list[Held]) -> None:
    parts.show(f'<p class="quiet">{escape(say("ours_note"))}</p>')
    headers = [say(f"catalogue_{key}") for key in ("metric", "what", "rule", "since", "basis")]
    rows = [
        [
            link(choice, one.metric_id, named(entries[one.metric_id])),
            escape(say(f"catalogue_kind_{one.kind}")),
            escape(one.text_zh),
            escape(spell_words(one.since, one.until)),
            escape(one.basis_zh),
        ]
        for one in ours
    ]
    parts.table(headers, rows, "held of-many", stacks=True)
