"""The words of dashboards/self_words.py in English."""

from __future__ import annotations

SELF_EN: dict[str, str] = {}
