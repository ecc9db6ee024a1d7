"""The pages' only door to data: the current snapshot, opened once a page run, asked under the reader's scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from dashboards import scopes
from dashboards.words import language
from pipelines.settings import from_environment
from pipelines.snapshot import Pointer, Scope, Snapshot, open_snapshot, read_pointer
from pipelines.snapshot.catalogued import Entry, catalogued
from pipelines.snapshot.fixed import Fixed, last_fixed
from pipelines.snapshot.standing import Build, Metric, Month, Place, build_of, metrics, months, places
from pipelines.snapshot.submissions import needed_tables

STALE_AFTER_DAYS = 3
# Answers kept for all sessions; of one that `is_large` (tens of thousands of lines) fewer, for the sake of memory.
_KEPT, _KEPT_LARGE = 400, 16
Answer = TypeVar("Answer")
Question = TypeVar("Question", bound=Callable[..., Any])


def large(question: Question) -> Question:
    """Marks a question whose answers are large."""
    question.is_large = True  # type: ignore[attr-defined]
    return question


@dataclass(frozen=True, eq=False)
class Door:
    """One build under one scope, kept for the whole page run; a swap of the pointer shows at the next run."""

    snapshot: Snapshot
    scope: Scope
    # What this run has asked already: Streamlit's own cache costs half a millisecond each time it is looked into.
    _asked: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)

    def ask(self, question: Callable[..., Answer], *values: object) -> Answer:
        """`question(snapshot, scope, *values)`, cached by build, scope and values. Treat the answer as read-only."""
        asked = (question, *values)
        if asked not in self._asked:
            name = f"{question.__module__}.{question.__name__}"
            answered = _large_answer if getattr(question, "is_large", False) else _answer
            self._asked[asked] = answered(self.key, name, values, self, question)
        answer: Answer = self._asked[asked]
        return answer

    @property
    def key(self) -> tuple[str, str, str, bool, str]:
        """What every cache entry is filed under; finished figures bear words, so the language too."""
        pointer = self.snapshot.pointer
        return (str(pointer.path), pointer.build_id, self.scope.grid_id, self.scope.see_names, language())

    @property
    def build(self) -> Build:
        """The build's own line."""
        return self.ask(_build)

    @property
    def months(self) -> list[Month]:
        """Months, oldest first."""
        return self.ask(_months)

    @property
    def metrics(self) -> dict[str, Metric]:
        """The duties of the catalogue by id."""
        return self.ask(_metrics)

    @property
    def catalogue(self) -> dict[str, Entry]:
        """All of the catalogue by id, numbers nobody owes included."""
        return self.ask(catalogued)

    @property
    def places(self) -> dict[str, Place]:
        """The visible grids by id."""
        return self.ask(_places)

    def fixed(self, month: str) -> Fixed | None:
        """How a month was fixed last; None where it was not."""
        return self.ask(_fixed, month)

    @property
    def needed_tables(self) -> tuple[str, ...]:
        """The tables that must come every month."""
        return self.ask(_needed_tables)


def open_door() -> Door:
    """The current snapshot of the served root, under the scope asked for. Raises NoSnapshotError or SnapshotError."""
    whole = whole_door()
    return Door(whole.snapshot, scopes.asked(whole.places))


def whole_door() -> Door:
    """The same for whoever may see all: which scopes there are to ask for."""
    published = from_environment().published
    return Door(_open(read_pointer(published), published), Scope())


def days_old(pointer: Pointer, now: datetime) -> int:
    """Full days since the figures were computed."""
    return (now - pointer.built_at).days


@st.cache_resource(max_entries=4, show_spinner=False)
def _open(pointer: Pointer, _published: Path) -> Snapshot:
    """Connections are shared by sessions and never closed here: another session may still be reading."""
    return open_snapshot(_published, pointer)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _answer(
    key: tuple[object, ...],  # noqa: ARG001  only filed under
    name: str,  # noqa: ARG001
    values: tuple[object, ...],
    _door: Door,
    _question: Callable[..., Any],
) -> Any:
    return _question(_door.snapshot, _door.scope, *values)


# A function of its own: Streamlit files what it keeps under the function's name.
@st.cache_resource(max_entries=_KEPT_LARGE, show_spinner=False)
def _large_answer(
    key: tuple[object, ...],  # noqa: ARG001
    name: str,  # noqa: ARG001
    values: tuple[object, ...],
    _door: Door,
    _question: Callable[..., Any],
) -> Any:
    return _question(_door.snapshot, _door.scope, *values)


def _build(snapshot: Snapshot, _scope: Scope) -> Build:
    return build_of(snapshot)


def _months(snapshot: Snapshot, _scope: Scope) -> list[Month]:
    return months(snapshot)


def _metrics(snapshot: Snapshot, _scope: Scope) -> dict[str, Metric]:
    return {metric.metric_id: metric for metric in metrics(snapshot)}


def _places(snapshot: Snapshot, scope: Scope) -> dict[str, Place]:
    return {place.grid_id: place for place in places(snapshot, scope)}


def _needed_tables(snapshot: Snapshot, _scope: Scope) -> tuple[str, ...]:
    return needed_tables(snapshot)


def _fixed(snapshot: Snapshot, _scope: Scope, month: str) -> Fixed | None:
    return last_fixed(snapshot, month)
