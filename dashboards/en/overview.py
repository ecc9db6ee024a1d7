"""The words of dashboards/overview_words.py in English."""

from __future__ import annotations

OVERVIEW_EN: dict[str, str] = {
    "span_shown_before": "before {year}-{number:02}",
    "before_note": "Duties due before the chosen month; each counts in its own month and is only listed here.",
    "attention": "Needs attention",
    "attention_note": (
        "In order of consequence; no verdict and no ranking: first listed supervision, then assignments from above and "
        "petitions, then known problems not solved, then ledgers not delivered, nobody on site, slow paperwork; within "
        "a kind the longest first. A line opens the duties it speaks of."
    ),
    "attention_none": (
        "Nothing this month is overdue, undelivered or impossible to judge, "
        "and nothing has got worse beyond usual variation."
    ),
    "attention_overdue": "{grid}　{metric}: {n} overdue, longest {days} days overdue{listed}.",
    "attention_only_earlier": "{grid}　{metric}: nothing newly overdue, longest {days} days overdue{listed}.",
    "attention_listed": ", {n} of them under listed supervision",
    "attention_earlier": " From earlier months still not done: {n}.",
    "attention_missing": (
        "{grid}　Not reported: {tables}{n}. "
        "No ledger does not mean that duties were not met; first ask for it to be submitted."
    ),
    "attention_unjudged": "; duties that cannot be judged for this reason: {n}",
    "attention_blind": (
        "{grid}　Metrics that cannot be judged, or not wholly: {n} (missing columns, roster not reported etc.). "
        "Counts neither as good nor as bad; ask for what is missing."
    ),
    "attention_change": (
        "{grid}　{metric}: {on_time}/{due} this month, worse than its own usual variation (not by chance); ask why."
    ),
    "attention_more": "{n} more",
    "concern_kind": "Kind",
    "attention_what": "Matter",
    "attention_n": "Number",
    "attention_days": "Longest overdue (days)",
    "attention_before": "From earlier months, not done (number)",
    "attention_before_note": (
        "Duties of the same metric that fell due in earlier months and are still not done; not part of “Number”."
    ),
    "tier_0": "Listed supervision",
    "tier_1": "Assigned from above, petition",
    "tier_2": "Known, not solved",
    "tier_3": "Cannot be told",
    "tier_4": "Not on site, not in post",
    "tier_5": "Paperwork, data entry",
    "draft_paper": "Draft a supervision order or reminder letter",
    "pick_concern": "Matter to draft for",
    "pick_bearer": "Grid bearing the duty to send it to",
    "bearer": "{grid} (this month {n}, earlier {carried}; {kind})",
    "draft_note": (
        "The draft states basis and source row for each duty listed; check each of them before signing. "
        "A first overdue takes a reminder letter (提示函), a repeated one a supervision order (督办单)."
    ),
    "enforcement": "Enforcement",
    "enforcement_note": "Numbers and amounts only: neither good nor bad, no ranking.",
    "dots": "Counties with intervals",
    "dots_units": "Level-1 units with intervals",
    "dots_note": (
        "The dot is the on-time rate, the bar the 95% interval: where bars overlap, it cannot be told which is better. "
        "In administrative order, not by rate; where fewer than {min_n} are due, only on time/due is given; "
        "the vertical line is the target."
    ),
    "dots_alt": "{metric}: on-time rate and 95% interval of each unit: {lines}.",
    "dots_target": "Target {target}",
    "dots_few": "few cases",
    "dots_partly": "in part not measurable",
    "dots_low": "95% interval, low",
    "dots_high": "95% interval, high",
    "dots_none": "No duties fell due.",
    "complete": "Completeness of the data",
    "complete_missing": "Ledgers not reported: {n}",
    "complete_blind": "Metrics not wholly measurable: {n}",
    "complete_stage_open": "Month not over",
    "complete_stage_none": "Not yet fixed",
    "complete_stage": "{stage} fixed",
    "complete_restated": "Restated after fixing",
    "complete_back_unseen": "Returned rows are seen by the sender only",
    "rows_unseen": "The ledgers are sent from above: what became of their rows cannot be seen here.",
    "complete_back": "Rows returned: {n}",
    "signal": "Variation",
    "signal_note": (
        " Variation: against its own earlier months, usual or not by chance. Assurance: whether, as things are, the "
        "target will be met reliably from now on. Judged from 12 months and an average of 5 cases a month upwards."
    ),
    "signal_none": "Not judged",
    "card_beside": "Months 1–{number} to date {to_date}　Same month last year {year_ago}",
    "map_counties": "Map of counties",
    "map_by_county": "Townships do not bear this metric: one block per county.",
    "variation_common_cause": "Usual variation",
    "variation_improvement": "Not by chance: better",
    "variation_concern": "Not by chance: worse",
    "variation_higher": "Not by chance: higher",
    "variation_lower": "Not by chance: lower",
    "assurance_pass": "Reliably met",
    "assurance_fail": "Reliably missed",
    "assurance_hit_or_miss": "Hit or miss",
}
