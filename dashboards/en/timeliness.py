"""The words of dashboards/timeliness_words.py in English."""

from __future__ import annotations

TIMELINESS_EN: dict[str, str] = {}
