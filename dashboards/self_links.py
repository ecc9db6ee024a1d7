"""What the parts of 年度自评 share: where a number opens its duties, a row its file, a grid its own page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from dashboards import parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot.self_evaluation import Item


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
    names = dict(zip(item.metrics.split("、"), item.metrics_zh.split("、"), strict=True)) if item.metrics else {}
    xn = f"{item.on_time}/{item.whole}"
    if len(names) == 1:
        return page.of_year(xn, next(iter(names)), item.grid_id, level, page.year)
    known = page.door.metrics
    words = {metric: named(known[metric]) if metric in known else zh for metric, zh in names.items()}
    links = (page.of_year(escape(text), metric, item.grid_id, level, page.year) for metric, text in words.items())
    return f"{xn} <small>{say('self_join').join(links)}</small>"


def points(value: float) -> str:
    """+29.5; no sign at 0."""
    return f"{value:+.1f}" if abs(value) >= 0.05 else "0.0"


def where(county_name: str, name: str) -> str:
    """安化县 东坪镇."""
    return f"{county_name} {name}".strip()
