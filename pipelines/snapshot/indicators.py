"""The numbers beside the duties: their values of a grid and month, and the facts behind each, down to the row."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import MONTH_END, Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask

_ENTRY = (
    "metric_id, zh, concept, clause, formula_zh, unit, direction, combine, min_n, version, coalesce(en, '') as en,"
    " coalesce(formula_en, '') as formula_en, coalesce(divisor, 1) as divisor"
)
# A fact of kind `patrols` holds many: each patrol credited to its grid in its month is one line, counted by none alone.
_FACTS = """
, fact as (
    select indicator_id, grid_id, month, on_day, subject_kind, subject_id, numerator, denominator, row_id
    from published.indicator_row where subject_kind <> 'patrols'
    union all
    select
        part.indicator_id, part.grid_id, part.month, part.on_day, 'patrol' as subject_kind,
        credit.patrol_id as subject_id,
        cast(null as bigint) as numerator, cast(null as bigint) as denominator, credit.row_id
    from published.indicator_row as part
    join published.patrol_credit as credit
        on credit.grid_id = part.grid_id and credit.basis <> 'none'
        and strftime(credit.started_at, '%Y-%m') = part.month
    where part.subject_kind = 'patrols'
), told as (
    select
        fact.*, metric.zh, metric.combine, coalesce(metric.divisor, 1) as divisor,
        place.name as grid_name, coalesce(county.name, '') as county_name,
        county.code,
        coalesce(problem.description, patrol.sites, checked.subject, person.name, evaluated.item, '') as subject_text,
        coalesce(problem.row_id, '') as subject_row_id
    from fact
    join published.metric_catalogue as metric on metric.metric_id = fact.indicator_id
    join place on place.grid_id = fact.grid_id
    left join place as county on county.grid_id = place.county_id
    left join published.obligation as duty
        on fact.subject_kind = 'obligation' and duty.metric_id = 'rectification'
        and duty.obligation_id = fact.subject_id
    left join published.follow_up as visit on fact.subject_kind = 'follow_up' and visit.follow_up_id = fact.subject_id
    left join published.backcheck as checked
        on fact.subject_kind = 'backcheck' and checked.backcheck_id = fact.subject_id
    left join published.problem as problem
        on problem.problem_id = coalesce(
            duty.subject_id, visit.problem_id, case when fact.subject_kind = 'problem' then fact.subject_id end)
    left join published.patrol as patrol on fact.subject_kind = 'patrol' and patrol.patrol_id = fact.subject_id
    left join published.person as person on fact.subject_kind = 'person' and person.person_id = fact.subject_id
    left join published.self_gap as evaluated
        on fact.subject_kind = 'self_evaluation' and evaluated.self_evaluation_id = fact.subject_id
    where fact.grid_id in (from visible_grid)
)"""


@dataclass(frozen=True)
class Indicator:
    """An entry of the catalogue that is no duty. combine: share, mean (of any sign), sum, stock (as of the period's
    end), max or median (of days)."""

    metric_id: str
    zh: str
    concept: str
    clause: str
    formula_zh: str
    unit: str
    direction: str
    combine: str
    min_n: int
    version: str
    en: str = ""
    formula_en: str = ""
    divisor: int = 1

    def amount(self, numerator: int) -> float:
        """A numerator in the unit: fines are counted in cents, times in seconds."""
        return scaled(numerator, self.divisor)

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a whole and so a percentage: a share counted in things, no ratio (倍), no 个/百次."""
        return self.combine == "share" and self.unit != "倍" and "/" not in self.unit

    @property
    def has_chart(self) -> bool:
        """Whether its months can stand on a control chart: counts and shares, no largest, no median, no ratio."""
        return self.combine in ("sum", "stock") or (self.combine == "share" and self.unit != "倍")


@dataclass(frozen=True)
class Value:
    """One published number. value None: no fact to make it of, or nobody below the grid whose ledger would show it.

    Sums of nothing are 0 where at least one ledger would show it. unmeasured: senders that cannot be measured, and why
    (of the last month of a period to date).
    """

    indicator: Indicator
    grid_id: str
    period_kind: str
    period: str
    numerator: int
    denominator: int | None
    value: float | None
    n: int
    previous_month_value: float | None
    previous_year_value: float | None
    unmeasured: tuple[str, ...]

    @property
    def is_few(self) -> bool:
        """Whether a share rests on too few for a percentage or a comparison: only x/n is shown then."""
        return self.indicator.combine == "share" and (self.denominator or 0) < self.indicator.min_n


@dataclass(frozen=True)
class Fact:
    """One fact behind a number. numerator None: one of several that are counted together (patrols of a month).

    subject_row_id: the row of the problem it is about, where row_id is another one's; both '' where there is none.
    """

    indicator_id: str
    zh: str
    combine: str
    grid_id: str
    grid_name: str
    county_name: str
    month: str
    subject_kind: str
    subject_id: str
    subject_text: str
    numerator: int | None
    denominator: int | None
    row_id: str
    subject_row_id: str
    divisor: int = 1

    @property
    def amount(self) -> float | None:
        """The numerator in the number's unit."""
        return None if self.numerator is None else scaled(self.numerator, self.divisor)

    @property
    def is_time(self) -> bool:
        """Whether the numerator is days, and the denominator says whether they have ended (1) or go on (0)."""
        return self.combine == "median"


def scaled(numerator: int, divisor: int) -> float:
    """A count in the unit it is told in; a whole one stays whole."""
    return numerator / divisor if numerator % divisor else numerator // divisor


def indicators(snapshot: Snapshot) -> list[Indicator]:
    """The catalogue's indicators in its order."""
    found = snapshot.ask_unscoped(
        f"select {_ENTRY} from published.metric_catalogue where kind = 'indicator' order by place"
    )
    return [Indicator(**row) for row in found]


def values(snapshot: Snapshot, scope: Scope, grid_id: str, period: str, period_kind: str = "month") -> dict[str, Value]:
    """Every indicator of a grid in a period (YYYY-MM; a year: YYYY), by id in the catalogue's order."""
    sql = """
        , before as (
            select strftime(cast($month || '-01' as date) - interval 1 month, '%Y-%m') as month
        )
        select
            metric.metric_id, now.numerator, now.denominator, now.value, coalesce(now.n, 0) as n,
            case when $kind = 'month' then former.value end as previous_month_value, now.previous_year_value
        from published.metric_catalogue as metric
        cross join before
        left join published.indicator_value as now
            on now.indicator_id = metric.metric_id and now.grid_id = $grid_id and now.period_kind = $kind
            and now.period = $period and now.grid_id in (from visible_grid)
        left join published.indicator_value as former
            on former.indicator_id = metric.metric_id and former.grid_id = $grid_id and former.period_kind = 'month'
            and former.period = before.month and former.grid_id in (from visible_grid)
        where metric.kind = 'indicator' and $grid_id in (from visible_grid)"""
    month = period if len(period) > len("2026") else f"{period}-12"
    found = snapshot.ask(scope, sql, grid_id=grid_id, period=period, kind=period_kind, month=month)
    numbers = {row["metric_id"]: row for row in found}
    lacking, judged = _measured(snapshot, scope, grid_id, period)
    return {
        entry.metric_id: _value(entry, grid_id, period_kind, period, numbers[entry.metric_id], lacking, judged)
        for entry in indicators(snapshot)
        if entry.metric_id in numbers
    }


def facts(
    snapshot: Snapshot,
    scope: Scope,
    indicator_id: str,
    grid_id: str,
    month: str,
    limit: int | None = None,
    offset: int = 0,
) -> list[Fact]:
    """The facts behind a month's number of a grid and all below it, those that count first."""
    sql = f"""{_FACTS}
        select * from told
        where indicator_id = $indicator_id and month = $month
            and {below("told.grid_id", "told.on_day")}
        order by numerator desc nulls last, code, grid_id, subject_kind, subject_id
        limit {"all" if limit is None else int(limit)} offset {int(offset)}"""
    found = snapshot.ask(scope, sql, indicator_id=indicator_id, grid_id=grid_id, month=month)
    return _facts(snapshot, scope, found)


def facts_of_row(snapshot: Snapshot, scope: Scope, row_id: str) -> list[Fact]:
    """Every visible fact that rests on this row."""
    sql = f"{_FACTS} select * from told where row_id = $row_id order by indicator_id, month, grid_id, subject_id"
    return _facts(snapshot, scope, snapshot.ask(scope, sql, row_id=row_id))


def _value(
    entry: Indicator,
    grid_id: str,
    period_kind: str,
    period: str,
    row: Row,
    lacking: dict[str, list[str]],
    judged: frozenset[str],
) -> Value:
    value = row["value"]
    if value is None and entry.combine in {"sum", "stock"} and entry.metric_id in judged:
        value = 0.0
    return Value(
        indicator=entry,
        grid_id=grid_id,
        period_kind=period_kind,
        period=period,
        numerator=row["numerator"] or 0,
        denominator=row["denominator"],
        value=value,
        n=row["n"],
        previous_month_value=row["previous_month_value"],
        previous_year_value=row["previous_year_value"],
        unmeasured=tuple(lacking.get(entry.metric_id, ())),
    )


def _measured(
    snapshot: Snapshot, scope: Scope, grid_id: str, period: str
) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Indicator → who cannot be measured in some month of the period, with the reason; and those somebody can be."""
    sql = f"""
        select given.metric_id, place.name, max(coalesce(given.reason_zh, '')) as reason_zh,
            bool_or(given.measurable = 'no' or not given.is_delivered) as is_lacking,
            bool_or(given.measurable <> 'no' and given.is_delivered) as is_judged
        from published.measurable as given
        join published.metric_catalogue as metric on metric.metric_id = given.metric_id and metric.kind = 'indicator'
        join place on place.grid_id = given.county_id
        where starts_with(given.month, $period) and given.county_id in (
            select owner.county_id from place as owner
            where owner.grid_id in (from visible_grid)
                and {below("owner.grid_id", MONTH_END.format(month="given.month"))})
        group by given.metric_id, place.name, place.code
        order by given.metric_id, place.code"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, period=period)
    lacking: dict[str, list[str]] = {}
    for row in found:
        if row["is_lacking"]:
            reason = f"：{row['reason_zh']}" if row["reason_zh"] else ""
            lacking.setdefault(row["metric_id"], []).append(f"{row['name']}{reason}")
    return lacking, frozenset(row["metric_id"] for row in found if row["is_judged"])


def _facts(snapshot: Snapshot, scope: Scope, found: list[Row]) -> list[Fact]:
    mask = Mask(snapshot, scope)
    result = []
    for row in found:
        values = {name: row[name] for name in Fact.__dataclass_fields__}
        values.update({name: mask.text(values[name] or "") for name in ("subject_id", "subject_text")})
        result.append(Fact(**{**values, "row_id": values["row_id"] or ""}))
    return result
