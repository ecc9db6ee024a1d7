"""The SQL of duties and of what is published keeps to what two engines read alike; helpers are called by name.

A list of what is denied: each construct here parses on both engines and means something else, or parses on one alone.
Staging and most of core read what landed and may use DuckDB's own words; models of core that judge may not.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from roots import SQL

# Construct → (how it is found, an example, what to write instead).
DENIED = {
    "date_diff": (r"\bdate_?diff\s*\(", "date_diff('day', a, b)", "days_between(a, b)"),
    "interval": (r"\binterval\b", "a + interval 1 day", "plus_days(a, 1)"),
    "date_trunc": (r"\bdate_trunc\b", "date_trunc('month', a)", "month_of(a)"),
    "weekday": (r"\b(dayofweek|isodow|weekday)\s*\(", "dayofweek(a)", "the calendar"),
    "cast": (r"::", "a::date", "cast(a as date)"),
    "integer division": (r"//", "a // 2", "cast(floor(a / 2e0) as bigint)"),
    "lists": (r"\blist_\w+\s*\(|\blambda\b|\bunnest\s*\(|\w\[", "list_contains(a, 'x')", "a table of the parts"),
    "other columns of a star": (r"\*\s*(exclude|replace)\b", "select * exclude (a)", "the columns by name"),
    "logarithm": (r"\b(log|ln|log2|log10)\s*\(", "log(a)", "a statistic in pipelines/statistics"),
    "patterns": (r"\bregexp_(replace|matches|full_match|extract_all)\s*\(", "regexp_matches(a, 'x')", "like"),
    "bare join of texts": (r"\bconcat\s*\(", "concat(a, b)", "concat_ws('', a, b): NULL is nothing"),
    "decimal": (r"(?<![\w.'])\d+\.\d+(?![\de.'])", "a / 3600.0", "3600e0"),
    "formats": (r"\bstr[fp]time\s*\(", "strftime(a, '%Y-%m')", "month_of(a)"),
    "by all": (r"\b(group|order)\s+by\s+all\b", "group by all", "the columns by name"),
    "other joins": (r"\b(semi|anti|asof|positional)\s+join\b", "a semi join b", "exists (…)"),
    "text aggregates": (r"\b(string_agg|group_concat|listagg)\s*\(", "string_agg(a, '、')", "join_sorted(a, '、')"),
    "other names of max_by": (r"\barg_(max|min)\s*\(", "arg_max(a, b)", "max_by(a, b)"),
    "structs": (r"\{\s*'", "{'a': 1}", "columns"),
}
# Models of core in which a duty is decided: who owes how much in which window, is it met, can anybody say.
JUDGING = (
    "coverage_month", "feedback_due", "grid_heir", "grid_month", "grid_year", "guidance_quarter", "improvement",
    "improvement_stated", "in_charge", "listed_month", "listing_told", "patrol_asked", "patrol_day", "patrol_entry",
    "patrol_turn", "patrol_window", "plan_aimed", "plan_told", "post_month", "problem_former", "problem_handling",
    "self_evaluation", "self_evaluation_sent", "site_cycle", "site_edition", "site_known", "site_list",
    "site_list_missing", "site_place", "site_told", "site_turn", "site_visit", "special_day", "special_period",
    "surprise_month",
)  # fmt: skip
PORTABLE = ("steps", "obligations", "indicators", "points", "published")
FILES = sorted(
    [path for layer in PORTABLE for path in (SQL / layer).glob("*.sql")]
    + [SQL / "core" / f"{name}.sql" for name in JUDGING]
)


def denied(sql: str) -> list[str]:
    """What of a model's text is denied, and what to write instead; comments and texts are not SQL."""
    bare = re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", sql))
    return [f"{name}: {instead}" for name, (pattern, _, instead) in DENIED.items() if re.search(pattern, bare.lower())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_is_owed_and_published_reads_alike(path: Path) -> None:
    assert denied(path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", DENIED)
def test_each_example_is_found(name: str) -> None:
    assert name in {told.split(":")[0] for told in denied(f"select {DENIED[name][1]} from t")}


def test_comments_and_texts_are_let_be() -> None:
    assert (
        denied("-- date_diff(a) :: 1.5\nselect '2.5 // interval' as t, x.a, 2.66e0 * 1e0, substr(a, 1, 4) from x") == []
    )
