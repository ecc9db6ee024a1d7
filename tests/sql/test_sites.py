"""The list of sites with its periods and cycles; the five fixed of each grid."""

from __future__ import annotations

from datetime import date

from house import House


def site(name: str = "示例化工厂", number: str = "S-01", **more: str) -> dict[str, str]:
    given = {
        "site_no": number, "name": name, "kind": "工矿企业", "grid": "田庄乡", "is_key": "是", "cycle": "每季度1次",
        "valid_from": "2026-01-01", "valid_to": "",
    }  # fmt: skip
    return {**given, **more}


def built(*rows: dict[str, str]) -> House:
    house = House()
    house.ledger("site", list(rows))
    return house.build()


def test_a_site_is_published_with_its_row() -> None:
    house = built(site(listing="挂牌督办", lon="112.1", lat="28.3"))
    row = house.one("select * from published.site")
    assert row["site_id"] == "anhua/S-01"
    assert (row["grid_id"], row["kind"], row["is_key"], row["listing"]) == (
        "g430923209", "enterprise", True, "listed_supervision",
    )  # fmt: skip
    assert (row["visits_per"], row["cycle"], row["valid_from"], row["valid_to"]) == (
        1,
        "quarter",
        date(2026, 1, 1),
        None,
    )
    assert (row["lon"], row["lat"], row["absent_in_latest"]) == (112.1, 28.3, False)
    assert house.values("select row_id from published.source_row where kind = 'body'") == [row["row_id"]]
    assert house.rows("select found, accepted from published.submission") == [{"found": 1, "accepted": 1}]


def test_sites_that_go_back_and_sites_kept_with_a_warning() -> None:
    changes = [
        ({"name": ""}, "missing", "name", "reject"),
        ({"kind": "飞船"}, "word_unknown", "kind", "reject"),
        ({"grid": "修山镇"}, "grid_elsewhere", "grid", "reject"),
        ({"valid_to": "2025-12-31"}, "ends_before_start", "valid_to", "reject"),
        ({"cycle": "经常"}, "cycle_unreadable", "cycle", "warn"),
        ({"listing": "说不清"}, "word_unknown", "listing", "warn"),
        ({"is_key": "大概"}, "flag_unreadable", "is_key", "warn"),
    ]
    house = built(*(site(number=str(i), **change) for i, (change, *_) in enumerate(changes)))
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == [
        tuple(told) for _, *told in changes
    ]
    assert all((row["value"] or row["column_zh"]) in row["message_zh"] and row["mend_zh"] for row in found)
    assert house.rows("select found, accepted, rejected, warned from published.submission") == [
        {"found": 7, "accepted": 3, "rejected": 4, "warned": 3}
    ]
    assert house.values("select site_no from published.site order by 1") == ["4", "5", "6"]


def test_an_unread_cycle_gives_neither_window_nor_visits() -> None:
    row = built(site(cycle="经常")).one("select visits_per, cycle from published.site")
    assert row == {"visits_per": None, "cycle": None}


def test_a_later_period_ends_the_earlier_on_the_day_before() -> None:
    house = built(site(), site(cycle="每月2次", valid_from="2026-07-01"))
    assert house.rows("select visits_per, cycle, valid_from, valid_to from published.site order by valid_from") == [
        {"visits_per": 1, "cycle": "quarter", "valid_from": date(2026, 1, 1), "valid_to": date(2026, 6, 30)},
        {"visits_per": 2, "cycle": "month", "valid_from": date(2026, 7, 1), "valid_to": None},
    ]


def test_a_site_without_number_and_day_is_its_name_in_its_grid_and_always_listed() -> None:
    plain = {name: text for name, text in site("污水厂").items() if name in {"name", "kind", "grid", "cycle"}}
    house = built(plain, {**plain, "grid": "梅城镇"})
    assert house.rows("select site_id, valid_from from published.site order by 1") == [
        {"site_id": "anhua/g430923118/污水厂", "valid_from": None},
        {"site_id": "anhua/g430923209/污水厂", "valid_from": None},
    ]


def test_a_changed_cycle_of_the_same_period_is_a_revision() -> None:
    house = House()
    house.ledger("site", [site(), site("示例养殖场", "S-02")], received="2026-11-01 08:00")
    house.ledger("site", [site(cycle="每季度2次")], received="2026-11-02 08:00")
    house.ledger("site", [site(cycle="2次/季")], received="2026-11-03 08:00")
    house.build()
    assert house.rows("select field, old, new from published.revision") == [
        {"field": "cycle", "old": "1/quarter", "new": "2/quarter"}
    ]
    assert house.rows("select site_no, visits_per, version_no, absent_in_latest from published.site order by 1") == [
        {"site_no": "S-01", "visits_per": 2, "version_no": 2, "absent_in_latest": False},
        {"site_no": "S-02", "visits_per": 1, "version_no": 1, "absent_in_latest": True},
    ]
    assert house.values("select identical from published.submission order by file_id") == [0, 0, 1]


def grid(**fixed: str) -> dict[str, str]:
    return {
        "code": "430923209",
        "name": "田庄乡",
        "level": "三级",
        "parent": "安化县",
        "valid_from": "2026-01-01",
        **fixed,
    }


def test_each_of_the_five_is_a_row_with_document_and_day() -> None:
    house = House()
    file_id = house.ledger(
        "grid",
        [grid(fixed_area="田发〔2026〕1号", fixed_area_on="2026-01-10", fixed_reward="", fixed_reward_on="2026-02-01",
              fixed_task="田发〔2026〕9号", fixed_task_on="2026-12-01")],
    )  # fmt: skip
    house.build()
    rows = house.rows("select kind, document, dated_on, row_id from published.five_fixed order by 1")
    assert [(row["kind"], row["document"], row["dated_on"]) for row in rows] == [
        ("area", "田发〔2026〕1号", date(2026, 1, 10)),
        ("reward", None, date(2026, 2, 1)),
    ], "what is dated after the moment has not been issued; what was not stated has no row"
    assert {row["row_id"] for row in rows} == {f"{file_id}#csv!2"}


def test_a_later_register_row_replaces_what_it_states_and_keeps_the_rest() -> None:
    house = House()
    house.ledger("grid", [grid(fixed_area="旧文", fixed_duty="职责文")])
    house.ledger("grid", [grid(valid_from="2026-06-01", fixed_area="新文", fixed_duty="")], received="2026-11-03 08:00")
    house.build()
    assert house.rows("select grid_id, kind, document from published.five_fixed order by 2") == [
        {"grid_id": "g430923209", "kind": "area", "document": "新文"},
        {"grid_id": "g430923209", "kind": "duty", "document": "职责文"},
    ]
