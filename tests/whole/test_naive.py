"""Every duty and every figure computed a second time, in plain Python from the definitions, at several moments."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from builds import rules
from drawn import Sending, draw, lay, moving
from house import House, patrol, person, problem
from naive.compared import compared, differences
from roots import SQL

from pipelines import engine, steps
from pipelines.demo.plan import LAST_SIX, MONTHS
from pipelines.demo.write import write_demo
from pipelines.settings import CODE_ROOT, Settings

PIN = datetime(2026, 11, 6, 9)


def computed(con: duckdb.DuckDBPyConnection, root: Path, as_of: datetime) -> None:
    """Land what is not landed yet and compute everything as of that moment: files received later are not read."""
    settings = replace(Settings(root=root), as_of=as_of)
    outlook = steps.look(settings, rules(), as_of)
    assert outlook.moment.as_of == outlook.moment.known_at == as_of
    steps.land_files(con, settings, rules(), outlook)
    steps.load_moment(con, settings, rules(), outlook)
    for model in rules().tables:
        steps.compute(con, model)


def agree(root: Path, months: tuple[str, ...], moments: list[tuple[datetime, int]], seed: int | None = None) -> None:
    """Write a demo and hold both computations against each other at each moment, with at least so many duties."""
    write_demo(root, SQL, months=months, **({} if seed is None else {"seed": seed}))
    con = engine.connect(None, SQL)
    for as_of, least in moments:
        computed(con, root, as_of)
        count, wrong = compared(con, SQL)
        assert wrong == [], f"{as_of}:\n" + "\n".join(wrong)
        assert count > least
    con.close()


def test_the_last_six_months_come_out_the_same(demo_root: Path) -> None:
    """Read from the warehouse of the demo that the other tests use, too."""
    con = engine.connect(None, SQL)
    con.execute(f"attach '{Settings(root=demo_root).warehouse}' as built (read_only)")
    con.execute("use built")
    count, wrong = compared(con, SQL)
    con.close()
    assert wrong == []
    assert count > 1_500


@pytest.mark.slow
def test_so_they_do_at_an_earlier_moment(tmp_path: Path) -> None:
    agree(tmp_path, LAST_SIX, [(datetime(2026, 8, 20, 12), 800), (datetime(2026, 10, 5, 12), 1_200)])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "moments"),
    [
        (None, [(PIN, 6_000), (datetime(2026, 3, 15, 12), 4_000), (datetime(2025, 6, 30, 23, 59), 1_500)]),
        (5, [(PIN, 6_000), (datetime(2026, 1, 1), 3_000)]),
    ],
)
def test_two_years_come_out_the_same(tmp_path: Path, seed: int | None, moments: list[tuple[datetime, int]]) -> None:
    agree(tmp_path, MONTHS, moments, seed)


def drawn_agree(seed: int, as_of: str, *more: Sending) -> None:
    """Ledgers drawn by chance, all odd things in them: told several times, late, rewritten, contradictory."""
    count, wrong = compared(lay([*draw(seed), *more], as_of).con, SQL)
    assert wrong == []
    assert count > 500


def test_odd_ledgers_come_out_the_same() -> None:
    drawn_agree(1, "2026-12-20 09:00")


def test_so_they_do_where_a_county_went_to_another_unit_and_back() -> None:
    drawn_agree(1, "2026-12-20 09:00", moving())


@pytest.mark.slow
@pytest.mark.parametrize("as_of", ["2026-11-15 09:00", "2026-12-20 09:00", "2027-03-05 12:00"])
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_odd_ledgers_come_out_the_same(seed: int, as_of: str) -> None:
    drawn_agree(seed, as_of, *([moving()] if seed % 2 else []))


def test_a_difference_is_told() -> None:
    """The comparison itself can fail, and says where."""
    first = {"a": {"state": "late", "round": 1}, "b": {"state": "void", "round": 1}}
    second = {"a": {"state": "on_time", "round": 1}, "c": {"state": "void", "round": 1}}
    assert differences(first, second) == [
        "a: state late | on_time",
        "b: only in the models: {'state': 'void', 'round': 1}",
        "c: only computed again: {'state': 'void', 'round': 1}",
    ]
    assert differences(first, first) == []


def test_it_shares_nothing_with_what_it_checks() -> None:
    """No code of the pipeline, and of its tables none that is computed; but to compare."""
    for path in sorted((CODE_ROOT / "tests/naive").glob("*.py")):
        text = path.read_text("utf-8")
        assert "pipelines" not in text, path
        if path.name != "compared.py":
            assert re.search(r"\b(from|join) (core|obligations|published|leads)\.", text) is None, path


def test_every_indicator_of_the_catalogue_is_compared_and_a_case_without_its_column_owes_nothing() -> None:
    house = House("2026-12-20 09:00")
    people = [person("示例甲", "田庄乡"), person("示例乙", "安化县", "网格长"), person("示例丙", "小淹镇")]
    house.ledger("person", people, received="2026-10-01 08:00")
    plan = {
        "grid": "田庄乡", "plan_month": "2026-10", "required_patrols": "2", "special_name": "示例时段",
        "special_from": "2026-10-01", "special_to": "2026-10-10", "notice_no": "示例〔2026〕1号",
        "notice_on": "2026-10-03",
    }  # fmt: skip
    house.ledger("patrol_plan", [plan], county="city", received="2026-10-02 08:00")
    patrols = [
        patrol("1", "田庄乡", "2026-10-02", "示例甲"), patrol("2", "田庄乡", "2026-10-05", "示例甲、示例乙"),
        patrol("3", "田庄乡", "2026-10-20", "示例丙、示例某", by_grid="田庄乡"),
        patrol("4", "田庄乡", "2026-10-21", "示例甲"),
    ]  # fmt: skip
    house.ledger("patrol", [{"by_grid": "", **row} for row in patrols])
    taken = {"filed_at": "2026-10-09", "closed_at": "2026-10-20"}
    problems = [
        problem("P1", **taken, measures="责令停产"),
        problem("P2", **taken, measures="拟查封"),
        problem("P3", **(taken | {"filed_at": ""}), measures="未停产，已扣押"),
        problem("P4", **taken, measures="移送拘留，不予查封"),
    ]
    house.ledger("problem", problems)
    con = house.build().con
    count, wrong = compared(con, SQL)
    assert wrong == []
    assert count > 300
    facts = "select indicator_id, count(*), sum(numerator) from published.indicator_row where indicator_id in"
    assert con.execute(
        f"{facts} ('effort_inspectors', 'enforcement_measures', 'enforcement_transfers', 'key_period_ratio')"
        " group by 1 order by 1"
    ).fetchall() == [
        ("effort_inspectors", 4, 4),
        ("enforcement_measures", 3, 3),
        ("enforcement_transfers", 1, 1),
        ("key_period_ratio", 1, 23),
    ]
    assert con.execute("select count(*) from published.obligation where metric_id = 'case_decision'"
                       " and subject_kind = 'problem'").fetchone() == (0,)  # fmt: skip
