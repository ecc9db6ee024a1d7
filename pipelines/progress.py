"""What a clerk sees of a build while it runs: a counter on a terminal, and at the end one line a layer."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

_LAYERS_ZH = {
    "staging": "认读与核对",
    "core": "归并",
    "steps": "处置环节",
    "obligations": "义务",
    "indicators": "指标数",
    "points": "统计量",
    "published": "发布表",
}


@dataclass
class _Layer:
    tables: int = 0
    rows: int = 0
    seconds: float = 0.0


@dataclass
class Tally:
    """Tables made so far, by layer. whole: how many there will be; is_terminal: whether a counter is shown."""

    whole: int
    is_terminal: bool = field(default_factory=lambda: sys.stdout.isatty())
    layers: dict[str, _Layer] = field(default_factory=dict)

    def made(self, layer: str, rows: int, seconds: float) -> None:
        """Count one table."""
        of = self.layers.setdefault(layer, _Layer())
        of.tables, of.rows, of.seconds = of.tables + 1, of.rows + rows, of.seconds + seconds
        if self.is_terminal:
            done = sum(one.tables for one in self.layers.values())
            print(f"\r  已算 {done}/{self.whole} 张表", end="", flush=True)

    def told(self) -> list[str]:
        """One line a layer, from the rows received to what is published, whichever was made first."""
        return [
            f"  {zh} {name}：{of.tables} 张表，{of.rows:,} 行，{of.seconds:.1f} 秒"
            for name, zh in _LAYERS_ZH.items()
            if (of := self.layers.get(name)) is not None
        ]

    def close(self) -> None:
        """Print the lines, over the counter where there is one."""
        if self.is_terminal and self.layers:
            print("\r" + " " * 40, end="\r")
        for line in self.told():
            print(line, flush=True)
