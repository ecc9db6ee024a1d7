"""The words of dashboards/submission_words.py in English."""

from __future__ import annotations

SUBMISSIONS_EN: dict[str, str] = {
    "open_submissions": "See submissions: received, late, returned and downloads, by county and table",
    "submissions_note": (
        "Read = accepted + returned + duplicate. Not reported means that the day for sending has passed and the table "
        "has not arrived; a table all of whose rows were returned has not arrived."
    ),
    "detachment_own": "Detachment (own level)",
    "all_went_back": "(received, all rows returned)",
    "matrix_note": (
        "Each cell gives the number of files received and the day of the first; click a county or a cell to see the "
        "county's files one by one with rows, returns and corrections."
    ),
    "cadence_needed": "Required every month",
    "cadence_monthly": "Monthly, if there is any",
    "cadence_on_change": "On change",
    "cadence_yearly": "Yearly",
    "standing_received": "Received",
    "standing_late": "Late",
    "standing_unusable": "All returned",
    "standing_missing": "Not reported",
    "standing_pending": "Not yet due",
    "mark_received": "✓",
    "mark_late": "L",
    "mark_unusable": "R",
    "mark_missing": "N",
    "mark_pending": "…",
    "strip": "Last twelve months",
    "strip_note": (
        "The two tables required every month, a cell a month; click a cell to see the county in that month. "
        "For a blank month nothing was received and nothing was yet required."
    ),
    "went_back": "{n} returned",
    "sent": "Submission",
    "version": "submission no. {n}",
    "file_received": "Received",
    "not_received": (
        "Not received: {tables}. These tables are sent only when there is something in them or something has changed; "
        "not receiving them is no failure to report."
    ),
    "warned": "Warnings",
    "revised": "Corrections",
    "relabelled": "Reworded",
    "absent_count": "No longer present",
    "file_landed": "Stored",
    "file_settled": "Returned, since resent",
    "file_some_back": "Partly returned",
    "file_all_back": "All returned",
    "file_refused": "Whole file returned",
    "file_identical": "Same content",
    "downloads": "Downloads",
    "downloads_note": (
        "The workbook of returned rows lists, in the county's own layout, the rows not yet mended, with the errors and "
        "how to mend them; send the whole workbook back when done."
    ),
    "downloads_choose": (
        "Choose a county to download its workbook of returned rows. The blank ledger has drop-down lists and notes for "
        "filling it in, and is the same for all counties."
    ),
    "get_returned": "Workbook of returned rows　{county}　{month}",
    "get_blank": "Blank ledger　{table}",
    "pick_table": "Blank ledger",
    "causes": "Reasons for returns and warnings",
    "causes_note": (
        "Returned rows count only once mended and resent; a warning sends no row back; please check it. "
        "Each reason gives the wording of its first case only; the number of rows is complete, source rows are the "
        "first three. A row with two faults is counted under both, so the groups may add up to more than the rows "
        "returned."
    ),
    "causes_none": "No returns and no warnings.",
    "cause_reject": "Returned",
    "cause_warn": "Warning",
    "rows": "Rows",
    "rows_mended": "{n} ({mended} resent)",
    "first_rows_of": "Source rows",
    "rest": "The first {shown} of {n} are shown.",
    "odd_files": "Files and sheets",
    "odd_files_note": (
        "Files returned wholly or in part, the same as an earlier one, not read, or gone: why, and how to mend them."
    ),
    "odd_files_none": "No file or sheet needs explaining.",
    "why": "Why",
    "unread": "Not read",
    "gone": "Gone",
    "gone_why": (
        "Read before, and now gone or replaced under the same name (SHA-256 {digest}, received {at}). "
        "Rows accepted then: {n}; those that no other file holds no longer count"
    ),
    "gone_mend": "Please put the original back under another name",
    "odd_sheets": "Hidden sheets, sheets not recognised and columns not used: files　{n}",
    "odd_sheets_note": (
        "Hidden sheets are read as usual. Columns not used do not affect what counts, and their text is kept; "
        "if one of them should be used, please tell the municipal detachment to register how it is written."
    ),
    "sheet_named": "Sheet “{name}”",
    "sheet_hidden": "hidden",
    "sheet_strange": "not recognised as any table; rows not used: {n}",
    "sheet_prose": "notes or options, not a ledger",
    "columns_unused": "columns not used: {names}",
    "sheet_line": "{sheet}: {text}",
    "changed": "Corrections and rewording",
    "changed_note": (
        "Later files changed records sent before; the later one holds and the earlier value is kept. Progress in the "
        "problem ledger, such as closure and reinspection, is listed here too. Source rows are the first three; "
        "click a row to see what was changed into what."
    ),
    "revised_rows": "Rows that corrected earlier records: {counts}",
    "corrections": "By field　{n}",
    "changed_none": "No earlier record was corrected.",
    "relabelled_note": (
        "The following is rewording only, not a correction: throughout the file one way of writing was replaced by "
        "another."
    ),
    "relabel": "Old wording → new wording",
    "relabel_line": "{old} → {new}",
    "compared": "Reports against ledgers",
    "compared_note": (
        "Difference = number in the report − number in the ledger. Every metric is counted row by row from the ledgers "
        "and never taken from a report; a difference only asks to be checked: rows missing from the ledger, or a "
        "mistake in the report."
    ),
    "compared_none": "No monthly summary was received this month; there is nothing to check.",
    "compared_sums": "Grids that reported: {n}; with differences: {differing}.",
    "grid": "Grid",
    "report_row": "Row of the report",
    "measure_person_times": "Person-times sent out",
    "measure_site_times": "Site inspections",
    "measure_problems": "Problems found",
    "measure_closed": "Problems closed",
    "not_reported": "Not filled in",
    "not_counted": "report {reported}, ledger not reported",
    "agrees": "{reported}, agrees",
    "differs": " (report {reported}, ledger {counted})",
}
