"""The pages' entry: what can be navigated to. Run through serve.py; tests run this file."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # `streamlit run` puts only the script's own folder on the path
    sys.path.insert(0, str(ROOT))

from dashboards import parts  # noqa: E402
from dashboards.words import say  # noqa: E402

st.set_page_config(
    page_title=f"{say('overview')}　{say('system')}",
    page_icon=Path(__file__).with_name("icon.svg"),  # a :material: icon would be fetched from another host
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.navigation(
    [
        st.Page(parts.OVERVIEW, title=say("overview"), default=True),
        st.Page(parts.GRID, title=say("grid_file"), url_path="grid"),
        st.Page(parts.TIMELINESS, title=say("timeliness"), url_path="timeliness"),
        st.Page(parts.COVERAGE, title=say("coverage_page"), url_path="coverage"),
        st.Page(parts.SELF, title=say("self_page"), url_path="self_evaluation"),
        st.Page(parts.HISTORY, title=say("history"), url_path="history"),
        st.Page(parts.SUBMISSIONS, title=say("submissions"), url_path="submissions"),
        st.Page(parts.EXPLAIN, title=say("explain"), url_path="explain"),
        st.Page(parts.OBLIGATIONS, title=say("obligations"), url_path="obligations", visibility="hidden"),
        st.Page(parts.FACTS, title=say("facts"), url_path="facts", visibility="hidden"),
        st.Page(parts.ROW, title=say("row"), url_path="row", visibility="hidden"),
    ],
    position="hidden",
).run()
