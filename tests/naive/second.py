"""The whole second computation: every duty of every metric that is known here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.efforts import PatrolFacts
from naive.evaluated import Evaluated
from naive.fields import Fields
from naive.frequency import Frequency
from naive.grids import Grids
from naive.indicators import Fact, ProblemFacts
from naive.inputs import Inputs
from naive.patrols import Patrols
from naive.people import People
from naive.problems import Problems
from naive.rectify import Rectification
from naive.sites import Sites
from naive.steps import NEEDS, Steps
from naive.supervision import Supervision
from naive.who import Who
from naive.yearly import Yearly

# What is computed again; one of the catalogue that is not here is told (`compared`).
INDICATORS = (
    "open_overdue", "open_overdue_0_7", "open_overdue_8_30", "open_overdue_31_90", "open_overdue_over_90",
    "oldest_overdue_days", "non_self_found_share", "complained_after_patrol", "complained_after_patrol_night",
    "findings_per_100_patrols", "recurrence_rate", "rework_rate", "backcheck_agreement", "key_period_ratio",
    "chief_led_patrols", "effort_patrol_days", "effort_hours", "effort_inspectors", "effort_sites",
    "effort_longest_gap_days", "enforcement_filed", "enforcement_fine", "enforcement_measures",
    "enforcement_transfers",
    "forced_closure_rate", "closed_in_the_minute_rate", "median_days_to_rectify", "self_gap",
)  # fmt: skip


class Second:
    """One moment of one warehouse, computed again."""

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
        self.evaluated = Evaluated(inputs, self.grids, self.deliveries, sql)

    def parts(self) -> dict[str, Callable[[], list[Duty]]]:
        """Metrics, by name or several together, → what computes them."""
        sites = Sites(self.patrols)
        above = Supervision(self.patrols, self.problems, sites)
        yearly = Yearly(self.inputs, self.grids, self.people, self.deliveries)
        return {
            "patrol_coverage": self.patrols.coverage,
            "export_submission": self.deliveries.submissions,
            "field_completeness": self.fields.duties,
            "rectification": self.rectification.duties,
            "assigned_problem": lambda: self.rectification.assigned(self.rectification.duties()),
            " ".join(NEEDS): self.steps.duties,
            "patrol_frequency": Frequency(self.patrols).duties,
            "key_site_visit": sites.key_visits,
            "site_sweep": sites.sweeps,
            "surprise_inspection": above.surprises,
            "listed_followup": above.listed,
            "upper_guidance": above.guidance,
            "patrol_entry": above.entries,
            "self_evaluation_submission": yearly.evaluations,
            "improvement_defined improvement_done": yearly.improvements,
            "five_fixed": yearly.fixed,
            "post_filled": yearly.posts,
            "grid_management": yearly.management,
        }

    @property
    def known(self) -> set[str]:
        """The metrics of the catalogue that are computed here."""
        return {name for names in self.parts() for name in names.split() if name in self.inputs.metrics}

    def duties(self) -> list[Duty]:
        """All duties of the metrics that the catalogue has."""
        return self._duties

    @cached_property
    def _duties(self) -> list[Duty]:
        return [
            duty
            for names, compute in self.parts().items()
            if any(name in self.inputs.metrics for name in names.split())
            for duty in map(self.borne, compute())
            if duty.metric_id in self.inputs.metrics and duty.grid_id != "city"
        ]

    def borne(self, duty: Duty) -> Duty:
        """The duty with whoever answers for it when it falls due, or now where it never does; the city owes nothing."""
        if duty.state == "void":
            return duty
        as_of, met = self.inputs.as_of.date(), duty.met_at.date() if duty.met_at else None
        owner = self.grids.bearer(duty.grid_id, duty.due_at.date() if duty.due_at else as_of, met, as_of)
        return duty if owner == duty.grid_id else replace(duty, grid_id=owner, owner_level=self.grids.level(owner))

    def facts(self) -> list[Fact]:
        """The facts of the indicators that the catalogue has."""
        every = [
            *ProblemFacts(self.problems, self.patrols).facts(
                [duty for duty in map(self.borne, self.rectification.duties()) if duty.grid_id != "city"]
            ),
            *PatrolFacts(self.patrols).facts(),
            *self.evaluated.facts(self.duties()),
        ]
        assert {fact[0] for fact in every} <= set(INDICATORS)
        return [fact for fact in every if fact[0] in self.inputs.metrics]
