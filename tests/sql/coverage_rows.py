"""The states of the coverage duties, and a county with people in two townships and its own office."""

from __future__ import annotations

from house import House, person

TIANZHUANG, NANJIN = "g430923209", "g430923211"


def states(house: House, month: str = "2026-10") -> dict[str, str]:
    return {
        row["grid_id"]: row["state"]
        for row in house.rows(
            "select grid_id, state from published.obligation"
            f" where metric_id = 'patrol_coverage' and period = '{month}'"
        )
    }


def small_house() -> House:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡"), person("示例乙", "安化县"), person("示例丙", "南金乡")])
    return house
