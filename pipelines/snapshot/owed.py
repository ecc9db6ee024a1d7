"""What a duty asks for and about what, put together the same way for every page, paper and language."""

from __future__ import annotations

from typing import Protocol

from pipelines.snapshot.owed_words import OWED_ZH
from pipelines.snapshot.walk import Obligation


class Say(Protocol):
    """The text for a key of OWED_ZH, with its values filled in."""

    def __call__(self, key: str, /, **values: object) -> str: ...


def in_chinese(key: str, /, **values: object) -> str:
    """The words of papers, which are in Chinese."""
    return OWED_ZH[key].format(**values)


def subject(duty: Obligation, say: Say = in_chinese) -> str:
    """What is owed, and about what; inner codes of places and months are never shown."""
    words = [matter(duty, say)]
    if duty.metric_id == "patrol_frequency":
        # A month asks for several patrol days alike; the number of each ends its id.
        words.append(say("turn", n=duty.obligation_id.rpartition("/")[2]))
    return "　".join(words)


def matter(duty: Obligation, say: Say = in_chinese) -> str:
    """The same without which of several alike it is."""
    if duty.subject_kind == "table":
        return say("subject_table", table=say(f"table_{duty.subject_id}"), month=_month(duty.about_month, duty, say))
    if duty.subject_kind == "field":
        return say("subject_field", field=duty.subject_text, month=_month(duty.about_month, duty, say))
    asked = say(f"owed_{duty.metric_id}")
    is_problem = duty.subject_kind == "problem"
    if is_problem:
        # An id is the sender and the number as it was written, which may hold a stroke too.
        asked = f"{asked} {duty.subject_id.partition('/')[2]}"
    words = [asked, duty.subject_text, say("round", n=duty.round) if is_problem and duty.round > 1 else ""]
    return "　".join(text for text in words if text)


def nobody(duty: Obligation) -> str:
    """What stands where no person is known for the due day: the post the roster lists nobody in, or that none came."""
    if not duty.is_roster_sent:
        return "不明（名册未报）"
    return f"无人在岗（名册未列{'机构负责人' if duty.owner_level == 3 else '网格长'}）"


def _month(month: str, duty: Obligation, say: Say) -> str:
    told = month or duty.period
    return say("month", year=told[:4], number=int(told[5:]))
