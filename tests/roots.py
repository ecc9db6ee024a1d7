"""Builds roots for tests: without Dagster, at a fixed moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipelines import steps
from pipelines.demo.write import write_demo
from pipelines.settings import CODE_ROOT, Settings

SQL = CODE_ROOT / "sql"
SMALL_MONTHS = ("2026-09", "2026-10")
SMALL_COUNTIES = ("anhua", "nanxian")


def build(root: Path) -> steps.Outlook:
    """Build a root in this process, without Dagster."""
    settings = Settings(root=root)
    rules = steps.read_rules(settings)
    outlook = steps.look(settings, rules, datetime(2026, 11, 23, 9, 0))
    steps.build(settings, rules, outlook)
    return outlook


def write_small(root: Path) -> None:
    """A delivery of two counties and two months, not yet built."""
    write_demo(root, SQL, months=SMALL_MONTHS, counties=SMALL_COUNTIES)
