"""The whole second computation: every duty of every metric that is known here."""

from __future__ import annotations

from pathlib import Path

from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.fields import Fields
from naive.grids import Grids
from naive.inputs import Inputs
from naive.patrols import Patrols
from naive.people import People
from naive.problems import Problems
from naive.rectify import Rectification
from naive.steps import NEEDS, Steps
from naive.who import Who


class Second:
    """One moment of one warehouse, computed again."""

    known = frozenset(
        {"patrol_coverage", "rectification", "assigned_problem", "export_submission", "field_completeness", *NEEDS}
    )

    def __init__(self, inputs: Inputs, sql: Path) -> None:
        self.inputs = inputs
        self.grids = Grids(inputs)
        self.people = People(inputs, self.grids)
        self.deliveries = Deliveries(inputs, self.grids)
        self.fields = Fields(inputs, self.deliveries, sql)
        self.patrols = Patrols(inputs, self.grids, self.people, self.deliveries)
        self.problems = Problems(inputs, self.grids, self.people)
        self.rectification = Rectification(self.problems, self.deliveries)
        self.who = Who(self.grids, self.patrols)
        self.steps = Steps(self.problems, self.deliveries, self.who)

    def duties(self) -> list[Duty]:
        """All duties."""
        rectified = self.rectification.duties()
        return [
            *self.patrols.coverage(),
            *self.deliveries.submissions(),
            *self.fields.duties(),
            *rectified,
            *self.rectification.assigned(rectified),
            *self.steps.duties(),
        ]
