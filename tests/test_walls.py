"""The walls between rooms: who may import whom, who may read the environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.settings import CODE_ROOT

PIPELINES = sorted((CODE_ROOT / "pipelines").rglob("*.py"))
DASHBOARDS = sorted((CODE_ROOT / "dashboards").rglob("*.py"))
DOORS = {"pipelines.reports", "pipelines.snapshot", "pipelines.settings"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def below(folder: str) -> list[Path]:
    return [path for path in PIPELINES if path.is_relative_to(CODE_ROOT / "pipelines" / folder)]


def offenders(paths: list[Path], *modules: str) -> list[str]:
    return [
        f"{path.relative_to(CODE_ROOT)} → {name}"
        for path in paths
        for name in imported(path)
        if any(within(name, module) for module in modules)
    ]


def test_pipelines_never_imports_the_pages() -> None:
    assert offenders(PIPELINES, "dashboards", "streamlit", "plotly") == []


def test_dagster_is_imported_in_two_places() -> None:
    own = [CODE_ROOT / "pipelines" / name for name in ("definitions.py", "automation.py")]
    others = [path for path in PIPELINES if path not in own]
    assert offenders([*others, *DASHBOARDS], "dagster") == []
    assert all(offenders([path], "dagster") for path in own)


def test_landing_knows_nothing_of_what_is_made_of_it() -> None:
    own = ("pipelines.landing", "pipelines.contracts", "pipelines.settings", "pipelines.way_back")
    strangers = [
        f"{path.name} → {name}"
        for path in below("landing")
        for name in imported(path)
        if within(name, "pipelines") and not any(within(name, module) for module in own) and name != "pipelines"
    ]
    assert strangers == []


def test_the_demo_shares_no_code_with_what_it_tests() -> None:
    allowed = ("pipelines.demo", "pipelines.settings")
    strangers = [
        f"{path.name} → {name}"
        for path in below("demo")
        for name in imported(path)
        if within(name, "pipelines") and not any(within(name, module) for module in allowed) and name != "pipelines"
    ]
    assert strangers == []


def test_papers_are_made_from_the_snapshot_and_the_contracts_only() -> None:
    names = ("reports", "snapshot", "contracts", "catalogue", "grids", "settings", "seeds", "way_back")
    own = tuple(f"pipelines.{name}" for name in names)
    strangers = [
        f"{path.name} → {name}"
        for path in below("reports")
        for name in imported(path)
        if within(name, "pipelines") and not any(within(name, module) for module in own) and name != "pipelines"
    ]
    assert below("reports") != []
    assert strangers == []
    assert offenders(below("reports"), "duckdb", "pandas") == []


def test_statistics_are_pure() -> None:
    plain = ("__future__", "collections", "dataclasses", "itertools", "math", "statistics", "typing")
    allowed = (*plain, "numpy", "scipy", "pipelines.statistics")
    strangers = [
        f"{path.name} → {name}"
        for path in below("statistics")
        for name in imported(path)
        if not any(within(name, module) for module in allowed)
    ]
    assert below("statistics") != []
    assert strangers == []


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.name)
def test_pages_come_in_through_the_doors_only(path: Path) -> None:
    house = [name for name in imported(path) if within(name, "pipelines")]
    assert [name for name in house if not any(within(name, door) for door in DOORS)] == []
    assert offenders([path], "duckdb") == []


def test_only_settings_reads_the_environment() -> None:
    found = []
    for path in [*PIPELINES, *DASHBOARDS]:
        text = path.read_text("utf-8")
        if ("os.environ" in text or "getenv(" in text) and path.name != "settings.py":
            found.append(str(path.relative_to(CODE_ROOT)))
    assert found == []
