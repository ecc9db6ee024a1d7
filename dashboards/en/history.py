"""The words of dashboards/history_words.py in English."""

from __future__ import annotations

HISTORY_EN: dict[str, str] = {
    "history": "Who was in charge",
    "history_note": (
        "Who was in post on a given day, who had been there before, what they wrote, what was owed, and when it was "
        "found, registered, escalated and received. Only what ledgers and rosters say, for use in checks; a lead is "
        "not a finding, and no record does not mean nothing was done."
    ),
    "history_city": "Please choose a grid first (unit, county or township).",
    "history_open": "Who was in post then, who had been there before",
    "pick_history_day": "Day",
    "pick_history_site": "Site",
    "pick_history_before": "Days before",
    "pick_history_after": "Days after",
    "pick_history_show": "Show",
    "history_no_site": "(whole grid)",
    "history_days": "{n} days",
    "history_bad_day": (
        "The day “{value}” in the address is not a date (it should look like 2026-09-15); {used} is shown instead."
    ),
    "history_day_ahead": (
        "The day {value} lies after the as-of moment and cannot be known yet; {used} is shown instead."
    ),
    "history_day_early": (
        "The day {value} is before {used}; this system has no earlier grids, and {used} is shown instead."
    ),
    "history_bad_site": (
        "The site “{value}” in the address is not on this grid's list, or you may not see it; "
        "the whole grid is shown instead."
    ),
    "history_bad_span": (
        "The number of days “{value}” in the address cannot be read (a whole number from 0 to 366); "
        "{used} days are shown instead."
    ),
    "history_bad_show": "“{value}” in the address cannot be read; all entries are shown.",
    "history_show_": "All",
    "history_show_patrol": "Patrols",
    "history_show_problem": "Problems",
    "history_show_duty": "Due",
    "history_show_post": "Staff changes",
    # in post
    "history_posts": "In post on {day}",
    "history_posts_note": "From this grid upwards, by that day's roster and that day's hierarchy.",
    "history_posts_none": "There was no such grid on that day, or it is outside what you may see.",
    "history_level": "Level and grid",
    "history_post": "Post",
    "history_person": "Who",
    "history_in_post": "In post",
    "history_row": "Source row",
    "history_post_grid_chief": "Grid chief",
    "history_post_body_head": "Head of body",
    "history_post_inspector": "Grid inspector",
    "history_post_department_head": "Department head",
    "history_post_deputy": "Deputy",
    "history_since": "in post since {since}, day {n} on that day",
    "history_deputy": "deputy: {name}",
    "history_acting": "{name} (acting; post vacant)",
    "history_leave": "on leave that day",
    "history_seconded": "seconded elsewhere that day",
    "history_no_deputy": "roster names no deputy",
    "history_vacant": "nobody in the post that day according to the roster",
    "history_no_roster": "roster not reported, not known who",
    "history_before_roster": (
        "roster reported only from {month} on; whoever left before may be missing from it, not known who"
    ),
    "history_none": "—",
    # nearest patrols
    "history_nearest": "Patrols nearest to this day",
    "history_patrol_before": "Last one before",
    "history_patrol_same": "On the day",
    "history_patrol_after": "First one after",
    "history_patrol_none": ("No patrol in the ledger within the chosen days; no record does not mean that nobody went"),
    # gaps
    "history_gaps": "What cannot be known",
    "history_gaps_none": (
        "All ledgers required within the chosen days have been reported, and no row is returned for correction."
    ),
    "history_gap_no_grid": "This grid did not exist yet, or no longer existed, on this day (its limit is {day}).",
    "history_gap_part_grid": (
        "For part of the chosen days this grid did not exist (its limit is {day}): "
        "what happened before or after is recorded under other grids."
    ),
    "history_gap_before_data": (
        "No ledgers were required before {months}: patrols and problems of that time cannot be known."
    ),
    "history_gap_after_as_of": (
        "What comes after the as-of day {day} has not happened yet or has not been reported yet."
    ),
    "history_gap_open_month": "{months} has not ended; its ledgers are not due yet.",
    "history_gap_ledger": "Ledger not reported: {who} {what}, {months}. Without it, not known whether it was done.",
    "history_gap_ledger_city": "detachment",
    "history_gap_blind": "Cannot be judged: {what}, {months} — {who}",
    "history_gap_sent_back": (
        "Returned for correction: {what} (reported in {months}) has a row about this grid; it is not counted."
    ),
    "history_gap_nowhere": "Further rows returned for correction whose grid cannot be recognised: {n}.",
    "history_gap_no_roster": "Roster not reported: {who}. Not known who was in post.",
    # timeline
    "history_timeline": "Timeline",
    "history_earlier": "What went before: problems still open at the time, {n} entries",
    "history_timeline_note": (
        "{first} to {last}; problems still open in that time are listed over their whole course (the earlier part is "
        "folded away below). Where only the day is written no time is added, and entries whose order within the day is "
        "not known come first. States are as seen at the as-of moment; the line “On the day asked about” says how it "
        "stood on that day."
    ),
    # follows history_timeline_note at once
    "history_timeline_own": (
        " For counties and units only patrols and duties of their own level and problems that are theirs to rectify "
        "are listed; those of lower grids are under the lower grids."
    ),
    "history_nothing": (
        "No records within the chosen days. No record does not mean nothing was done; see “What cannot be known” above."
    ),
    "history_strip": "On one line",
    "history_strip_n": "Lines: {n}",
    "history_strip_alt": (
        "Where entries of each kind lie on the timeline from {first} to {last}, {n} in all; one by one in the table "
        "below."
    ),
    "history_asked_day": "Day asked about: {day}",
    "history_when": "When",
    "history_what": "What",
    "history_who": "Who",
    "history_wrote": "What was written",
    "history_precision_minute": "to the minute",
    "history_precision_day": "date only",
    "history_precision_am": "morning",
    "history_precision_pm": "afternoon",
    "history_precision_end": "to the end of the day",
    "history_precision_begun": "start, no deadline",
    "history_patrol": "Patrol　{kind}",
    "history_by_above": "a higher level",
    "history_by_grid": "carried out by {grid}",
    "history_led": "{names} (led by {leader})",
    "history_nobody_written": "ledger does not say who",
    "history_see_row": "for who, see the source row",
    "history_went_as": "{name}: {posts}",
    "history_went_post": "{grid} {post}",
    "history_findings": "problems found: {n}",
    "history_spot": "corrected on the spot: {n}",
    "history_no_findings": "number of problems found not written",
    "history_quote": "“{text}”",
    "history_sites": "sites: {names}",
    "history_entered": "entered {at}",
    "history_entered_later": "entered {at}, after the day asked about",
    "history_no_credit": "not credited to any grid: {reason}",
    "history_version": "version {n}, corrections at the source row",
    "history_absent": "row no longer in the same table as reported again later",
    "history_step_discovered": "Problem found",
    "history_step_registered": "Registered",
    "history_step_received": "Received",
    "history_step_rectified": "Rectification completed",
    "history_step_verified": "Verified",
    "history_step_cleared": "Cleared",
    "history_step_closed": "Closed",
    "history_step_supervise": "Supervision",
    "history_step_urge": "Urging",
    "history_step_reinspect": "Reinspection",
    "history_step_look_back": "Follow-up",
    "history_step_accept": "Verification visit",
    "history_step_dispatch": "Assigned",
    "history_step_first_response": "First response on site",
    "history_step_escalation": "Escalated or referred",
    "history_step_violation_report": "Violation escalated, received above",
    "history_step_petition_acceptance": "Petition accepted",
    "history_step_document_complete": "Inspection document issued",
    "history_step_document_numbered": "Inspection document numbered, time of issue not written",
    "history_step_case_filing": "Case filed",
    "history_step_case_decision": "Penalty decision",
    "history_step_feedback": "Feedback",
    "history_step_disclosure": "Disclosure",
    "history_step": "{step}　{number}",
    "history_of_grid": "{grid} (for who, see the source row)",
    "history_by": "{grid} {names}",
    "history_source": "source: {text}",
    "history_result": "result: {text}",
    "history_closure": "manner: {text}",
    "history_on_spot": "rectified on the spot",
    "history_basis": "time counted: {text}",
    "history_source_patrol": "found on patrol",
    "history_source_petition": "petition or complaint",
    "history_source_hotline": "hotline",
    "history_source_assigned": "assigned from above",
    "history_source_inspection": "feedback from the inspectorate",
    "history_source_spot_check": "spot check from above",
    "history_source_report": "report from a lower grid",
    "history_source_referred": "referred by a department",
    "history_source_media": "media exposure",
    "history_source_other": "other",
    "history_result_pass": "passed",
    "history_result_fail": "failed",
    "history_result_partial": "partly passed",
    "history_closure_normal": "closed normally",
    "history_closure_forced": "closed by force",
    "history_closure_void": "void",
    "history_closure_merged": "merged with another",
    "history_closure_suspended": "put off",
    "history_due": "Due　{what}",
    "history_undated": "No deadline　{what}",
    "history_owed_by": "owed by {grid}",
    "history_stood_not_begun": "On the day asked about: time not yet running",
    "history_stood_running": "On the day asked about: not yet due, not yet met",
    "history_stood_over": "On the day asked about: past due, not yet met",
    "history_stood_met": "On the day asked about: met",
    "history_stood_undated": "On the day asked about: no deadline",
    "history_stood_void": "not assessed",
    "history_stood_unknown": (
        "ledger not reported or dates in conflict; how it stood on the day asked about is not known"
    ),
    "history_change_joined": "Took up post",
    "history_change_left": "Last day in post",
    "history_change_leave_from": "Leave begins",
    "history_change_leave_to": "Leave ends",
    "history_change_seconded_from": "Secondment begins",
    "history_change_seconded_to": "Secondment ends",
    "history_change_acting_from": "Acting begins",
    "history_change_acting_to": "Acting ends",
    "history_change": "{change}　{grid} {post}",
    # taken away
    "history_column_day": "Date",
    "history_column_clock": "Time",
    "history_column_precision": "Precision",
    "history_column_kind": "Kind",
    "history_column_state": "State (as seen at the as-of moment)",
    "history_column_met_row": "Row that met the duty",
    "history_told_lead": "Only what ledgers and rosters say, for use in checks; not a finding about anyone.",
    "history_told_entry": (
        "The limit for entering patrols has no line of its own: the time of entry stands with the patrol. "
        "Rates of fields filled in are not listed."
    ),
    "history_told_precision": (
        "“Date only” means that the ledger gives just the day; midnight exactly in the ledger of problems is read as a "
        "date too. A limit that runs out with the day is given as “to the end of the day”."
    ),
    "history_told_row": (
        "Number of the source row: sender/month/file digest#sheet!row number; it opens on the page “Source row”."
    ),
    "history_told_gap": "Cannot be known",
}
