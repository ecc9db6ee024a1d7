"""Numbers in, numbers out: every statistic the published points, scores and leads rest on.

Pure: no files, no SQL, no frames, no clock; whatever draws at random takes its seed from the caller. Rates are shares
(0–1), durations are in the caller's unit, results are frozen. What cannot be known from the data (a median not
reached, limits of a single value) is None or nan; what should never have been asked is a ValueError.
"""
