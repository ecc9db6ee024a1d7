"""The words of dashboards/metric_words.py in English."""

from __future__ import annotations

METRICS_EN: dict[str, str] = {}
