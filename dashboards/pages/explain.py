"""指标说明: the catalogue, a metric in full, the clauses it answers for, methods in plain words, open questions."""

from __future__ import annotations

from dashboards import controls, explain_card, explain_lists, frame, parts
from dashboards.words import say
from pipelines.reports.catalogue_shown import shown
from pipelines.settings import beijing_now, from_environment


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("explain"), whole_catalogue=True)
    frame.navigation(choice, parts.EXPLAIN)
    frame.age_notice(door, beijing_now())
    rules, entries = shown(from_environment()), door.catalogue
    if rules.version != door.build.catalogue_version:
        frame.notices([say("catalogue_differs", published=door.build.catalogue_version, now=rules.version)])
    controls.catalogued(door, choice)
    title = say("catalogue_index", n=len(entries))
    if choice.metric:
        explain_card.card(door, choice, entries[choice.metric], rules)
        with parts.drawer(title, key="index") as is_open:
            if is_open:
                explain_lists.index(choice, entries)
    else:
        parts.section(title, say("catalogue_note"))
        explain_lists.index(choice, entries)
    explain_lists.take_catalogue(door, entries, rules)
    parts.section(say("methods"))
    explain_lists.methods()
    for name, draw in (("clauses", explain_lists.clauses), ("cards_title", explain_lists.cards)):
        with parts.drawer(say(name), key=name) as is_open:
            if is_open:
                draw(choice, entries, rules)
    parts.section(say("questions"), say("questions_note"))
    explain_lists.questions(door, choice, entries, rules)
    frame.footer(door)


show()
