"""The words of dashboards/overview_words.py in English."""

from __future__ import annotations

OVERVIEW_EN: dict[str, str] = {}
