"""The words of dashboards/coverage_words.py in English."""

from __future__ import annotations

COVERAGE_EN: dict[str, str] = {}
