"""What the rule files say beyond the published catalogue: limits, goals and weights by their dates, clauses, cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipelines.catalogue import Catalogue, load
from pipelines.contracts import Contract, Contracts
from pipelines.contracts import load as load_contracts
from pipelines.reports.metric_reference import combined, need_words, pages
from pipelines.settings import Settings

OURS = "本系统暂定"


@dataclass(frozen=True)
class Held:
    """One rule of a metric in force from a day on. kind: limit, target or weight."""

    metric_id: str
    kind: str
    text_zh: str
    since: date
    until: date | None
    basis_zh: str

    @property
    def is_ours(self) -> bool:
        """Whether the number is this system's own until the detachment sets one."""
        return OURS in self.basis_zh


@dataclass(frozen=True)
class Details:
    """Of one metric: everything that ever held of it, oldest first; what a missing column costs; how it is put together
    ('' for a duty)."""

    held: tuple[Held, ...]
    needs: tuple[str, ...]
    combined: str


@dataclass(frozen=True)
class ClauseLine:
    """A clause of the scheme, the metrics that measure it, the pages that show them, and what no export can show."""

    id: str
    duty_zh: str
    metrics: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]
    beyond_zh: str


@dataclass(frozen=True)
class CardLine:
    """A metric's line of a score card."""

    card_zh: str
    since: date
    until: date | None
    group_zh: str
    metric_id: str
    metric_zh: str
    weight: int
    floor: float


@dataclass(frozen=True)
class Shown:
    """All of it. version: of the catalogue as the rule files have it now."""

    version: str
    details: Mapping[str, Details]
    clauses: tuple[ClauseLine, ...]
    cards: tuple[CardLine, ...]

    @property
    def ours(self) -> tuple[Held, ...]:
        """Every limit and goal that holds today and is this system's own."""
        return tuple(
            one
            for details in self.details.values()
            for one in details.held
            if one.is_ours and one.until is None and one.kind != "weight"
        )


@lru_cache(maxsize=4)
def shown(settings: Settings) -> Shown:
    """Read once a process, as the other papers do: rule files come with the program. Raises CatalogueError."""
    contracts = load_contracts(settings.sql / "contracts", settings.profiles, settings.grid_seed)
    return shown_of(load(settings.sql), contracts)


def shown_of(catalogue: Catalogue, contracts: Contracts) -> Shown:
    """The same of rules already read."""
    return Shown(
        catalogue.version,
        {metric.id: _details(catalogue, metric.id, contracts.tables) for metric in catalogue.metrics},
        tuple(_clauses(catalogue)),
        tuple(_cards(catalogue)),
    )


def _details(catalogue: Catalogue, metric_id: str, tables: Mapping[str, Contract]) -> Details:
    metric = next(one for one in catalogue.metrics if one.id == metric_id)
    held = [*_limits(catalogue, metric_id), *_weights(catalogue, metric_id)]
    held += [
        Held(metric_id, "target", f"{one.value:.0%}", one.valid_from, one.valid_to, one.basis_zh)
        for one in metric.targets
    ]
    order = ("limit", "target", "weight")
    return Details(
        tuple(sorted(held, key=lambda one: (order.index(one.kind), one.since))),
        tuple(need_words(need, tables) for need in metric.needs),
        "" if metric.is_duty else combined(metric),
    )


def _limits(catalogue: Catalogue, metric_id: str) -> Iterator[Held]:
    for one in catalogue.limits:
        if one.metric_id == metric_id:
            text = f"{one.text_zh}。起算：{one.starts_from}"
            yield Held(metric_id, "limit", text, one.valid_from, one.valid_to, _basis(one.basis, one.source))


def _weights(catalogue: Catalogue, metric_id: str) -> Iterator[Held]:
    for card in catalogue.scorecard.cards:
        for one in card.weights:
            if one.metric == metric_id:
                text = f"{card.texts['zh']}第 {card.texts['version']} 版：{one.weight} 分，0 分线 {one.floor:.0%}"
                basis = _basis(card.texts["basis"], card.texts["source"])
                yield Held(metric_id, "weight", text, card.valid_from, card.valid_to, basis)


def _basis(basis: str, source: str) -> str:
    return source if source.startswith(basis) else f"{basis}，{source}"


def _clauses(catalogue: Catalogue) -> Iterator[ClauseLine]:
    for clause in catalogue.clauses:
        measured = catalogue.measured(clause)
        names = tuple((metric.id, metric.texts["zh"]) for metric in measured)
        yield ClauseLine(clause.id, clause.duty_zh, names, pages(measured), clause.beyond_zh)


def _cards(catalogue: Catalogue) -> Iterator[CardLine]:
    zh = {metric.id: metric.texts["zh"] for metric in catalogue.metrics}
    concepts = {metric.id: metric.texts["concept"] for metric in catalogue.metrics}
    for card in catalogue.scorecard.cards:
        name = f"{card.texts['zh']}第 {card.texts['version']} 版"
        for one in card.weights:
            group = catalogue.scorecard.group_of(concepts[one.metric]).zh
            yield CardLine(
                name, card.valid_from, card.valid_to, group, one.metric, zh[one.metric], one.weight, one.floor
            )
