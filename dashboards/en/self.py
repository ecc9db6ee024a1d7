"""The words of dashboards/self_words.py in English."""

from __future__ import annotations

SELF_EN: dict[str, str] = {
    "self_page": "Self-evaluation",
    "self_title": "{year} self-evaluation　{place}",
    "self_about": (
        "A self-evaluation is a lead, not a conclusion: where it differs from what is computed, it may be too high, "
        "or the ledgers may be incomplete. Ask before judging."
    ),
    "self_none": "No year's self-evaluation has come due yet, and none has been received.",
    "self_nothing": "This grid had no duty to submit a self-evaluation for the year, and none was received.",
    "self_not_due": "The deadline for this year's self-evaluations has not passed; below is only what has come so far.",
    "pick_self_year": "Year of self-evaluation",
    "self_year": "{year}",
    "unknown_year": "There is no self-evaluation for the year “{value}” in the address; {used} is shown.",
    "self_row": "source row",
    "self_day_row": "{day} ({row})",
    "self_join": ", ",
    "self_stop": "; ",
    # submission
    "self_sent": "Submission",
    "self_sent_note": (
        "Grids of every level submit a self-evaluation each year. Not reported: not one row of the unit's "
        "self-evaluation for the year has come. Overdue: other grids of the same unit submitted theirs, this one "
        "did not."
    ),
    "self_owed": "Grids owing a self-evaluation",
    "self_grid": "Grid",
    "self_own": "Own level",
    "self_towns": "Townships (subdistricts) below",
    "self_towns_named": "Not received on time",
    "self_state": "State",
    "self_due": "Deadline",
    "self_met": "Submitted",
    "self_basis": "Basis",
    "self_not_owed": "Not owed for the year",
    "self_no_towns": "Its counties are listed separately",
    "self_all_in_time": "All on time",
    "self_sent_on_time": "On time",
    "self_sent_late": "Late",
    "self_sent_overdue": "Overdue",
    "self_sent_pending": "Not yet due",
    "self_sent_no_deadline": "No deadline",
    "self_sent_bad_dates": "Dates in conflict",
    "self_sent_void": "Not assessed",
    "self_sent_unreported": "Not reported",
    "self_sent_line": "{state} {n}",
    # items
    "self_gaps": "Self-evaluation against computed",
    "self_gaps_note": (
        "Computed = the grid's own duties of the same kind as the item, on time ÷ (due + not reported). "
        "Gap = self-evaluated share of the points − computed; positive where the self-evaluation is higher, in "
        "percentage points. The large figures in the table are gaps; click a computed number to open its duties. "
        "Where too few are due, or it cannot be told, only numbers and reasons are listed and nothing is compared."
    ),
    "self_item": "Item",
    "self_self": "Self-evaluated",
    "self_computed": "Computed",
    "self_gap": "Gap",
    "self_reason": "Explanation",
    "self_self_percent": "Self-evaluated %",
    "self_on_time": "On time",
    "self_whole": "Due + not reported",
    "self_computed_percent": "Computed %",
    "self_text_only": "(only a written report)",
    "self_no_score": "No usable score",
    "self_mean": "Mean gap {gap} percentage points (items: {n})",
    "self_mean_none": "No item could be compared",
    "self_not_sent": "No self-evaluation received, nothing to compare ({state}).",
    "self_details": "{place}: item by item with reasons　{n} grids",
    "self_units": "Level-1 units",
    "self_not_listed": "Not in the self-evaluation",
    "self_beside": "self-evaluated {share}, computed {xn}",
    "self_matrix": "Self-evaluation against computed, by metric",
    "self_matrix_note": (
        "A column is a metric (or several evaluated together): grids that word the same metric differently stand in "
        "the same column, and wording other than the metric's name is quoted. Not in the self-evaluation: no item of "
        "the self-evaluation received from the grid answers to the metric."
    ),
    "self_quoted": "“{item}”",
    "self_within": "evaluated within {items}",
    "self_left_out": (
        "Metrics that grids also evaluated and that have no column above: {metrics}. See item by item below; the table "
        "to take away has all columns."
    ),
    "self_gap_told": "gap {gap}, {told}",
    "self_left_out_one": "{metrics} (grids: {n})",
    "self_apart": "Items that no metric answers to have no column: {n}, see item by item below: {items}.",
    "self_apart_one": "“{item}” {n}",
    "self_metrics": "Metrics",
    "self_of_metrics": "metric: {metrics}",
    "self_gaps_none": "No self-evaluation items were received from this selection.",
    "self_lacking": "Items that cannot be compared: {n} (of {all} received)",
    "self_lacking_none": "All {all} items received were compared.",
    "self_means_no_metric": "This system computes nothing for it; listed only",
    "self_means_not_due": "Nothing was due that year, so nothing could be on time",
    "self_means_small": "Fewer due than the least number; numbers only",
    "self_means_not_measurable": (
        "Too many months cannot be judged, because ledgers lack columns or for similar reasons"
    ),
    "self_means_undated": (
        "Too many have no deadline or dates in conflict; to compare with the rest alone would hide them"
    ),
    "self_means_no_score": "Full points or score not written, or the score exceeds the full points",
    "self_means_receipt_only": "No items, so nothing to compare one by one",
    "self_means_year_partial": "The year is not over, or ledgers were not yet reported in January",
    # agreement
    "self_agreed": "Agreement: how far self-evaluation and computed lie apart",
    "self_agreed_each": "Agreement of self-evaluation by grid",
    "self_agreed_all": "Agreement of self-evaluation",
    "self_agreed_note": (
        "A mark is a grid (the mean of its items). The horizontal axis is the mean of self-evaluated and computed, the "
        "vertical axis self-evaluated − computed. Above the zero line the self-evaluation is higher. "
        "Dashed lines are the limits of agreement: 95% of differences lie between them."
    ),
    "self_agreed_none": "{scope}: no grid could be compared, so nothing can be drawn.",
    "self_agreed_few": (
        "{scope}: grids that could be compared {n}, fewer than {fewest}; marks only, no mean difference or limits."
    ),
    "self_agreed_alt": (
        "{scope}: self-evaluated and computed of {n} grids. {told}A table with the same content is below."
    ),
    "self_agreed_told": "Mean difference {bias} percentage points, limits of agreement {lower} to {upper}. ",
    "self_agreed_outside": (
        "Outside the limits: {names}. First see whether numbers are small or ledgers incomplete, then ask what the "
        "self-evaluation rests on."
    ),
    "self_agreed_inside": "No grid lies outside the limits.",
    "self_scope_all": "All grids",
    "self_scope_level": "{level} grids",
    "self_scope_county": "Grids of {place}",
    "self_scope": "Scope",
    "self_agreed_counties": "Agreement within each county and the detachment　{n}",
    "self_pairs": "Grids compared",
    "self_bias": "Mean difference (95% interval)",
    "self_limits": "Limits of agreement",
    "self_icc": "Agreement coefficient",
    "self_missing": "What is lacking",
    "self_no_limits": "Too few grids, not given",
    "self_range": "{low} to {high}",
    "self_with_range": "{value} ({low} to {high})",
    "self_icc_meaning": (
        "Intraclass correlation coefficient (single rating, absolute agreement): 1 is full agreement, about 0 shows no "
        "agreement, and it may be negative."
    ),
    "self_pairs_table": "By grid　{n}",
    "self_x": "Mean of self-evaluated and computed (%)",
    "self_y": "Self-evaluated − computed (percentage points)",
    "self_line_bias": "Mean difference {value}",
    "self_line_limit": "Limit {value}",
    "self_chosen": "Chosen grid",
    "self_outside": "Outside the limits",
    "self_compared_items": "Items",
    "self_difference": "Difference",
    # talks
    "self_talks": "Whom to talk to",
    "self_talks_note": (
        "In order of consequence; not a ranking and not a conclusion. Only items where self-evaluated and computed lie "
        "more than {points} percentage points apart and at least the least number is due. "
        "The people named were in post on the day the self-evaluation was submitted, or, where it was not, on the day "
        "it was due; for a measure, on the day that was due. Whoever has succeeded them since is noted as such."
    ),
    "self_talks_none": (
        "Nobody needs a special talk: all self-evaluations were submitted, no item is more than {points} percentage "
        "points apart, all measures are defined and those due are done."
    ),
    "self_talks_more": "{n} more",
    "self_kind_silent": "No self-evaluation from the whole unit",
    "self_kind_missing": "The unit submitted, these grids did not",
    "self_kind_over": "Self-evaluation higher than computed",
    "self_kind_undone": "Improvement measures due and not done",
    "self_kind_undefined": "Shortfall written, measure not fully defined",
    "self_kind_wordless": "Only a written report",
    "self_kind_dates": "Dates of submission in conflict",
    "self_kind_late": "Submitted late",
    "self_kind_under": "Self-evaluation lower than computed",
    "self_why_silent": "Without a self-evaluation there is nothing to compare with and no measures to check. ",
    "self_why_missing": (
        "Self-evaluation is every grid's duty every year; a grid left out has no measures that could be checked. "
    ),
    "self_why_over": (
        "The self-evaluated share of the points is higher than what is computed from the ledgers; "
        "the two may rest on different things. "
    ),
    "self_why_undone": "The grid set this deadline itself. ",
    "self_why_undefined": (
        "If measure, person responsible or deadline is lacking, nobody can check whether it was mended. "
    ),
    "self_why_wordless": "Without items, nothing can be compared one by one. ",
    "self_why_dates": (
        "The dates of submission reported at different times do not match; it cannot be told whether it was on time. "
    ),
    "self_why_late": "It came after the deadline for submission. ",
    "self_why_under": (
        "The self-evaluated share of the points is lower than computed: it may be stricter, or may know of problems "
        "that are not in the ledgers. "
    ),
    "self_ask_silent": "To ask: was there no self-evaluation, or was it made and not submitted; when will it be sent.",
    "self_ask_missing": (
        "To ask: was there no self-evaluation, or was it left out of what was sent; when will it be sent."
    ),
    "self_ask_over": (
        "To ask: what does the self-evaluation rest on; are the duties not met on time known; "
        "are the ledgers incomplete."
    ),
    "self_ask_undone": (
        "To ask: where is it stuck; if it is done and not reported, please report it; if not, when will it be done and "
        "what support is needed."
    ),
    "self_ask_undefined": "To ask: who will do what by when; please add it in the next submission.",
    "self_ask_wordless": "To ask: can full points and scores be sent item by item.",
    "self_ask_dates": "To ask: which is the day it was actually submitted, and what shows it.",
    "self_ask_late": "To ask: at which step was the delay; how will it be on time next year.",
    "self_ask_under": (
        "To ask: what were points taken off for in the self-evaluation; are there problems this system cannot see."
    ),
    "self_who": "{place} ({person})",
    "self_who_chief": "grid chief {name}",
    "self_who_head": "body head {name}",
    "self_who_deputy": "deputy {name}",
    "self_who_nobody": "person then in post not known",
    "self_who_now": "now {name}, in post since {since}",
    "self_kind_head": "Why",
    "self_facts_head": "Facts",
    "self_ask_head": "What to ask",
    "self_fact_grids_all": "{n} grids: {names}",
    "self_fact_over": (
        "“{item}” self-evaluated {share}, computed {xn} ({computed}), {gap} percentage points higher ({row})"
    ),
    "self_fact_under": (
        "“{item}” self-evaluated {share}, computed {xn} ({computed}), {gap} percentage points lower ({row})"
    ),
    "self_fact_measures": "{counts}; earliest due: {place} “{item}”, days over: {days} ({row})",
    "self_fact_year": "{n} due in {year}",
    # measures
    "self_measures": "Improvement measures ",
    "self_measures_note": (
        "Defined: for an item with a shortfall, measure, person responsible and deadline are all written. "
        "Done: by the deadline the grid set itself. Counted in the year in which they fall due; most were set in the "
        "self-evaluation of the year before. A county's numbers include its townships."
    ),
    "self_measures_due": "Due in {year} (most set in the {before} self-evaluation)",
    "self_measures_below": "Below {place} one by one, due in {year}　{n}",
    "self_open_name": "Improvement measures not carried out ",
    "self_measures_none": "No improvement measure of this selection falls due in {year}.",
    "self_place": "Grid",
    "self_defined": "Defined on time / to be defined",
    "self_undefined": "Not fully defined",
    "self_done": "Done on time / due",
    "self_done_late": "Done late",
    "self_done_overdue": "Due and not done",
    "self_done_pending": "Not yet due",
    "self_done_no_deadline": "No deadline",
    "self_done_bad_dates": "Dates in conflict",
    "self_open": "Due in {year} and not done or not fully defined　{n}",
    "self_kind": "What is lacking",
    "self_shortfall": "Shortfall",
    "self_improvement": "Measure",
    "self_owner": "Person responsible",
    "self_over_days": "Days over",
    "self_open_improvement_done": "Not done",
    "self_open_improvement_defined": "Not fully defined",
    # one grid
    "self_facts": "{place} in {year}: score, measures of the self-evaluation, management records and accountability",
    "self_facts_note": (
        "Listed from the ledgers received, without assessment; what is not listed may not exist or may not have been "
        "reported."
    ),
    "self_score": "Score of the year {score} ({finding})",
    "self_score_rank": "　between {low} and {high} in rank among {n} comparable grids of the same level",
    "self_score_none": "No score can be given for the year.",
    "self_score_open": "See in the grid file how the monthly scores come about",
    "self_written": "Shortfalls and measures written in the {year} self-evaluation",
    "self_written_none": "No shortfalls or measures were received.",
    "self_done_at": "Done",
    "self_defined_state": "Fully defined?",
    "self_done_state": "Done?",
    "self_kept": "Grid management records",
    "self_kept_none": "No grid management records were received for the year.",
    "self_day": "Date",
    "self_kept_kind": "Kind",
    "self_kept_subject": "Subject",
    "self_document": "Document no.",
    "self_acts": "Accountability",
    "self_acts_note": "Listed only, not ranked.",
    "self_acts_none": "No accountability measure was reported for the year.",
    "self_act": "Form",
    "self_act_unknown": "Form not stated",
    "self_person": "Person",
    "self_matter": "Matter",
    "self_item_compared": "Compared",
    "self_item_no_metric": "No matching metric",
    "self_item_not_due": "Nothing due",
    "self_item_small": "Too few due",
    "self_item_not_measurable": "Not measurable",
    "self_item_undated": "Too many without a deadline",
    "self_item_no_score": "No usable score",
    "self_item_receipt_only": "Only a written report",
    "self_item_year_partial": "Year incomplete",
    "self_act_talk": "Summoned for a talk",
    "self_act_written_inspection": "Written self-criticism",
    "self_act_criticism": "Circulated criticism",
    "self_act_admonition": "Admonition",
    "self_act_suspension": "Suspended for self-examination",
    "self_act_adjustment": "Moved to another post",
    "self_act_discipline": "Disciplinary sanction",
    "self_act_transferred": "Referred",
    "self_act_other": "Other",
    "self_record_scheme": "Implementation plan",
    "self_record_rule": "Rules",
    "self_record_team": "Patrol team",
    "self_record_meeting": "Meeting",
    "self_record_self_check": "Self-check",
    "self_record_training": "Training",
    "self_record_reward": "Reward or penalty",
}
