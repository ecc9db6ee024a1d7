"""The words of dashboards/explain_words.py in English."""

from __future__ import annotations

EXPLAIN_EN: dict[str, str] = {
    "explain": "Metrics explained",
    "unknown_catalogue": "The metric “{value}” in the address is not in the catalogue; listed below: {used}.",
    "explain_all": "All metrics",
    "pick_catalogue": "Find a metric (type its name)",
    "catalogue_option": "{group}　{metric}",
    "catalogue_index": "Catalogue of metrics　{n} in all",
    "catalogue_note": (
        "A duty has somebody who owes it, a time limit and a target; a number is for reference only, without target or "
        "ranking. Click a name for its full explanation."
    ),
    "catalogue_differs": (
        "The figures were computed with version {published} of the catalogue; the rule file is now at version {now}. "
        "Past and present limits, targets and weights are taken from the latter; after the next computation both agree."
    ),
    "catalogue_download": "Catalogue of metrics",
    "catalogue_metric": "Metric",
    "catalogue_id": "ID",
    "catalogue_en": "English name",
    "catalogue_kind": "Kind",
    "catalogue_duty": "Duty",
    "catalogue_number": "Number",
    "catalogue_group": "Group",
    "catalogue_levels": "Who owes it",
    "catalogue_levels_text": "{levels} grids",
    "catalogue_clause": "Clause of the scheme",
    "catalogue_clause_text": "Scheme {id}: {duty}",
    "catalogue_formula": "Formula",
    "catalogue_formula_en": "Formula in English",
    "catalogue_combined": "How it is combined",
    "catalogue_unit": "Unit and direction",
    "catalogue_unit_alone": "Unit",
    "catalogue_direction": "Direction",
    "catalogue_min": "Minimum number of items",
    "catalogue_min_text": (
        "{n}; with fewer, only numerator and denominator are given, without a percentage and without ranking"
    ),
    "catalogue_needs": "Where columns are missing",
    "catalogue_owner": "Department in charge",
    "catalogue_version": "Version of the formula",
    "catalogue_version_text": "version {version} (catalogue {catalogue})",
    "catalogue_figure": "At present",
    "catalogue_open_duties": "See the duties",
    "catalogue_open_facts": "See the facts behind the number",
    "catalogue_held": "Limits, targets and weights over time",
    "catalogue_held_note": (
        "Each holds from the day it takes effect: a change is added as another entry, and earlier duties stay under "
        "the entry in force at the time."
    ),
    "catalogue_kind_limit": "Time limit",
    "catalogue_kind_target": "Target",
    "catalogue_kind_weight": "Weight",
    "catalogue_what": "Item",
    "catalogue_rule": "Content",
    "catalogue_since": "In force",
    "catalogue_basis": "Basis",
    "catalogue_ours": "provisional, set by this system",
    "catalogue_from": "from {since}",
    "catalogue_span": "{since} to {until}",
    "catalogue_target": "Target",
    "catalogue_limit": "Time limit",
    "catalogue_about": "Metric explained: {metric}",
    "direction_up": "higher is better",
    "direction_down": "lower is better",
    "direction_neutral": "neither good nor bad, not ranked",
    "clauses": "Clauses, metrics and pages",
    "clauses_note": (
        "By which metrics each clause of the scheme is measured and on which page they are; where no ledger can show "
        "it, why there is no metric. Numbering as in the scheme itself (which has no section three, 三)."
    ),
    "clauses_id": "Clause",
    "clauses_duty": "What the scheme requires",
    "clauses_metrics": "Metrics",
    "clauses_pages": "Pages",
    "clauses_beyond": "What no ledger shows",
    "cards_title": "Score cards",
    "cards_note": (
        "One card for each level of grid, listing only duties that the level itself owes, 100 points in all. A rate at "
        "the target earns full points, a rate at or below the zero line earns none; in between it is a straight line."
    ),
    "cards_group": "Group",
    "cards_weight": "Weight",
    "cards_floor": "Zero line",
    "methods": "Methods in plain words",
    "method_rate_head": "How a rate is computed",
    "method_rate": (
        "Rate = on time ÷ (on time + late + overdue). Other states are listed beside it and enter neither the "
        "numerator nor the denominator. If only closed items were counted, those left undone would drop out and the "
        "rate would look too high; so that is not done. The rate with “not reported” counted as not met is given "
        "beside it, and it is the one used for scores: nothing is gained by not reporting."
    ),
    "method_rollup_head": "How higher levels are added up",
    "method_rollup": (
        "The numerators of all grids are added together, the denominators are added together, and one is divided by "
        "the other once at the end; the rates of townships are never averaged. A township that did three out of three "
        "does not weigh as much as one that did ninety out of a hundred."
    ),
    "method_states_head": "Eight states of a duty",
    "method_states": (
        "On time, late, overdue, pending, no deadline, dates in conflict, not assessed, not reported: always exactly "
        "one. No deadline: the duty exists, but the ledger gives no time limit, or what is written is not a date "
        "(such as “keep up for the long term”). Dates in conflict: several dates contradict each other, such as "
        "completion before discovery. Not assessed: duplicates, void items, and those suspended by law. Where no duty "
        "has fallen due, it says “nothing due”: neither zero points nor full points."
    ),
    "method_unmeasured_head": "Not measurable and not reported",
    "method_unmeasured": (
        "Not reported: the ledger that should have been reported did not come, and nobody knows whether it was done; "
        "for scores it counts as not done. Not measurable: the ledger came, but columns needed for the judgement are "
        "missing, or the person who wrote it is not on the roster, so that one cannot see whether it was done; it "
        "counts neither as done nor as not done and is not part of what is due, and the page says how many counties "
        "are measurable. Nothing is gained by missing columns or by not reporting: for scores these points count as "
        "“cannot be seen”, and it cannot be concluded from them that the standard is met."
    ),
    "method_deadline_head": "How time limits are counted",
    "method_deadline": (
        "For limits in hours, where the ledger gives only the day, the limit runs to 24:00 of the day on which it "
        "expires. Limits in working days follow the State Council General Office's arrangement of holidays and "
        "make-up working days. Where the last day is given as a day, it runs to 23:59:59 of that day. An extension "
        "counts only if the higher grid approved it before the original limit; the figure by the original limit is "
        "shown beside it. Where a reinspection fails, the earlier round stays as it is, and a new round begins with "
        "its own limit."
    ),
    "method_few_head": "How to read small numbers",
    "method_few": (
        "Where fewer are due than the minimum number (usually 10), only the items on time and the items due are given: "
        "no percentage, no judgement whether the target is met, no ranking. With 3 due and 1 of them past its limit, "
        "67% looks alarming, yet it is only one item short."
    ),
    "method_interval_head": "The interval beside a rate",
    "method_interval": (
        "Roughly where the true level lies, going by this number of items alone (95% confidence, Wilson's method). "
        "With 9 of 10 done the rate is 90% and the interval about 60% to 98%; with 90 of 100 done the interval is "
        "about 83% to 94%. The more items, the narrower the interval. Where the intervals of two counties overlap for "
        "the most part, one cannot say which is better. Where the numerator can exceed the denominator (such as "
        "problems found per hundred patrols), Byar's method is used."
    ),
    "method_chart_head": "Reading ups and downs (control chart)",
    "method_chart": (
        "Monthly figures always go up and down. A centre line and upper and lower limits are computed from the months "
        "up to the month in question, and only one of the following counts as a change: a point beyond the limits; two "
        "out of three neighbouring months near the limit on the same side (more than two thirds of the way to it); "
        "seven months in a row on the same side of the centre line; seven months in a row going only up or only down. "
        "Everything else is ordinary variation, and there is no need to ask for reasons month by month. It is read "
        "only from twelve months on and with five items a month on average; the line is broken at months without "
        "figures; later figures do not change earlier readings."
    ),
    "method_funnel_head": "Funnel plot",
    "method_funnel": (
        "Across is the number of items, upwards the rate. For grids with few items it is ordinary to be high or low "
        "by chance, so the limits look like a funnel lying on its side, wide on the left and narrow on the right. For "
        "those inside the funnel, the difference from the rest may be mere chance; only for those outside is it worth "
        "asking why. Grids with too few items are drawn but not judged. A rank is given only as a range, never as a "
        "single number."
    ),
    "method_survival_head": "Time taken (unfinished ones count too)",
    "method_survival": (
        "If only finished items were counted, the hardest would still be open and the average number of days would "
        "look better than it is. Here the unfinished ones count as well: each has taken at least this many days so "
        "far. The “median” is the number of days by which half of the problems were finished; while fewer than half "
        "are finished it cannot be given, which does not mean fast. Time is counted from discovery; a completion whose "
        "reinspection failed does not count, and time runs on. Void items and those with dates in conflict are left "
        "out."
    ),
    "method_score_head": "Score and conclusion",
    "method_score": (
        "Only duties that the grid itself owes are scored; those of lower grids are not counted again. Items with "
        "nothing due neither gain nor lose points, and their weight does not count: "
        "total = sum of points × 100 ÷ assessable points. Where too few points are assessable, it says “too little to "
        "assess” (可评不足) and draws no conclusion. To meet the standard, every group and every item must reach "
        "its line: however good the rest, it cannot make up for one item that is very poor; nor can a single item past "
        "its limit decide that the standard is not met. Weights, targets and all lines are provisional, "
        "set by this system."
    ),
    "method_fixed_head": "Fixed figures and restatements",
    "method_fixed": (
        "Preliminary figures are made at 00:00 on the 6th working day of the following month and final figures at "
        "00:00 on the 12th; in between, figures can be reviewed, ledgers reported again and explanations written. "
        "Fixed figures do not change afterwards. Where a later file changes a figure, a “restatement” is listed "
        "separately: what it was, what it is now, and which file caused it. Explanations are only shown beside a "
        "figure; they do not change a state."
    ),
    "questions": "What the detachment has yet to settle",
    "questions_note": (
        "Where the scheme does not say, or the text of a provision is still to be checked, this system computes as "
        "follows for now; once the detachment has decided, another entry is added with the day it takes effect, and "
        "earlier duties do not change."
    ),
    "questions_ask": "To be settled",
    "questions_now": "How it is computed now",
    "questions_for": "Metrics affected",
    "ours_title": "Limits and targets set provisionally by this system　{n}",
    "ours_name": "Limits and targets set provisionally by this system",
    "ours_note": "One a line, for the detachment to check and decide one by one.",
    "question_times": (
        "How many hours are meant where the scheme says “immediately” (立即), “promptly” (及时) or "
        "“at the first moment” (第一时间)?"
    ),
    "question_times_now": (
        "24 hours each for registering, going to the site, escalating, referring, assigning and entering."
    ),
    "question_frequency": "On how many days a month must grids of each level patrol?",
    "question_frequency_now": (
        "Level 1 on 1 day, level 2 on 2, level 3 on 4; a patrol plan reported before the month ends is followed, but "
        "what a county sets for itself may not be below its level's number."
    ),
    "question_others": (
        "Do the 6 “other” units, such as development zones and the wetland centre, have a duty to patrol?"
    ),
    "question_others_now": "No; they are hatched on the map.",
    "question_whole_month": "Does a grid set up or dissolved within a month owe duties for that month?",
    "question_whole_month_now": "Only grids that exist on every day of the month owe them.",
    "question_sites": "How often must key sites be visited, and how often must ordinary sites be swept?",
    "question_sites_now": ("As often as the list says; once a quarter where it says nothing; all sites once a year."),
    "question_above": (
        "How often must a higher grid guide the lower ones, and how often must listed problems be supervised?"
    ),
    "question_above_now": (
        "Guidance or spot checks at least once a quarter; supervision of listed problems at least once a month."
    ),
    "question_handler": "If the person who handled the rectification reinspects it, does that count as a reinspection?",
    "question_handler_now": "Yes; the basis notes “reinspected by the handler” (复查人即经办人).",
    "question_papers": (
        "Where a problem is not corrected on the spot, within how many days must a document be issued; and within how "
        "many days after closing must feedback be given?"
    ),
    "question_papers_now": "Document: 7 days; feedback: 5 working days.",
    "question_law": (
        "Are the provisions and numbers of days right for the statutory limits of case filing, penalty decisions, "
        "petitions and disclosure?"
    ),
    "question_law_now": (
        "Counted by the statutory limits as far as known, each marked “provision to be checked” (条文待核)."
    ),
    "question_sending": (
        "By which day of the month must ledgers be reported, and what share of required cells must be filled in at "
        "least?"
    ),
    "question_sending_now": (
        "By the 5th of the following month, moved to the next working day where it is not one; at least 95% of "
        "required cells."
    ),
    "question_evaluation": (
        "By which day must self-evaluations be reported, and how do their items correspond to the metrics?"
    ),
    "question_evaluation_now": (
        "By 31 January of the following year; the correspondence goes by the names of the items and is provisional, "
        "set by this system."
    ),
    "question_house": (
        "How often are the five fixings, rules, regular meetings and self-checks each required, and on what evidence?"
    ),
    "question_house_now": (
        "Meetings and self-checks at least once a year each; rules and the five fixings, once set, count from then on; "
        "on the evidence of grid management records."
    ),
    "question_targets": "What should the target of each metric be?",
    "question_targets_now": "100% for patrol coverage, 95% for all others.",
    "question_weights": (
        "What should the weights of the score cards be, and where should the lines lie for meeting the standard, not "
        "meeting it, and too little to assess?"
    ),
    "question_weights_now": "See the score cards above, listed by level.",
    "question_fixing": (
        "On which days of the month are preliminary and final figures made, and how many days is the review?"
    ),
    "question_fixing_now": (
        "At 00:00 on the 6th and the 12th working day of the following month; the review is 5 full working days."
    ),
    "question_who_sees": "May a county see the figures of other counties, and who may see people's names?",
    "question_who_sees_now": (
        "The pages open on this machine only and show the whole city and names; they are not offered to others until "
        "there is a login."
    ),
}
