"""The words of dashboards/grid_words.py in English."""

from __future__ import annotations

GRID_EN: dict[str, str] = {
    "chart": "Months and limits",
    "chart_note": (
        "Dots are the rates of the months, dotted lines the control limits, the solid line the centre, all by wha"
        "t was known up to each month; diamonds are months that are not chance; the dashed red line is the target."
    ),
    "chart_none": "No chart: limits are drawn from 12 months and 5 cases a month on average.",
    "chart_alt": "{metric} by month with control limits; the latest months: {points}.",
    "chart_centre": "Centre",
    "chart_limits": "Control limits",
    "chart_low": "Lower limit",
    "chart_high": "Upper limit",
    "open_title": "Rectifications not done: {n}",
    "open_note": (
        "Not done as of {as_of}; the longest overdue first, then by deadline; those without a deadline last."
    ),
    "open_none": "No rectification is open.",
    "open_problems": "Rectifications not done",
    "open_clock": "Clock",
    "open_left": "Days left: {n}",
}
