"""The words of dashboards/submission_words.py in English."""

from __future__ import annotations

SUBMISSIONS_EN: dict[str, str] = {}
