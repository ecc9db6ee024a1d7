"""The words of dashboards/explain_words.py in English."""

from __future__ import annotations

EXPLAIN_EN: dict[str, str] = {}
