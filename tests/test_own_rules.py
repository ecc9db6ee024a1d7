"""A root's own profiles and grids stand in for the project's, enter the build_id, and are refused with file and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from foreign import FIXTURES

from pipelines import cli, steps
from pipelines.contracts import ContractError
from pipelines.grids import GridSeedError
from pipelines.senders import Sender, SenderSeedError
from pipelines.settings import Settings

NOW = datetime(2020, 4, 15, 9, 0)
PROFILE, GRID, SENDER = "config/profiles/all.toml", "config/seeds/grid.csv", "config/seeds/sender.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "311/config", tmp_path / "config")
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path


def rules(root: Path) -> steps.Rules:
    return steps.read_rules(Settings(root=root))


def build_id(root: Path) -> str:
    settings = Settings(root=root)
    return steps.look(settings, steps.read_rules(settings), NOW).moment.build_id


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def senders(root: Path, *lines: str, header: str = "county_id,reports_from,note") -> None:
    """The root's own sender.csv."""
    (root / SENDER).write_text("\n".join([header, *lines]) + "\n", "utf-8")


def test_who_reports_and_since_when_stands_in_the_grid_seed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    grids = rules(root).contracts.grids
    assert grids.county_ids == ("manhattan", "bronx", "brooklyn", "queens", "staten_island", "city")
    assert grids.first_month == "2020-01"
    ours = rules(tmp_path_factory.mktemp("plain")).contracts.grids
    assert (len(ours.county_ids), ours.county_ids[-1], ours.first_month) == (9, "city", "2021-05")


def test_the_shared_profile_speaks_for_those_without_their_own(root: Path) -> None:
    before = rules(root).contracts
    assert {profile.date_order["problem"] for profile in before.profiles.values()} == {"mdy"}
    (root / "config/profiles/queens.toml").write_text('date_order = { problem = "dmy" }\n', "utf-8")
    after = rules(root).contracts
    assert after.profiles["queens"].headers == {}
    assert after.profiles["bronx"] == before.profiles["bronx"]
    assert [c for c in before.digests if before.digest(c) != after.digest(c)] == ["queens"]


def test_each_may_stand_alone(root: Path) -> None:
    shutil.rmtree(root / "config/profiles")
    assert rules(root).contracts.profiles == {}
    (root / GRID).unlink()
    assert "anhua" in rules(root).contracts.digests
    assert not Settings(root=root).has_own_rules


@pytest.mark.parametrize(
    "change",
    [
        lambda root: edit(root / PROFILE, '"Closed Date"', '"Date Closed"'),
        lambda root: edit(root / GRID, "Example City", "Other City"),
        lambda root: shutil.rmtree(root / "config/profiles"),
        lambda root: senders(root, "bronx,2020-02,"),
    ],
)
def test_a_change_of_config_is_another_build(root: Path, change: Callable[[Path], None]) -> None:
    before = build_id(root)
    assert build_id(root) == before
    change(root)
    assert build_id(root) != before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('problem = "mdy"', 'problem = "myd"', "date_order.*myd"),
        ('problem = "mdy"', 'problm = "mdy"', "date_order.*problm"),
        ("date_order =", 'years = { problem = "lunar" }\ndate_order =', "years.*lunar"),
        ('["Closed Date"]', '"Closed Date"', r"headers.problem\] closed_at"),
        ('source = "hotline"', "source = 1", r"constants.problem\] source"),
        ('source = "hotline"', 'source = "telephone"', "telephone"),
        ('source = "hotline"', 'discovered_at = "02/17/2020"', r"constants.problem\] discovered_at"),
        ('source = "hotline"', 'problem_no = "1"', r"constants.problem\] problem_no"),
        ('noise = ["Noise', 'noisy = ["Noise', "noisy"),
        ("[words.problem.category]", "[words.problem.status]", r"words.problem.status"),
        ('grid = ["Unspecified"]', 'gird = ["Unspecified"]', r"sentinels.problem\].*gird"),
        ('"THE BRONX" = "bronx"', '"THE BRONX" = "bronks"', "THE BRONX.*bronks"),
        ("[names]", "names]", "TOML"),
    ],
)
def test_a_profile_with_a_mistake_is_refused_with_file_and_key(root: Path, old: str, new: str, message: str) -> None:
    edit(root / PROFILE, old, new)
    with pytest.raises(ContractError, match=rf"(?s)all\.toml.*{message}"):
        rules(root)


def test_a_profile_of_nobody_is_refused(root: Path) -> None:
    (root / "config/profiles/anhua.toml").write_text("", "utf-8")
    with pytest.raises(ContractError, match=r"anhua\.toml.*staten_island"):
        rules(root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tile_x,tile_y", "tile_x,tiley", "第 1 行.*tile_y"),
        ("bronx,,Bronx,2", "bronx,,Bronx,5", "第 4 行 level: '5'"),
        ("bronx,,Bronx,2,city", "bronx,,Bronx,2,u1", "第 4 行 parent_id: 'u1'"),
        ("bronx,,Bronx,2,city,bronx", "bronx,,Bronx,2,city,city", "第 4 行 county_id: 'city'"),
        ("bronx,,Bronx,2,city,bronx,,borough,false", "bronx,,Bronx,2,city,bronx,,borough,no", "is_patrol_grid: 'no'"),
        ("BRONX,,,,2020-01-01", "BRONX,,x,,2020-01-01", "第 4 行 tile_x: 'x'"),
        ("BRONX,,,,2020-01-01", "BRONX,,,,01/01/2020", "第 4 行 valid_from: '01/01/2020'"),
        ("BRONX,,,,2020-01-01", "BRONX,,,,2020-01-01,", "第 4 行.*15 列"),
        ("queens,,Queens,2,city,queens", "bronx,,Queens,2,city,bronx", "'bronx'.*两次"),
        ("city,,Example City,0,,city", "town,,Example City,0,,city", "第 3 行 parent_id: 'city'"),
    ],
)
def test_a_grid_seed_with_a_mistake_is_refused_with_line_and_column(
    root: Path, old: str, new: str, message: str
) -> None:
    edit(root / GRID, old, new)
    with pytest.raises(GridSeedError, match=rf"(?s)grid\.csv.*{message}"):
        rules(root)


def test_a_roots_own_senders_stand_in_for_the_projects_and_none_are_needed(root: Path) -> None:
    assert rules(root).contracts.senders == ()
    senders(root, "bronx,2020-02,先试行", "queens,,")
    assert rules(root).contracts.senders == (Sender("bronx", "2020-02"), Sender("queens", ""))


def test_the_projects_own_senders_have_no_month_settled(tmp_path: Path) -> None:
    found = rules(tmp_path).contracts
    assert {sender.county_id for sender in found.senders} == set(found.grids.county_ids)
    assert {sender.reports_from for sender in found.senders} == {""}
    (tmp_path / SENDER).parent.mkdir(parents=True)
    senders(tmp_path, "anhua,2026-01,")
    assert rules(tmp_path).contracts.senders == (Sender("anhua", "2026-01"),)
    assert Settings(root=tmp_path).has_own_rules


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("bronks,2020-02,",), "第 2 行 county_id: 'bronks'.*staten_island"),
        (("bronx,2020-02,", "bronx,2020-03,"), "第 3 行 county_id: bronx.*两次"),
        (("bronx,2020-13,",), "第 2 行 reports_from: '2020-13'"),
        (("bronx,2020/2,",), "第 2 行 reports_from: '2020/2'"),
        (("bronx,2019-12,",), "第 2 行 reports_from: 2019-12.*2020-01"),
        (("bronx,2020-02",), "第 2 行.*3 列"),
    ],
)
def test_a_sender_seed_with_a_mistake_is_refused_with_line_and_column(
    root: Path, lines: tuple[str, ...], message: str
) -> None:
    senders(root, *lines)
    with pytest.raises(SenderSeedError, match=rf"sender\.csv.*{message}"):
        rules(root)


def test_a_sender_seed_with_another_header_is_refused(root: Path) -> None:
    senders(root, "bronx,2020-02", header="county_id,since")
    with pytest.raises(SenderSeedError, match=r"sender\.csv 第 1 行.*county_id,reports_from,note"):
        rules(root)


def test_the_command_line_tells_a_mistake_in_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root / GRID, "bronx,,Bronx,2", "bronx,,Bronx,two")
    assert cli.main(["build", "--root", str(root)]) == cli.WRONG_USE
    (line,) = capsys.readouterr().err.splitlines()
    assert "grid.csv 第 4 行 level" in line
