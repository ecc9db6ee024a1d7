"""A table to take away, as XLSX with its definitions and as CSV; each file is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import streamlit as st

from dashboards import parts
from dashboards.data import Door
from dashboards.words import language, say, speaking
from pipelines.reports.carried import Value, comma_separated, workbook
from pipelines.reports.offered import XLSX

Rows: TypeAlias = Sequence[Sequence[Value]]


def offer(
    door: Door,
    name: str,
    headers: Sequence[str],
    rows: Rows | Callable[[], Rows],
    definitions: Sequence[tuple[str, str]],
) -> None:
    """Two buttons under a table.

    name: what it is, then place and month, with an ideographic space between; the files are called so too.
    rows: or what makes them, where the table holds more than the page shows. definitions: word and meaning of what the
    table shows; the build and its moment are added.
    """
    spoken = language()
    told = [*definitions, (say("download_basis"), parts.built_words(door))]
    told += [(say("demo"), say("download_demo"))] if door.build.is_demo else []
    file = name.replace("　", "_").replace("/", "_")
    with st.container(key=f"take-{file}", horizontal=True, gap="xsmall"):
        for kind, mime, make in (
            ("xlsx", XLSX, lambda: workbook(name, headers, _made(rows, spoken), told)),
            ("csv", "text/csv", lambda: comma_separated(headers, _made(rows, spoken))),
        ):
            st.download_button(
                say(f"download_{kind}", name=name.split("　")[0]),
                make,
                f"{file}.{kind}",
                mime,
                key=f"take-{kind}-{file}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )


def _made(rows: Rows | Callable[[], Rows], spoken: str) -> Rows:
    if not callable(rows):
        return rows
    with speaking(spoken):
        return rows()
