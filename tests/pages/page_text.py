"""What a page run in AppTest says: its HTML and its links."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Visit = Callable[..., AppTest]


def html(app: AppTest) -> str:
    """All HTML of a page."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def links(app: AppTest) -> list[tuple[str, str, str]]:
    """(label, page, query) of every link that leads somewhere."""
    protos = [link.proto for link in app.get("page_link")]
    return [(proto.label, proto.page, proto.query_string) for proto in protos if not proto.disabled]
