"""The whole published catalogue, duties and numbers alike: what the page of definitions is about."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Scope, Snapshot


@dataclass(frozen=True)
class Entry:
    """A metric as it was when the figures were computed. levels: who can owe it; target 0–1, None for a number; combine
    '' for a duty; below min_n no percentage is given."""

    metric_id: str
    zh: str
    en: str
    kind: str
    concept: str
    levels: tuple[str, ...]
    clause: str
    formula_zh: str
    formula_en: str
    unit: str
    direction: str
    target: float | None
    target_basis_zh: str
    limit_zh: str
    min_n: int
    owner_zh: str
    combine: str
    version: str

    @property
    def is_duty(self) -> bool:
        """Whether somebody owes it; else it is a number beside."""
        return self.kind == "obligation"


_TEXTS = (
    "en", "clause", "formula_zh", "formula_en", "unit", "direction", "target_basis_zh", "limit_zh", "owner_zh",
    "combine", "version",
)  # fmt: skip


def catalogued(snapshot: Snapshot, _scope: Scope) -> dict[str, Entry]:
    """All metrics by id, in the catalogue's order. Of no place and no person, so the same for every scope."""
    texts = ", ".join(f"coalesce({name}, '') as {name}" for name in _TEXTS)
    found = snapshot.ask_unscoped(
        f"""select metric_id, zh, kind, concept, string_split(coalesce(level, ''), ',') as levels, target,
            coalesce(min_n, 10) as min_n, {texts}
        from published.metric_catalogue order by place, metric_id"""
    )
    return {row["metric_id"]: Entry(**{**row, "levels": tuple(row["levels"])}) for row in found}
