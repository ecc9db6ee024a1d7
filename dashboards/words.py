"""Every text the pages show, in Chinese and, by `?lang=en`, in English from dictionaries with the same keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Protocol
from urllib.parse import parse_qs

from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboards.coverage_words import COVERAGE_ZH
from dashboards.en import EN, UNITS_EN
from dashboards.explain_words import EXPLAIN_ZH
from dashboards.grid_words import GRID_ZH
from dashboards.history_words import HISTORY_ZH
from dashboards.metric_words import METRICS_ZH
from dashboards.overview_words import OVERVIEW_ZH
from dashboards.scope_words import SCOPE_ZH
from dashboards.self_words import SELF_ZH
from dashboards.shared_words import SHARED_ZH
from dashboards.submission_words import SUBMISSIONS_ZH
from dashboards.taken_words import TAKEN_ZH
from dashboards.timeliness_words import TIMELINESS_ZH
from pipelines.snapshot.owed_words import OWED_ZH
from pipelines.snapshot.walk import STATE_ZH

ZH: dict[str, str] = {
    **SHARED_ZH,
    **OWED_ZH,
    **METRICS_ZH,
    **OVERVIEW_ZH,
    **SUBMISSIONS_ZH,
    **TIMELINESS_ZH,
    **COVERAGE_ZH,
    **SELF_ZH,
    **HISTORY_ZH,
    **EXPLAIN_ZH,
    **SCOPE_ZH,
    **GRID_ZH,
    **TAKEN_ZH,
    **{f"state_{state}": zh for state, zh in STATE_ZH.items()},
    **{f"tile_{state}": zh for state, zh in STATE_ZH.items()},
}
LANGUAGES = {"zh": ZH, "en": EN}
DEFAULT = "zh"


_kept: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """What is said within is said in this language: a file made when it is asked for is made outside its page."""
    token = _kept.set(spoken)
    try:
        yield
    finally:
        _kept.reset(token)


def language() -> str:
    """What the address bar asks for; Chinese where it asks for nothing that is spoken here, and outside a page."""
    if _kept.get():
        return _kept.get()
    context = get_script_run_ctx(suppress_warning=True)
    return _asked(context.query_string) if context else DEFAULT


@lru_cache(maxsize=512)
def _asked(query: str) -> str:
    given = parse_qs(query).get("lang", [DEFAULT])[-1]
    return given if given in LANGUAGES else DEFAULT


def say(key: str, **values: object) -> str:
    """The text for a key with its values filled in. Raises KeyError for a key nobody wrote."""
    return LANGUAGES[language()][key].format(**values)


class Named(Protocol):
    """An entry of the catalogue of metrics."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def formula_zh(self) -> str: ...
    @property
    def formula_en(self) -> str: ...


def named(entry: Named) -> str:
    """A metric's name in the language of the page."""
    return entry.en if language() == "en" and entry.en else entry.zh


def unit(text: str) -> str:
    """A unit of the catalogue in the language of the page; one of a former catalogue as it stood there."""
    return UNITS_EN.get(text, text) if language() == "en" else text


def formula(entry: Named) -> str:
    """How it is computed, in the language of the page."""
    return entry.formula_en if language() == "en" and entry.formula_en else entry.formula_zh


def month_words(month: str, *, is_open: bool = False) -> str:
    """`2026-10` → 2026年10月."""
    return say("month_open" if is_open else "month", year=month[:4], number=int(month[5:]))
