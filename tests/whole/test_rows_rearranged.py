"""Rows repeated, shuffled, or sent in two files instead of one: no state and no figure moves."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from builds import in_memory, rows
from deliveries import deliver
from generated import HEADERS, Delivery, deliveries
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

RECEIVED = "2026-11-02 09:00"
DUTY = (
    "metric_id, obligation_id, grid_id, owner_level, county_id, subject_id, round, period, started_at,"
    " original_due_at, due_at, is_extended, met_at, state, person_at_start, person_at_due, days_in_post_at_due,"
    # A column that is lacking is told with the file that was looked at.
    " regexp_replace(due_basis, '（[^（）]+[.]csv）', '', 'g') as due_basis"
)
TELLING = {
    "obligation": DUTY,
    "metric_value": "*",
    "indicator_value": "*",
    "score": "*",
    "score_part": "* exclude (reason_zh)",
    # The rows that could not be judged are named by their ids.
    "measurable": "* replace (regexp_replace(reason_zh, '行编号 [^ ）]+', '行编号', 'g') as reason_zh)",
    "problem": "* exclude (row_id, version_no, absent_in_latest)",
    "person_post": "* exclude (row_id)",
}


def told(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What a build says, but for which rows it rests on."""
    with in_memory(root) as con:
        return {
            table: rows(con, f"select {what} from published.{table} order by all") for table, what in TELLING.items()
        }


@st.composite
def rearranged(draw: st.DrawFn) -> tuple[Delivery, dict[tuple[str, str], list[list[tuple[str, ...]]]]]:
    """A delivery, and its rows with repeats in another order, in one file or in two.

    A row of a book without numbers is never a repeat: two alike are two patrols.
    """
    delivery = draw(deliveries())
    other = {}
    for key, lines in delivery.items():
        named = [line for line in lines if key[1] != "patrol" or line[0]]
        again = draw(st.lists(st.sampled_from(named), max_size=4)) if named else []
        mixed = draw(st.permutations(lines + again))
        cut = draw(st.integers(0, len(mixed)))
        other[key] = [mixed[:cut], mixed[cut:]] if draw(st.booleans()) else [mixed]
    return delivery, other


@pytest.mark.slow
def test_no_state_and_no_figure_moves() -> None:
    @settings(
        max_examples=20, deadline=None, database=None,
        phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(rearranged())
    def check(drawn: tuple[Delivery, dict[tuple[str, str], list[list[tuple[str, ...]]]]]) -> None:
        delivery, other = drawn
        with tempfile.TemporaryDirectory() as folder:
            once, again = Path(folder, "once"), Path(folder, "again")
            for root, files in ((once, {key: [lines] for key, lines in delivery.items()}), (again, other)):
                for (county_id, table), parts in files.items():
                    for number, lines in enumerate(parts):
                        deliver(root, f"2026-10/{county_id}/{table}{number}.csv", [HEADERS[table], *lines], RECEIVED)
            assert told(again) == told(once)

    check()
