"""A hand-written delivery of one county: a roster of three townships, and a patrol book without numbers sent twice.

Between the two files one date was rewritten, one bad date mended, another bad date kept and one row left out.
"""

from __future__ import annotations

from pathlib import Path

from roots import build

ROSTER = """姓名,所属网格,岗位,任职起
示例甲,田庄乡,网格员,2026-01-01
示例乙,马路镇,网格员,2026-01-01
示例丙,江南镇,网格员,2026-01-01
"""
# Nobody knows whose he is.
STRANGER = "梅城镇,2026-10-07,示例丁,0\n"
HEAD = "所属网格,巡查时间,巡查人员,发现问题数\n"
SAME = "".join(f"马路镇,2026-10-{day:02},示例乙,0\n" for day in range(11, 17))
FIRST = (
    f"{HEAD}{SAME}马路镇,2026-10-03,示例乙,0\n田庄乡,2026-10-32,示例甲,0\n"
    f"江南镇,10月月初,示例丙,0\n马路镇,2026-10-06,示例乙,0\n{STRANGER}"
)
LATER = f"{HEAD}{SAME}马路镇,2026-10-04,示例乙,0\n田庄乡,2026-10-13,示例甲,0\n江南镇,10月月初,示例丙,0\n{STRANGER}"
RECEIPTS = """file,received_at
责任人员.csv,2026-11-01 09:00
巡查记录.csv,2026-11-02 09:00
巡查记录（重报）.csv,2026-11-04 09:00
"""


def write(root: Path, *, is_resent: bool = True) -> Path:
    """Write the delivery under `root`, with or without the second book, and build it; returns data/published."""
    folder = root / "data" / "raw" / "2026-10" / "anhua"
    folder.mkdir(parents=True)
    texts = {"责任人员.csv": ROSTER, "巡查记录.csv": FIRST, "_receipts.csv": RECEIPTS}
    if is_resent:
        texts["巡查记录（重报）.csv"] = LATER
    else:
        texts["_receipts.csv"] = "".join(RECEIPTS.splitlines(keepends=True)[:3])
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    build(root)
    return root / "data" / "published"
