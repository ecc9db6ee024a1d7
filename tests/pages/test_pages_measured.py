"""What the pages are measured by: every page is asked for, and shows something under what it is asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

from page_text import Visit, html

from benchmarks.asked import rotations


def test_every_page_is_measured_by_something_it_knows(root: Path, visit: Visit) -> None:
    asked = rotations(root)
    assert all(asked.values())
    for page in ("history", "explain", "row"):  # the snapshot shown here has no numbers, and so no facts
        queries = asked[page]
        assert len(set(queries)) == len(queries)
        shown = visit(page, **dict(parse_qsl(queries[-1])))
        assert not shown.exception
        assert "网址中" not in html(shown), page  # nothing of what was asked had to be left out
