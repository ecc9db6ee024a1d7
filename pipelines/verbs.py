"""What the files of verbs share: how a verb is added to the command line, and a command as it can be copied."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from pipelines.settings import Settings

Verb = Callable[[Settings, argparse.Namespace], int]
RootCheck = Callable[[Settings], None]
Add = Callable[[str, Verb, RootCheck, str], argparse.ArgumentParser]


def command(settings: Settings, verb: str) -> str:
    """A command that can be typed where this one was: the same interpreter, the same root."""
    here, python = Path.cwd(), Path(sys.executable)
    interpreter = python.relative_to(here) if python.is_relative_to(here) else python
    elsewhere = "" if settings.root == here else f" --root {settings.root}"
    return f"{interpreter} -m pipelines {verb}{elsewhere}"
