"""Where a column of the contract stands on a sheet: needed to colour the cell a finding speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from pipelines.contracts import Contract, Profile, normal_header

Header = Sequence[Sequence[str]]


def places(contract: Contract, profile: Profile | None, header: Header) -> Mapping[str, list[int]]:
    """Column name → indexes of the cells whose header may mean it, the likeliest first.

    A header of two rows is read as landing reads it: group and column together, then the column alone.
    """
    known = {text: (rank, name) for rank, (text, name) in enumerate(contract.headers(profile).items())}
    claims = sorted(
        (order, *known[reading], index)
        for index, readings in enumerate(_readings(header))
        for order, reading in enumerate(readings)
        if reading in known
    )
    found: dict[str, list[int]] = {}
    for _, _, name, index in claims:
        found.setdefault(name, []).append(index)
    # A day kept apart from its clock answers to the headers of its instant.
    spares = {column.name: found.get(column.spare_of, []) for column in contract.columns.values() if column.spare_of}
    return {**spares, **found}


def place_of(found: Mapping[str, list[int]], column_name: str, value: str, cells: Sequence[str]) -> int | None:
    """The index of the cell with this value; the likeliest header where none has it, None where there is no header."""
    indexes = found.get(column_name, [])
    fitting = [index for index in indexes if (cells[index] if index < len(cells) else "") == value]
    return next(iter([*fitting, *indexes]), None)


def _readings(header: Header) -> list[list[str]]:
    """Per cell of the header the texts it may be read as, normalised."""
    if not header:
        return []
    if len(header) == 1:
        return [[normal_header(text)] for text in header[0]]
    result, group = [], ""
    for high, low in zip_longest(header[0], header[1], fillvalue=""):
        group = high or (group if low else "")
        if not low or low == group:
            result.append([normal_header(low or high)])
        else:
            result.append([normal_header(group) + normal_header(low), normal_header(low)])
    return result
