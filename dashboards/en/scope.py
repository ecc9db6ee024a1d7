"""The words of dashboards/scope_words.py in English."""

from __future__ import annotations

SCOPE_EN: dict[str, str] = {}
