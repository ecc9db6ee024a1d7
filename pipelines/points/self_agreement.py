"""How far self-evaluations and computed shares agree: Bland–Altman and ICC(A,1) by year, over all, by level, by county.

Twice each: a pair an item, and a pair a grid (the means of its items). The items of one grid are one author's and not
independent of each other; so intervals stand with the grids alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyarrow as pa

from pipelines.statistics.agreement import Range, bland_altman, icc_agreement

_SPREAD = (
    "bias",
    "bias_low",
    "bias_high",
    "sd",
    "lower",
    "lower_low",
    "lower_high",
    "upper",
    "upper_low",
    "upper_high",
)
_KEY = [("year", pa.int64()), ("scope_kind", pa.string()), ("scope", pa.string()), ("pair_kind", pa.string())]
SCHEMA = pa.schema(
    [*_KEY, ("pairs", pa.int64()), *((name, pa.float64()) for name in (*_SPREAD, "icc", "icc_low", "icc_high"))]
)
_Pair = tuple[float, float]
_Scope = tuple[int, str, str]
_PERCENT = 100.0


def compute(rows: pa.Table) -> pa.Table:
    """Pairs of shares → one row a year, scope and kind of pair; differences in percentage points, self − computed."""
    by_scope: dict[_Scope, dict[str, list[_Pair]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows.to_pylist(), key=lambda row: str(row["self_evaluation_id"])):
        pair = (row["self_share"] * _PERCENT, row["computed_share"] * _PERCENT)
        for kind, scope in (("all", "all"), ("level", str(row["owner_level"])), ("county", row["county_id"])):
            by_scope[row["year"], kind, scope][row["grid_id"]].append(pair)
    found = [line for scope in sorted(by_scope) for line in _lines(scope, by_scope[scope])]
    return pa.Table.from_pylist(found, schema=SCHEMA)


def _lines(scope: _Scope, of_grids: dict[str, list[_Pair]]) -> Iterator[dict[str, object]]:
    grids = [of_grids[grid_id] for grid_id in sorted(of_grids)]
    items = [pair for pairs in grids for pair in pairs]
    means = [
        (math.fsum(a for a, _ in pairs) / len(pairs), math.fsum(b for _, b in pairs) / len(pairs)) for pairs in grids
    ]
    key = dict(zip((name for name, _ in _KEY), scope, strict=False))
    yield key | {"pair_kind": "item"} | _agreement(items, has_ranges=False)
    yield key | {"pair_kind": "grid"} | _agreement(means, has_ranges=True)


def _agreement(pairs: Sequence[_Pair], *, has_ranges: bool) -> dict[str, object]:
    limits = bland_altman([a for a, _ in pairs], [b for _, b in pairs])
    found: dict[str, object] = {"pairs": limits.pairs, "bias": limits.bias, "sd": limits.standard_deviation}
    parts = {"lower": limits.lower, "upper": limits.upper, "icc": icc_agreement(pairs)}
    for name, part in parts.items():
        found[name] = part.value if part else None
    for name, part in (parts | {"bias": limits.bias_range}).items() if has_ranges else ():
        found |= _ends(name, part)
    return found


def _ends(name: str, part: Range | None) -> dict[str, object]:
    """Both ends of an interval, or neither: the coefficient's may be undefined where it is negative."""
    is_told = part is not None and not (math.isnan(part.low) or math.isnan(part.high))
    return {f"{name}_low": part.low, f"{name}_high": part.high} if part is not None and is_told else {}
