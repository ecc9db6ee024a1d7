"""Score cards refuse what they do not understand; a change of card is a change of the code's version."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from roots import SQL

from pipelines import catalogue, fingerprint
from pipelines.dated_rules import CatalogueError

# Not in the design's score (no ●): their duties are measured, and no points rest on them.
UNSCORED = {
    "site_sweep", "case_filing", "case_decision", "disclosure", "grid_management", "export_submission",
    "field_completeness", "patrol_entry",
}  # fmt: skip


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SQL, tmp_path / "sql"))


def edit(sql: Path, old: str, new: str) -> None:
    path = sql / "scorecard.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('zh = "巡查"', 'zh = ""', "zh"),
        ('en = "Score card of level-1 units"', 'en = " "', "en"),
        ("agreement = 50", "agrement = 50", "agrement"),
        ("agreement = 50", "agreement = 0", "agreement"),
        ("draws = 400", "draws = 1.5", "draws"),
        ("failed_below = 0.6", "failed_below = 0.95", "failed_below"),
        ('basis = "本系统暂定"', 'basis = "习惯"', "basis"),
        ("level = 1", "level = 4", "level"),
        ('metric = "surprise_inspection"', 'metric = "surprise"', "surprise"),
        ('metric = "surprise_inspection"', 'metric = "open_overdue"', "open_overdue"),
        ('metric = "surprise_inspection"', 'metric = "violation_report"', "不是该级的义务"),
        ('metric = "surprise_inspection"', 'metric = "case_filing"', "case_filing"),
        ("weight = 14", "weight = 13", "99"),
        ("weight = 14", "weight = 14.0", "14.0"),
        ("weight = 14, floor = 0.6", "weight = 14, floor = 0.95", "floor"),
        ("weight = 14, floor = 0.6", "weight = 14, floor = 0.6, goal = 1", "goal"),
        ("valid_from = 2021-05-07", "valid_from = 2021-05-06", "目标应自评分卡生效起一直都有"),
        ('concepts = ["coverage"]', 'concepts = ["coverage", "petition"]', "concept"),
        ("[[group]]", '[[group]]\nid = "x"\nzh = "某"\nen = "x"\nconcepts = ["submission"]\n\n[[group]]', "6"),
    ],
)
def test_a_card_with_a_mistake_is_refused(sql: Path, old: str, new: str, message: str) -> None:
    edit(sql, old, new)
    with pytest.raises(CatalogueError, match=message):
        catalogue.load(sql)


def test_two_cards_of_a_level_on_one_day_are_refused(sql: Path) -> None:
    path = sql / "scorecard.toml"
    text = path.read_text("utf-8")
    again = "[[card]]" + text.split("[[card]]")[3].replace("2021-05-07", "2026-07-01")
    path.write_text(f"{text}\n{again}", "utf-8")
    with pytest.raises(CatalogueError, match="重叠"):
        catalogue.load(sql)
    ended = text.replace("[[card]]\nlevel = 3", "[[card]]\nlevel = 3\nvalid_to = 2026-06-30")
    path.write_text(f"{ended}\n{again}", "utf-8")
    with pytest.raises(CatalogueError, match="version"):
        catalogue.load(sql)
    second = again.replace('version = "1"', 'version = "2"')
    path.write_text(f"{ended}\n{second}", "utf-8")
    assert [card.texts["version"] for card in catalogue.load(sql).scorecard.cards] == ["1", "1", "1", "2"]


def test_every_scored_duty_stands_on_the_card_of_each_level_that_owes_it() -> None:
    known = catalogue.load(SQL)
    on_cards = {(card.level, one.metric) for card in known.scorecard.cards for one in card.weights}
    owed = {
        (int(level), metric.id)
        for metric in known.metrics
        if metric.is_duty and metric.id not in UNSCORED
        for level in metric.texts["level"].split(",")
    }
    assert on_cards == owed


def test_another_weight_is_another_version_of_the_code(sql: Path) -> None:
    before = fingerprint.code_version(sql)
    edit(sql, "weight = 14", "weight = 13")
    edit(sql, "weight = 9", "weight = 10")
    assert fingerprint.code_version(sql) != before
    catalogue.load(sql)
