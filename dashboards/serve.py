"""The ASGI application: `streamlit run dashboards/serve.py`. Security headers, compression, an error page of ours."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # `streamlit run` puts only the script's own folder on the path
    sys.path.insert(0, str(ROOT))

from dashboards.middleware import CompressedStatic, SecurityHeaders  # noqa: E402
from dashboards.words import say  # noqa: E402


def on_error(error: Exception) -> bool:
    """Log what happened for the administrator; the visitor reads our words instead of a trace."""
    logging.getLogger("dashboards").error("页面出错 (page failed)", exc_info=error)
    st.error(f"**{say('crashed_title')}**　{say('crashed_text')}")
    return True


app = st.App(
    Path(__file__).with_name("app.py"),
    middleware=[Middleware(SecurityHeaders), Middleware(CompressedStatic)],
    on_script_error=on_error,
)
