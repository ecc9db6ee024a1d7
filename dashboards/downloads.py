"""Every table can be taken away: as a workbook with what its columns mean, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboards.data import Door
from dashboards.words import say
from pipelines.reports.offered import XLSX
from pipelines.reports.table_book import Cell, csv_file, workbook


def offer(
    door: Door,
    name: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    definitions: Sequence[tuple[str, str]],
) -> None:
    """Two buttons for one table; each file is made when it is asked for. name: of the file, without its ending.

    definitions: (term, what it means); the build's id and as-of moment are added.
    """
    build = door.build
    whole = [*definitions, (say("build_line"), f"{build.build_id}　{build.as_of:%Y-%m-%d %H:%M}")]
    whole += [(say("demo"), say("demo_note"))] if build.is_demo else []
    with st.container(key=f"take-{name}", horizontal=True, gap="small"):
        for key, make, ending, mime in (
            ("take_workbook", partial(workbook, headers, rows, whole), "xlsx", XLSX),
            ("take_csv", partial(csv_file, headers, rows), "csv", "text/csv"),
        ):
            st.download_button(
                say(key), make, f"{name}.{ending}", mime, key=f"{key}-{name}", on_click="ignore", type="tertiary"
            )
