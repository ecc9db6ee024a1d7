"""Contracts, profiles, catalogue and models refuse what they do not understand, naming it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from roots import SQL

from pipelines import catalogue, contracts, models, seeds, steps
from pipelines.contracts import ContractError, normal_header
from pipelines.dated_rules import CatalogueError
from pipelines.models import ModelError
from pipelines.settings import Settings, SettingsError, parse_moment


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SQL, tmp_path / "sql"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("required = true", "requierd = true", "requierd"),
        ('type = "names"', 'type = "nmes"', "nmes"),
        ('aliases = ["记录编号"', 'aliases = ["网格"', "网格"),
        ('name = "patrol"', 'name = "patrols"', "patrols"),
        ('key = ["patrol_no"]', 'key = ["patrol_nr"]', "patrol_nr"),
        ("[columns.village]", "[columns.month]", "month"),
        ('anchor = "started_at"', "", "anchor"),
        ('anchor = "started_at"', 'anchor = "village"', "village"),
        ('spare_of = "started_at"', 'spare_of = "village"', "village"),
        ('spare_of = "started_at"', 'spare_of = "start_at"', "start_at"),
        ('day_from = "started_at"', 'day_from = "inspectors"', "inspectors"),
        ('day_from = "started_at"', 'day_from = "ended_at"', "成环"),
        ('day_from = "started_at"', 'month_day = "first"', "month_day"),
        ('spare_of = "started_at"', "", "巡查日期"),
    ],
)
def test_a_contract_with_a_mistake_is_refused(sql: Path, old: str, new: str, message: str) -> None:
    edit(sql / "contracts" / "patrol.toml", old, new)
    with pytest.raises(ContractError, match=message):
        contracts.load(sql / "contracts")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[headers.patroll]\ngrid = ['片区']\n", "patroll"),
        ("[headers.patrol]\ngird = ['片区']\n", "gird"),
        ("[key_scope]\nproblem = 'year'\n", "year"),
        ("colour = 1\n", "colour"),
    ],
)
def test_a_profile_with_a_mistake_is_refused(sql: Path, text: str, message: str) -> None:
    (sql / "contracts" / "profiles" / "anhua.toml").write_text(text, "utf-8")
    with pytest.raises(ContractError, match=message):
        contracts.load(sql / "contracts")


def test_a_profile_changes_the_digest_of_its_county_only(sql: Path) -> None:
    before = contracts.load(sql / "contracts")
    (sql / "contracts/profiles/anhua.toml").write_text("[headers.patrol]\ngrid = ['片区']\n", "utf-8")
    after = contracts.load(sql / "contracts")
    assert before.digest("anhua") != after.digest("anhua")
    assert before.digest("nanxian") == after.digest("nanxian")
    assert after.tables["patrol"].headers(after.profile("anhua"))["片区"] == "grid"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('en = "Patrol coverage"', 'en = ""', "en"),
        ("min_n = 10", "min_m = 10", "min_m"),
        ('if_missing = "no"', 'if_missing = "maybe"', "maybe"),
        ('id = "rectification"', 'id = "patrol_coverage"', "patrol_coverage"),
        ('combine = "stock"', 'combine = "average"', "average"),
        ('combine = "stock"\n', "", "combine"),
        ('interval = "wilson"', 'interval = "wald"', "interval"),
        ('combine = "stock"', 'combine = "stock"\ninterval = "byar"', "interval"),
        ("divisor = 3600", "divisor = 0", "divisor"),
        ('unit = "个网格"', 'unit = "个网格"\nmultiplier = 100', "multiplier"),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused(sql: Path, old: str, new: str, message: str) -> None:
    edit(sql / "metrics.toml", old, new)
    with pytest.raises(CatalogueError, match=message):
        catalogue.load(sql)


def test_two_limits_on_one_day_are_refused(sql: Path) -> None:
    limits = sql / "limits.toml"
    first = limits.read_text("utf-8").split("[[limit]]")[1]
    limits.write_text(limits.read_text("utf-8") + "\n[[limit]]" + first.replace("2021-05-07", "2026-01-01"), "utf-8")
    with pytest.raises(CatalogueError, match="2026-01-01"):
        catalogue.load(sql)


def test_an_indicator_asks_nobody_for_a_column_and_opens_no_ledger_of_its_own() -> None:
    known = catalogue.load(SQL)
    asked = {need.table for metric in known.metrics if metric.is_duty for need in metric.needs}
    numbers = [metric for metric in known.metrics if not metric.is_duty]
    assert {need.table for metric in numbers for need in metric.needs} <= asked
    fields = {(table, field) for table, field, *_ in seeds._asked_fields(contracts.load(SQL / "contracts"), known)}
    assert ("problem", "fine_amount") not in fields
    assert ("problem", "rectify_due") in fields


def test_an_indicator_without_facts_is_refused(sql: Path) -> None:
    (sql / "indicators" / "rework_rate.sql").unlink()
    rules = steps.read_rules(Settings(root=sql.parent, sql=sql))
    with pytest.raises(ModelError, match="rework_rate"):
        _ = rules.models


HEADER = "-- 一行\n-- 粒度：a\n-- 依据：b\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select 1 as a", "三行注释"),
        (HEADER + "select a from staging.nowhere", "nowhere"),
        (HEADER + "select a from nowhere", "nowhere"),
        (HEADER + "select grid_id from published.grid", "更高层"),
        (HEADER + "select from where", "无法解析"),
        (HEADER + "select grid_id from core.odd", "成环"),
    ],
)
def test_a_model_with_a_mistake_is_refused(sql: Path, text: str, message: str) -> None:
    (sql / "core" / "odd.sql").write_text(text, "utf-8")
    rules = steps.read_rules(Settings(root=sql.parent, sql=sql))
    with pytest.raises(ModelError, match=message):
        _ = rules.models


def test_every_model_is_used_or_published() -> None:
    rules = steps.read_rules(Settings(root=Path()))
    read = {name for model in rules.models for name in model.inputs}
    published = {f"published.{table.name}" for table in rules.published}
    idle = [model.name for model in rules.tables if model.name not in read | published]
    assert idle == []


def test_a_cte_is_not_taken_for_a_table() -> None:
    made = models.make("core.x", HEADER + "with a as (select 1 as b from seed.grid) select b from a")
    assert made.inputs == {"seed.grid"}


@pytest.mark.parametrize(
    "text", ["所属网格", " 所属\n网格 ", "所 属 网 格", "所属网格*", "所属网格（必填）", "所属网格："]
)
def test_headers_are_compared_without_their_dress(text: str) -> None:
    assert normal_header(text) == "所属网格"


@pytest.mark.parametrize("text", ["昨天", "2026-13-01", "2026-11-06 09:00+08:00", ""])
def test_moments_that_are_none(text: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(repr(text))):
        parse_moment(text)
