"""The words of dashboards/history_words.py in English."""

from __future__ import annotations

HISTORY_EN: dict[str, str] = {}
