"""数据报送: who sent what of a month and when, what became of it, what to mend, and what the files make one look at."""

from __future__ import annotations

from html import escape

from dashboards import alarms, changed, controls, frame, matrix, parts, received, returned, taken
from dashboards.deliveries import bearing, is_one_sender, missing, sender_of, sums
from dashboards.words import say
from pipelines.settings import beijing_now
from pipelines.snapshot.submissions import lacking, standings


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("submissions"), has_detachment=True)
    frame.navigation(choice, parts.SUBMISSIONS)
    frame.age_notice(door, beijing_now())
    controls.senders(door, choice, frame.more_places(door))
    month, sender = choice.month, sender_of(door, choice.place)
    place = parts.sender_words(door, choice.place)
    parts.section(f"{place}　{parts.month_label(door, month)}", say("submissions_note"))
    is_one = is_one_sender(door, choice.place)
    missing(door, door.ask(lacking, month, sender) if is_one else bearing(door, choice.place, month))
    sent = door.ask(standings, (month,), sender)
    if is_one:
        received.files(door, month, sender, sent)
    else:
        matrix.matrix(door, month, sent, sender)
        parts.show(f'<p class="quiet">{escape(say("matrix_note"))}</p>')
    taken.sent(door, month, place, sent)
    sums(door, month, choice.place)
    returned.returned_rows(door, month, sender)
    returned.absent_rows(door, month, sender)
    received.downloads(door, month, sender if is_one else "")
    matrix.strip(door, month, "" if is_one else sender)
    alarms.by_cause(door, month, sender, is_one=is_one)
    alarms.by_file(door, month, sender)
    changed.changed(door, month, sender)
    changed.compared(door, month, sender)
    frame.footer(door)


show()
