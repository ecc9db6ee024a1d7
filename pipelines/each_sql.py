"""Generates one function applied to many columns of a row.

A ledger of problems has seventy columns, thirty of them dates. Macros are copied in wherever they are called, and what
a copy costs is to plan it and to compile its patterns, long before a row is read. Over many columns the function
therefore stands once, over the list of their values, and each column takes its place in the list back. A row costs more
so: over a few columns, as a ledger of patrols has them, the function is written out for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# From how many columns on to plan a function once is worth what the lists cost.
MANY = 16


@dataclass(frozen=True)
class Each:
    """A function over columns.

    name: what the results are called. function: SQL with `{t}` for the value. values: column → the SQL of its value.
    """

    name: str
    function: str
    values: Mapping[str, str]

    @property
    def _as_list(self) -> bool:
        return len(self.values) >= MANY

    @property
    def results(self) -> tuple[str, ...]:
        """The columns that hold the results in the step that computes them."""
        return (self.name,) if self._as_list else tuple(f"{self.name}_{column}" for column in self.values)

    @property
    def items(self) -> tuple[str, ...]:
        """The select items that compute them."""
        if self._as_list:
            values = ", ".join(self.values.values())
            return (f"list_transform([{values}], lambda t: {self.function.format(t='t')}) as {self.name}",)
        return tuple(
            f"{self.function.format(t=value)} as {result}"
            for value, result in zip(self.values.values(), self.results, strict=True)
        )

    def of(self, column: str) -> str:
        """The result for one column, in a later step."""
        if self._as_list:
            return f"{self.name}[{list(self.values).index(column) + 1}]"
        return f"{self.name}_{column}"


def items(families: Sequence[Each]) -> str:
    """The select items of several families, each behind a comma."""
    return "".join(f",\n        {item}" for family in families for item in family.items)


def results(families: Sequence[Each]) -> str:
    """The columns of several families, each behind a comma."""
    return "".join(f", {result}" for family in families for result in family.results)
