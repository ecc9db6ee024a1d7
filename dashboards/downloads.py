"""A table to take away, as XLSX with its definitions and as CSV; each file is made when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboards import parts
from dashboards.data import Door
from dashboards.words import say
from pipelines.reports.carried import Value, comma_separated, workbook
from pipelines.reports.offered import XLSX


def offer(
    door: Door,
    name: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Value]],
    definitions: Sequence[tuple[str, str]],
) -> None:
    """Two buttons under a table.

    name: what it is, then place and month, with an ideographic space between; the files are called so too.
    definitions: word and meaning of what the table shows; the build and its moment are added.
    """
    build = door.build
    built = say(
        "footer",
        build_id=build.build_id,
        as_of=parts.moment(build.as_of),
        built_at=parts.moment(build.built_at),
        catalogue=build.catalogue_version,
    )
    told = [*definitions, (say("download_basis"), built)]
    told += [(say("demo"), say("download_demo"))] if build.is_demo else []
    file = name.replace("　", "_").replace("/", "_")
    with st.container(key=f"take-{file}", horizontal=True, gap="xsmall"):
        for kind, mime, make in (
            ("xlsx", XLSX, partial(workbook, name, headers, rows, told)),
            ("csv", "text/csv", partial(comma_separated, headers, rows)),
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
