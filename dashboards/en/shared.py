"""The words of dashboards/words.py in English."""

from __future__ import annotations

SHARED_EN: dict[str, str] = {}
