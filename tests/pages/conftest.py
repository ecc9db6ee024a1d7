"""A small published snapshot, once a worker, and the page run in Streamlit's AppTest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_snapshot
from page_text import Visit
from streamlit.testing.v1 import AppTest

from pipelines.snapshot import Snapshot, open_snapshot

APP = Path(__file__).resolve().parents[2] / "dashboards" / "app.py"


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root whose data/published holds the tiny snapshot. Do not publish into it."""
    folder = tmp_path_factory.mktemp("root")
    tiny_snapshot.write(folder)
    return folder


@pytest.fixture(scope="session")
def snapshot(root: Path) -> Iterator[Snapshot]:
    """The tiny snapshot, open."""
    opened = open_snapshot(root / "data" / "published")
    yield opened
    opened.close()


@pytest.fixture
def visit(root: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Run a page as a visitor would: visit("row", id=...); the overview by default, `at` another root."""

    def go(page: str = "overview", at: Path | None = None, /, **query: str) -> AppTest:
        monkeypatch.setenv("GRIDPATROL_ROOT", str(at or root))
        app = AppTest.from_file(str(APP), default_timeout=30)
        if page != "overview":
            app.run()
            app.switch_page(f"pages/{page}.py")
        app.query_params.update(query)
        return app.run()

    return go
