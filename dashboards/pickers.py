"""One choice each. The address bar is the truth: a widget is set from it before it is drawn and writes back into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import streamlit as st

from dashboards import address
from dashboards.words import say

Option = TypeVar("Option", str, int)


def select(
    name: str,
    options: Sequence[Option],
    value: Option,
    words: Callable[[Option], str],
    *,
    into: str = "",
    usual: Option | None = None,
    clears: Sequence[str] = (),
    width: int | Literal["stretch"] = 200,
) -> None:
    """A list one can type into.

    into: the parameter of the address bar it writes, where that is not its own name. usual: what need not be written.
    clears: the parameters that are about the former choice.
    """
    st.selectbox(say(f"pick_{name}"), options, width=width, **_bound(name, value, words, into, usual, clears))


def segmented(
    name: str,
    options: Sequence[Option],
    value: Option,
    words: Callable[[Option], str],
    *,
    into: str = "",
    usual: Option | None = None,
    clears: Sequence[str] = (),
    note: str | None = None,
) -> None:
    """A few options side by side; otherwise as `select`."""
    bound = _bound(name, value, words, into, usual, clears)
    st.segmented_control(say(f"pick_{name}"), options, required=True, help=note, **bound)


def _bound(
    name: str, value: Option, words: Callable[[Option], str], into: str, usual: Option | None, clears: Sequence[str]
) -> dict[str, Any]:
    key = f"w_{name}"
    st.session_state[key] = value

    def write() -> None:
        chosen = st.session_state[key]
        text = "" if chosen is None or chosen == usual else str(chosen)
        address.put(**dict.fromkeys(clears, ""), **{into or name: text})

    return {"key": key, "format_func": words, "on_change": write}
