"""What the parts of 年度自评 share: where a number opens its duties, a row its file, a grid its own page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import TypeAlias

from dashboards import parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot.self_evaluation import Item
from pipelines.snapshot.self_year import Aligned

Lines: TypeAlias = Sequence[Sequence[str]]
FEW = 3  # lines not worth a title of their own
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Page:
    """What the page shows: a year's evaluations of the grids at or below one."""

    door: Door
    choice: Choice
    year: int
    grid_id: str

    @property
    def place(self) -> str:
        """安化县 东坪镇; 全市."""
        return parts.place_words(self.door, self.grid_id)

    @property
    def is_township(self) -> bool:
        """Whether nothing lies below the chosen grid."""
        return self.door.places[self.grid_id].level == 3

    def here(self, grid_id: str, html: str) -> str:
        """The same page about another grid."""
        return parts.link("self_evaluation", {"year": str(self.year), "grid": grid_id}, html)

    def duties(self, html: str, metric: str, grid: str, level: object, month: str, **more: str) -> str:
        """A number that opens its duties; more: state, span."""
        given = {"state": "", "span": "month", **more}
        query = self.choice.link(metric=metric, grid=grid, level=str(level), month=month, page=1, **given)
        return parts.link("obligations", query, html)

    def of_year(self, html: str, metric: str, grid: str, level: object, year: int, state: str = "") -> str:
        """The same for all duties of a calendar year."""
        months = [one.month for one in self.door.months if one.month[:4] == str(year)]
        month = months[-1] if months else f"{year}-12"
        return self.duties(html, metric, grid, level, month, state=state, span="year")


def row(row_id: str, words: str = "") -> str:
    """来源行, opening the row."""
    return parts.to_row(row_id, words or say("self_row"))


def computed(page: Page, item: Item, level: int) -> str:
    """x/n of an item; where it is made of several metrics, each of them opens its own duties."""
    words = metric_words(page, item)
    xn = f"{item.on_time}/{item.whole}"
    if len(words) == 1:
        return page.of_year(xn, next(iter(words)), item.grid_id, level, page.year)
    links = (page.of_year(escape(text), metric, item.grid_id, level, page.year) for metric, text in words.items())
    return f"{xn} <small>{say('self_join').join(links)}</small>"


def metric_words(page: Page, one: Item | Aligned) -> dict[str, str]:
    """The metrics that an item is compared with, by id, in the language of the page; empty where none answers to it."""
    names = zip(one.metrics.split("、"), one.metrics_zh.split("、"), strict=True) if one.metrics else ()
    known = page.door.metrics
    return {metric: named(known[metric]) if metric in known else zh for metric, zh in names}


def metric_names(page: Page, one: Item | Aligned) -> str:
    """巡查覆盖率、按期整改率; empty where no metric answers to it."""
    return say("self_join").join(metric_words(page, one).values())


def wording(page: Page, item: Item) -> str:
    """How the grid words its item, where it does not say the metric's own name."""
    return "" if item.item in ("", item.metrics_zh, metric_names(page, item)) else item.item


def state(item: Item) -> str:
    """Why an item is not compared, as a tag."""
    return f'<span class="tag nothing_due">{escape(say(f"self_item_{item.state}"))}</span>'


def table(heads: Sequence[str], first: Lines, rest: Lines, name: str, title: str, key: str) -> None:
    """A table whose first lines stand in sight and the others behind a title; a few of them stand in sight too."""
    if len(rest) <= FEW:
        first, rest = [*first, *rest], []
    parts.table(heads, first, name, stacks=True)
    if rest:
        with parts.drawer(title, key) as is_open:
            if is_open:
                parts.table(heads, rest, name, stacks=True)


def points(value: float) -> str:
    """+29.5; no sign at 0."""
    return f"{value:+.1f}" if abs(value) >= 0.05 else "0.0"


def where(county_name: str, name: str) -> str:
    """安化县 东坪镇."""
    return f"{county_name} {name}".strip()


def plain(html: str) -> str:
    """Our own line of links as text, for a table to take away."""
    return unescape(_TAG.sub("", html))
