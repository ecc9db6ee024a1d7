"""Key sites on the page 巡查覆盖: how many were due and visited, which were never visited at all."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboards import coverage_calendar, downloads, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot.coverage_sites import Site, Sites, key_sites
from pipelines.snapshot.measurable import blind_grids, measured, told_reasons
from pipelines.snapshot.standing import figures

METRIC = "key_site_visit"
COUNTED = ("listed", "due", "visited", "overdue", "unreported", "pending")
STATES = ("overdue", "unreported", "pending")


def show(door: Door, choice: Choice, weeks: int) -> None:
    """Counts of sites, the duties behind them, then the sites by name."""
    place, month = parts.place_words(door, choice.place), parts.month_label(door, choice.month)
    parts.section(f"{say('sites')}　{place}　{month}", say("sites_note"))
    found = door.ask(key_sites, choice.place, choice.month)
    lacking(door, choice, METRIC)
    if not found.listed:
        parts.show(f'<p class="quiet">{escape(say("sites_none"))}</p>')
        return
    _counts(door, choice, found)
    late = [site for site in found.sites if site.overdue and not site.is_never]
    parts.show(f'<h3 class="named">{escape(say("never_title", n=len(found.never)))}</h3>')
    told = "never_note" if found.never else "never_none"
    parts.show(f'<p class="quiet">{escape(say(told))}</p>')
    if found.never:
        site_list(choice, weeks, found.never)
    for key, sites in (("late_title", late), ("all_sites", found.sites)):
        with parts.drawer(say(key, n=len(sites)), key=key) as is_open:
            if is_open and sites:
                site_list(choice, weeks, sites)
    headers = [*_heads(), say("sites_overdue"), say("sites_unreported"), say("sites_pending"), say("sites_never")]
    definitions = [(say("sites"), say("sites_note")), (say("sites_never"), say("never_note"))]
    name = f"{say('sites')}　{place}　{choice.month}"
    downloads.offer(door, name, headers, lambda: [_carried(site) for site in found.sites], definitions)


def lacking(door: Door, choice: Choice, metric_id: str) -> None:
    """Who cannot be judged in this metric, and why; nothing where everybody can."""
    blind = door.ask(blind_grids, metric_id, choice.place, choice.month)
    reasons = told_reasons(blind) or door.ask(measured, metric_id, choice.place, choice.month).reasons
    if reasons:
        parts.show("".join(f'<p class="why">{escape(say("sites_blind", text=reason))}</p>' for reason in reasons))


def _counts(door: Door, choice: Choice, found: Sites) -> None:
    """Each count of sites; those of a state, and the visits of the published figure, open their duties."""
    lines = []
    for name in COUNTED:
        n = getattr(found, name)
        html = f"{escape(say(f'sites_{name}'))} <b>{n}</b>"
        lines.append(_duties(choice, name if name in STATES else "", html) if n and name != "listed" else html)
    lines.append(f"{escape(say('sites_never'))} <b>{len(found.never)}</b>")
    figure = door.ask(figures, METRIC, choice.place, choice.month).get("all")
    if figure is not None:
        text = f"{escape(say('sites_visits'))} <b>{figure.on_time} / {figure.due}</b>"
        lines.append(_duties(choice, "", text))
    parts.show(f'<ul class="counts">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')


def _duties(choice: Choice, state: str, html: str) -> str:
    query = choice.link(metric=METRIC, grid=choice.place, level="all", state=state, page=1)
    return parts.link("obligations", query, html)


def _heads() -> list[str]:
    return [say(key) for key in ("site_name", "grid_any", "site_cycle", "site_month", "site_last", "site_next")]


def site_list(choice: Choice, weeks: int, sites: Sequence[Site]) -> None:
    parts.table(_heads(), [_line(choice, weeks, site) for site in sites], "sites", stacks=True)


def _line(choice: Choice, weeks: int, site: Site) -> list[str]:
    last = parts.day(site.last_visit) if site.last_visit else say("none")
    grid = coverage_calendar.link(choice, weeks, grid=site.grid_id)
    return [
        parts.to_row(site.row_id, site.name) or escape(site.name),
        parts.link("coverage", grid, escape(_where(site))),
        escape(_cycle(site)),
        f"{site.met} / {site.due}" if site.due else say("none"),
        parts.to_row(site.last_row_id, last) or escape(last),
        parts.day(site.next_due) if site.next_due else say("none"),
    ]


def _carried(site: Site) -> list[Value]:
    month = f"{site.met} / {site.due}" if site.due else ""
    counts = (site.overdue, site.unreported, site.pending)
    never = say("sites_never") if site.is_never else ""
    return [site.name, _where(site), _cycle(site), month, site.last_visit, site.next_due, *counts, never]


def _where(site: Site) -> str:
    return f"{site.county_name} {site.grid_name}".strip()


def _cycle(site: Site) -> str:
    words = say(f"cycle_{site.cycle}")
    return say("site_times", cycle=words, n=site.visits_per) if site.cycle and site.visits_per else words
