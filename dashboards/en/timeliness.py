"""The words of dashboards/timeliness_words.py in English."""

from __future__ import annotations

TIMELINESS_EN: dict[str, str] = {
    "timeliness": "Timeliness",
    "pick_span": "Period",
    "pick_timed_metric": "Metric",
    "span_month": "Chosen month",
    "span_to_date": "January to chosen month",
    "span_year": "Whole year",
    "span_shown_to_date": "{year}, months 1–{number}",
    "span_shown_year": "{year}, whole year",
    "unknown_span": "The period “{value}” in the address is not recognised; the month is shown.",
    "timed_metric": "{group} · {metric}",
    # the rates
    "honest": "On-time rate",
    "counted_honest": "On time ÷ due (on time, late, overdue)",
    "closed_only": "Counting closed only",
    "counted_closed_only": "On time ÷ (on time, late); for comparison only, not for assessment",
    "original_rate": "By original deadline",
    "counted_original_rate": "Extensions do not count; same denominator as the on-time rate",
    "silent_rate": "Not reported counted as not met",
    "counted_silent_rate": "On time ÷ (due, not reported)",
    "interval": "95% interval {low}–{high}",
    "no_rate_few": "Fewer than {min_n}, no percentage",
    "why_differ": (
        "Why the two numbers differ: of {due} due, {overdue} are overdue and still not closed, and the on-time rate "
        "counts them in its denominator. Counting closed only leaves those {overdue} out altogether and looks only at "
        "the {closed} closed, so that {on_time} / {closed} looks better than {on_time} / {due}. "
        "The longer things are left undone, the better that number looks."
    ),
    "why_none_closed": (
        "Of {due} due none is closed (overdue {overdue}), so counting closed only gives no number; "
        "the on-time rate is still {on_time} / {due}."
    ),
    "why_same": "All {due} due are closed and none is overdue, so the two numbers are the same.",
    "undated": (
        "No deadline: {k} more, not among those due. Without a deadline nothing can be overdue; please set one."
    ),
    "silent": (
        "Not reported: {k} more cannot be judged because the ledger was not reported, and are not among those due; "
        "for them as not met see “Not reported counted as not met”."
    ),
    "clashing": "Dates in conflict: {k} more, not among those due.",
    "still_open": "Pending: {k}, counted only once they fall due.",
    "rates_none": "No duty fell due in this period.",
    # months
    "states_by_month": "The eight states by month",
    "states_by_month_note": (
        "Each column is the number of duties due in the month by state, for up to 24 months. "
        "Click a number in the table to see the duties one by one."
    ),
    "states_by_month_alt": "{metric}: duties by state and month, {first} to {last}; the table below has the numbers.",
    "states_by_month_none": "There are no such duties up to the chosen month.",
    "blind_column": "Grids not measurable",
    "all_duties": "All duties",
    "limit_word": "Deadline",
    "month_column": "Month",
    # ageing
    "ageing": "How long overdue rectifications have been left",
    "ageing_note": (
        "Problems past their rectification deadline and not done at the end of {month} (for a month not over yet, at "
        "the time of computing), by days overdue; click a number to see each one."
    ),
    "ageing_none": "No rectification is overdue.",
    "ageing_later": "The chosen month has not begun; there is nothing to count from.",
    "ageing_blind": "No ledger shows whether anything is overdue; not measurable.",
    "ageing_lacking": "Not included, because not measurable or not reported, {n}: {names}",
    "band_open_overdue_0_7": "0–7 days",
    "band_open_overdue_8_30": "8–30 days",
    "band_open_overdue_31_90": "31–90 days",
    "band_open_overdue_over_90": "Over 90 days",
    "oldest": "Longest overdue　{n}",
    "oldest_note": "Days to the end of {month}; grid file and obligations count to the as-of moment, so more.",
    "problem_no": "Problem no.",
    "where": "Grid",
    "what": "Problem",
    "due_day": "Deadline",
    "days_over": "Days overdue",
    "days": "Days: {n}",
    "done_later": "done later, on {day}",
    # survival
    "survival": "Time to rectify: how much is still not done by which day",
    "survival_note": (
        "Problems found in the period ({span}); the vertical axis is the share not yet done. Those not done are "
        "counted too (up to the time of computing), not left out for not being done. A failed reinspection is not done "
        "and still runs from the day of discovery; one problem counts once."
    ),
    "survival_none": "No problem was found in this period.",
    "survival_few": "Only {n}, of which {events} done; below the least number, so no curve and no median.",
    "survival_no_curve": "No curve is drawn for a township (few problems); only the numbers above.",
    "survival_count": "{n} rectifications, {events} done, the rest still going on. ",
    "median": "Half were done within {median} days (median; 95% interval {low}–{high} days).",
    "median_open_end": (
        "Half were done within {median} days (median; 95% interval from {low} days, its upper end not yet to be seen)."
    ),
    "median_none": "More than half are not done; the median is not yet to be seen.",
    "survival_alt": "Curve of the time to rectify: {n} problems, {events} done. {marks}",
    "survival_mark": "day {day}: {share} still not done",
    "survival_city": "Whole city (for comparison)",
    "survival_band": "95% interval",
    "survival_open": "Still going on (counted to this day)",
    "survival_x": "Days since discovery",
    "at_risk": "Observed so long and not done",
    "at_risk_day": "Day",
    "at_risk_note": "Number not yet done, and still under observation, at the start of this day",
    "still_share": "Not yet done after it",
    "still_share_note": (
        "The share still not done after this day; those not done are counted up to the time of computing. "
        "Days beyond observation are not listed"
    ),
    # classes
    "by_class": "Petitions and assignments by kind of deadline",
    "by_class_note": (
        "On time / due; those that fell due in the period ({span}). Click a number to open the duties of the metric; "
        "petitions and hotline calls stand in one list, each with the basis of its deadline."
    ),
    "by_class_none": "No petition or assignment fell due in this period.",
    "class_metric": "Matter",
    "class_limit": "Kind of deadline",
    "class_share": "On time / due",
    "class_petition_acceptance": "Petitions accepted",
    "class_petition_closure_petition": "Petitions answered",
    "class_petition_closure_hotline": "Hotline calls closed",
    "class_assigned_problem": "Assigned problems closed",
    "class_unreported": "Ledger not reported",
    "limit_petition_acceptance": "Statutory time for acceptance",
    "limit_petition_closure_petition": "Statutory time for handling; may be extended with approval",
    "limit_petition_closure_hotline": "Deadline stated in the work order",
    "limit_assigned_problem": "Deadline stated in the assignment order",
    "limit_unreported": "Not known whether there is one",
}
