"""Whose eyes a page is seen with, until sign-in exists: a switch that only a server bound to this machine shows.

It stands in the address bar like every other choice (`view=<grid_id>`, `names=0`) and goes along with every link. A
server others can reach shows no switch and ignores both: what stands in an address is no permission. Nobody can be told
apart there, so it shows the whole city with names, as it always has; serve it to those alone who may see all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape
from ipaddress import ip_address
from urllib.parse import urlencode

import streamlit as st

from dashboards.words import DEFAULT, language, say
from pipelines.snapshot import CITY, Scope

VIEW, NAMES, HIDDEN = "view", "names", "0"
SHOWN_LENGTH = 24
# What is within the page as seen before: another scope may not have it.
_WITHIN = ("county", "grid", "page", "id")
_LINK = re.compile(r'href="([a-z_.]+(?:\?[^"]*)?|\?[^"]*)"')


def is_loopback() -> bool:
    """Whether this server answers to nobody but this machine."""
    bound = str(st.get_option("server.address") or "")
    try:
        return bound == "localhost" or ip_address(bound).is_loopback
    except ValueError:  # no address at all is every address; a host name may be anybody's
        return False


def asked(known: Collection[str]) -> Scope:
    """The scope in the address bar. known: the ids of all grids; the whole city for any other, which who may switch may
    see anyway. Names stay hidden for whatever is not understood."""
    view = _given(VIEW)
    return Scope(view if view in known else CITY, _given(NAMES) in ("", "1"))


def settle(known: Collection[str]) -> list[str]:
    """Put right in the address bar what was not understood, so that no link carries it on; a notice for each."""
    told = []
    view, names = _given(VIEW), _given(NAMES)
    if view and view not in known:
        told.append(say("unknown_view", value=view[:SHOWN_LENGTH], used=say("city")))
        st.query_params.pop(VIEW, None)
    if names not in ("", "0", "1"):
        told.append(say("unknown_names", value=names[:SHOWN_LENGTH]))
        st.query_params[NAMES] = HIDDEN
    return told


def carried() -> dict[str, str]:
    """What every link takes along: the scope, and the language where it is not the usual one."""
    spoken = language()
    found = {
        VIEW: _given(VIEW),
        NAMES: HIDDEN if _given(NAMES) == HIDDEN else "",
        "lang": "" if spoken == DEFAULT else spoken,
    }
    return {name: value for name, value in found.items() if value}


def along(html: str) -> str:
    """HTML of ours whose links keep the scope."""
    more = escape(urlencode(carried()))
    if not more:
        return html
    return _LINK.sub(lambda link: f'href="{link[1]}{"&amp;" if "?" in link[1] else "?"}{more}"', html)


def switch(options: Collection[str], scope: Scope, words: Callable[[str], str]) -> None:
    """Grid and names; the way back to the whole city is always there. options: the ids of the visible grids."""
    st.session_state["w_view"], st.session_state["w_names"] = scope.grid_id, scope.see_names
    with st.container(key="scope-switch", horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            say("pick_view"),
            list(dict.fromkeys([CITY, *options])),
            key="w_view",
            format_func=lambda grid_id: say("city") if grid_id == CITY else words(grid_id),
            on_change=_write,
            width=280,
        )
        st.toggle(say("pick_names"), key="w_names", on_change=_write)
    st.html(f'<p class="quiet">{escape(say("scope_note"))}</p>')


def _write() -> None:
    view, sees_names = str(st.session_state["w_view"] or ""), bool(st.session_state["w_names"])
    if view != (_given(VIEW) or CITY):
        for name in _WITHIN:
            st.query_params.pop(name, None)
    for name, value in ((VIEW, "" if view == CITY else view), (NAMES, "" if sees_names else HIDDEN)):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _given(name: str) -> str:
    """What the address says, where this server listens to it."""
    return str(st.query_params.get(name, "")).strip() if is_loopback() else ""
