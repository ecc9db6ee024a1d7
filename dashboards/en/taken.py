"""The words of dashboards/taken_words.py in English."""

from __future__ import annotations

TAKEN_EN: dict[str, str] = {
    "take_concept": "Group",
    "take_rate": "Rate",
    "take_assured": "Assurance",
    "take_target": "Target",
    "take_state": "State",
    "take_started": "Duty began",
    "take_due": "Deadline",
    "take_met": "Met",
    "take_in_post": "Person in post when due",
    "take_basis": "Basis of the deadline",
    "take_numerator": "Numerator",
    "take_denominator": "Denominator",
    "take_unit": "Unit",
    "take_first": "First received",
    "take_files": "Files",
    "take_blind": "Grids not measurable",
    "take_measurable": "Counties measurable",
    "take_silent": "Counties not reported",
    "take_counties": "Counties",
    "take_numbers": "Reference numbers",
}
