"""Rows of an answer as frozen dataclasses: of each row what the class has, by name."""

from __future__ import annotations

from dataclasses import fields
from typing import TypeVar

from pipelines.snapshot.door import Row

_T = TypeVar("_T")


def made(kind: type[_T], row: Row) -> _T:
    """A text that is not there is empty."""
    names = {field.name: str(field.type) for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: "" if row[name] is None and text == "str" else row[name] for name, text in names.items()})
