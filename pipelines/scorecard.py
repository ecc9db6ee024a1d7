"""Score cards, read from sql/scorecard.toml into frozen objects: one a grid level, from a day on.

A card holds duties of its own level alone. Refuses unknown keys, a metric that is none of that level's duties, weights
that do not make 100, a floor that is no floor, two cards of a level on one day, and whatever lacks its words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pipelines.dated_rules import BASES, CatalogueError, Dated, check_keys, check_periods

FILE = "scorecard.toml"
LEVELS = (1, 2, 3)
WHOLE = 100
_MOST_GROUPS = 6
_GROUP_KEYS = {"id", "zh", "en", "concepts"}
_TEXTS = ("version", "zh", "en", "basis", "source")
# What the finding and the rank rest on → its bounds: from (exclusive) and to (inclusive), and whether it is whole.
_LINES: Mapping[str, tuple[float, float, bool]] = {
    "assessable_at_least": (0, WHOLE, True),
    "attained_at_least": (0, 1, False),
    "failed_below": (0, 1, False),
    "failed_misses": (0, 1_000, True),
    "failed_metric_from": (0, 1_000, True),
    "undated_at_most": (0, 1, False),
    "unseen_at_most": (-1, WHOLE, True),
    "ranked_from": (0, 1_000_000, True),
    "agreement": (0, 100_000, True),
    "draws": (0, 100_000, True),
    "seed": (-1, 2**53, True),
}


class Goal(Dated, Protocol):
    """A target share in force from a day on."""

    @property
    def value(self) -> float:
        """0–1."""


class Scorable(NamedTuple):
    """A duty as a card sees it."""

    levels: tuple[str, ...]
    concept: str
    targets: Sequence[Goal]


@dataclass(frozen=True)
class Group:
    """Some concepts under one name; every metric of a card falls into exactly one."""

    id: str
    zh: str
    en: str
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Weight:
    """What a metric is worth, and the rate at which it is worth nothing."""

    metric: str
    weight: int
    floor: float


@dataclass(frozen=True)
class Card:
    """One level's card; `texts` holds its words, `lines` the numbers of finding and rank, by name."""

    level: int
    texts: Mapping[str, str]
    lines: Mapping[str, float]
    weights: tuple[Weight, ...]
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Scorecard:
    """All cards and their groups."""

    groups: tuple[Group, ...]
    cards: tuple[Card, ...]

    def group_of(self, concept: str) -> Group:
        """The group a concept stands in."""
        return next(group for group in self.groups if concept in group.concepts)


def load(sql_dir: Path, duties: Mapping[str, Scorable]) -> Scorecard:
    """Read scorecard.toml of `sql_dir`; duties: what a card may hold. Raises CatalogueError naming what is wrong."""
    data = tomllib.loads((sql_dir / FILE).read_text("utf-8"))
    check_keys(FILE, data, {"group", "card"}, {"group", "card"})
    groups = tuple(_group(given) for given in data["group"])
    concepts = [concept for group in groups for concept in group.concepts]
    if len(groups) > _MOST_GROUPS or len(set(concepts)) != len(concepts) or len({g.id for g in groups}) != len(groups):
        raise CatalogueError(
            f"{FILE}: 分组至多 {_MOST_GROUPS} 个，编号、concept 不重复 (six groups at most, each once)"
        )
    cards = tuple(_card(given, duties, set(concepts)) for given in data["card"])
    for level in LEVELS:
        own = [card for card in cards if card.level == level]
        check_periods(f"{FILE} {level} 级", own)
        versions = [card.texts["version"] for card in own]
        if not own or len(set(versions)) != len(versions):
            raise CatalogueError(f"{FILE}: {level} 级应有评分卡，各有不同的 version，现为 {versions} (a card a level)")
    return Scorecard(groups, cards)


def _group(given: Mapping[str, Any]) -> Group:
    name = f"{FILE} group {given.get('id', '?')}"
    check_keys(name, given, _GROUP_KEYS, _GROUP_KEYS)
    _filled(name, {key: str(given[key]).strip() for key in ("id", "zh", "en")})
    return Group(given["id"], given["zh"], given["en"], tuple(given["concepts"]))


def _card(given: Mapping[str, Any], duties: Mapping[str, Scorable], concepts: set[str]) -> Card:
    name = f"{FILE} {given.get('level', '?')} 级 {given.get('version', '?')}"
    required = {"level", "valid_from", "weights", *_TEXTS, *_LINES}
    check_keys(name, given, required | {"valid_to"}, required)
    if given["level"] not in LEVELS or given["basis"] not in BASES:
        raise CatalogueError(f"{name}: level 应为 {LEVELS} 之一，basis 应为 {BASES} 之一 (unknown level or basis)")
    texts = {key: str(given[key]).strip() for key in _TEXTS}
    _filled(name, texts)
    for key, (above, upto, is_whole) in _LINES.items():
        kinds = (int,) if is_whole else (int, float)
        if type(given[key]) not in kinds or not above < given[key] <= upto:
            raise CatalogueError(f"{name}: {key} 应大于 {above}、不大于 {upto}，现为 {given[key]!r} (out of bounds)")
    lines = {key: given[key] for key in _LINES}
    if lines["failed_below"] > lines["attained_at_least"]:
        raise CatalogueError(f"{name}: failed_below 不应高于 attained_at_least (lines cross)")
    weights = tuple(_weight(name, one) for one in given["weights"])
    card = Card(given["level"], texts, lines, weights, given["valid_from"], given.get("valid_to"))
    _check_weights(name, card, duties, concepts)
    return card


def _weight(name: str, given: Mapping[str, Any]) -> Weight:
    keys = {"metric", "weight", "floor"}
    check_keys(f"{name} {given.get('metric', '?')}", given, keys, keys)
    if type(given["weight"]) is not int or given["weight"] < 1:
        raise CatalogueError(f"{name} {given['metric']}: weight 应为正整数，现为 {given['weight']!r} (whole weight)")
    return Weight(given["metric"], given["weight"], float(given["floor"]))


def _check_weights(name: str, card: Card, duties: Mapping[str, Scorable], concepts: set[str]) -> None:
    """One line a duty of this level, in a group, its floor below every target that holds while the card does."""
    listed = [one.metric for one in card.weights]
    if len(set(listed)) != len(listed) or sum(one.weight for one in card.weights) != WHOLE:
        total = sum(one.weight for one in card.weights)
        raise CatalogueError(f"{name}: 各项不重复，权重之和应为 {WHOLE}，现为 {total} (weights make {WHOLE})")
    for one in card.weights:
        duty = duties.get(one.metric)
        if duty is None:
            raise CatalogueError(f"{name} {one.metric}: 目录中没有这项义务 (unknown duty)")
        if str(card.level) not in duty.levels or duty.concept not in concepts:
            raise CatalogueError(f"{name} {one.metric}: 不是该级的义务，或其 concept 不在任何分组 (not of this level)")
        goals = _goals(duty, card)
        if not goals or not 0 <= one.floor < min(goals):
            expected = f"目标应自评分卡生效起一直都有，floor 不小于 0、低于目标 {goals}"
            raise CatalogueError(f"{name} {one.metric}: {expected}，现为 {one.floor} (floor below every goal)")


def _goals(duty: Scorable, card: Card) -> list[float]:
    """The targets while the card holds; none where some day of it has no target."""
    found, day = [], card.valid_from
    for goal in sorted(duty.targets, key=lambda goal: goal.valid_from):
        if goal.valid_from <= day <= (goal.valid_to or date.max):
            found.append(goal.value)
            if goal.valid_to is None or goal.valid_to >= (card.valid_to or date.max):
                return found
            day = goal.valid_to + timedelta(days=1)
    return []


def _filled(name: str, texts: Mapping[str, str]) -> None:
    empty = [key for key, text in texts.items() if not text]
    if empty:
        raise CatalogueError(f"{name}: 缺少 {empty}，中英文都要写 (missing words)")
