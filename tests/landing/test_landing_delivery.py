"""Which files are taken in, whose they are and when they came; what lies elsewhere is named, not ignored."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from landing_files import NOW, look, put

from pipelines.settings import Settings, SettingsError

MINUTE = NOW.replace(second=0)


def reasons(settings: Settings) -> dict[str, str]:
    return {one.path: one.reason_zh for one in look(settings).misplaced}


@pytest.mark.parametrize(
    ("folder", "county_id"),
    [
        ("anhua", "anhua"),
        ("430923", "anhua"),
        ("安化县", "anhua"),
        ("ANHUA ", "anhua"),
        ("沅江市", "yuanjiang"),
        ("city", "city"),
        ("市支队", "city"),
        ("430900", "city"),
        ("益阳市", "city"),
    ],
)
def test_a_county_folder_bears_id_code_or_name(settings: Settings, folder: str, county_id: str) -> None:
    put(settings, f"2026-05/{folder}/二季度/a.csv", b"x")
    (one,) = look(settings).received
    assert (one.county_id, one.month, one.relative) == (county_id, "2026-05", f"2026-05/{folder}/二季度/a.csv")
    assert one.sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert one.file_id == f"{county_id}/2026-05/2d711642"
    assert one.size_bytes == 1


def test_what_nobody_means_as_a_delivery_is_left_out(settings: Settings) -> None:
    for name in (".x.csv", "_x.csv", "~$a.xlsx", "README.md", "Thumbs.db", "desktop.ini", "_旧/a.csv", ".git/a.csv"):
        put(settings, f"2026-05/anhua/{name}", b"x")
    put(settings, "_demo.json", b"{}")
    put(settings, "README.md", b"x")
    found = look(settings)
    assert (found.received, found.misplaced) == ((), ())


def test_a_root_without_raw_holds_nothing(settings: Settings) -> None:
    assert look(settings).received == ()


def test_files_elsewhere_are_named_with_the_reason(settings: Settings) -> None:
    for relative in ("a.csv", "2026-05/b.csv", "2026-13/anhua/c.csv", "五月/anhua/d.csv", "2026-05/长沙市/x/e.csv"):
        put(settings, relative, b"x")
    put(settings, "2026-05/anhua/good.csv", b"x")
    said = reasons(settings)
    assert {path: reason.split("；")[0] for path, reason in said.items()} == {
        "a.csv": "文件直接放在 data/raw 下",
        "2026-05/b.csv": "文件直接放在月份文件夹下，不知是哪个县区的",
        "2026-13/anhua/c.csv": "“2026-13”不是月份文件夹",
        "五月/anhua/d.csv": "“五月”不是月份文件夹",
        "2026-05/长沙市/x/e.csv": "“长沙市”不是已知的县区",
    }
    assert [one.relative for one in look(settings).received] == ["2026-05/anhua/good.csv"]


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("安华县", "“安华县”不是已知的县区；是不是 安化县？请把文件夹改成该名称"),
        ("anhau", "“anhau”不是已知的县区；是不是 安化县？请把文件夹改成该名称"),
        ("长沙市", "“长沙市”不是已知的县区；应为 "),
    ],
)
def test_a_folder_misspelt_is_told_which_county_it_is_like(settings: Settings, folder: str, told: str) -> None:
    put(settings, f"2026-05/{folder}/a.csv", b"x")
    (reason,) = reasons(settings).values()
    assert reason.startswith(told)


def test_links_out_of_raw_and_broken_ones_are_not_followed(settings: Settings, tmp_path: Path) -> None:
    put(settings, "2026-05/anhua/good.csv", b"x")
    (tmp_path / "secret.csv").write_bytes(b"secret")
    (tmp_path / "elsewhere").mkdir()
    folder = settings.raw / "2026-05" / "anhua"
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "broken.csv").symlink_to(folder / "nothing")
    (folder / "folder").symlink_to(tmp_path / "elsewhere")
    (folder / "inside.csv").symlink_to(folder / "good.csv")
    os.mkfifo(folder / "pipe.csv")
    said = {path.rpartition("/")[2]: reason for path, reason in reasons(settings).items()}
    assert set(said) == {"out.csv", "broken.csv", "folder", "pipe.csv"}
    assert "data/raw 之外" in said["out.csv"]
    assert "不是普通文件" in said["pipe.csv"]
    assert [one.relative.rpartition("/")[2] for one in look(settings).received] == ["good.csv", "inside.csv"]


def test_an_unreadable_file_does_not_stop_the_others(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(settings, "2026-05/anhua/a.csv", b"x")
    put(settings, "2026-05/anhua/b.csv", b"y")
    honest = Path.open

    def denied(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.csv":
            raise PermissionError(13, "Permission denied", str(self))
        return honest(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", denied)
    assert [one.relative for one in look(settings).received] == ["2026-05/anhua/b.csv"]
    assert reasons(settings)["2026-05/anhua/a.csv"].startswith("无法读取：没有读取的权限")


def test_a_name_in_gbk_bytes_is_shown_as_text(settings: Settings) -> None:
    folder = os.fsencode(settings.raw / "2026-05") + b"/" + "安化县".encode("gbk")
    os.makedirs(folder)  # noqa: PTH103 - a name that is no text
    with open(folder + b"/" + "台账.csv".encode("gbk"), "wb") as file:  # noqa: PTH123
        file.write(b"x")
    (one,) = look(settings).received
    assert (one.relative, one.county_id) == ("2026-05/安化县/台账.csv", "anhua")
    assert one.path.read_bytes() == b"x"


def test_receipts_beside_the_files_date_them(settings: Settings) -> None:
    for name in ("a.csv", "b.csv", "补报/c.csv"):
        put(settings, f"2026-05/anhua/{name}", name.encode())
    lines = "file,received_at\na.csv,2026-06-01 08:00\nb.csv,2026-06-02 09:10:11\n补报/c.csv,2026-06-03 10:00\n"
    put(settings, "2026-05/anhua/_receipts.csv", b"\xef\xbb\xbf" + lines.encode())
    put(settings, "2026-05/anhua/补报/_receipts.csv", b"received_at,file\r\n2026-06-09 11:00,c.csv\r\n")
    found = look(settings)
    assert [(one.received_at, one.received_basis) for one in found.received] == [
        (datetime(2026, 6, 1, 8, 0), "receipt"),
        (datetime(2026, 6, 2, 9, 10, 11), "receipt"),
        (datetime(2026, 6, 9, 11, 0), "receipt"),
    ]
    assert found.misplaced == ()
    assert not (settings.state / "receipts.csv").exists()


def test_bad_receipts_name_line_and_value_and_the_rest_counts(settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", b"a")
    put(settings, "2026-05/anhua/b.csv", b"b")
    day = "2026-06-02 09:10"
    lines = ["file,received_at", "a.csv,6月1日", f"b.csv,{day}", f"z.csv,{day}", f"../b.csv,{day}", "a.csv"]
    put(settings, "2026-05/anhua/_receipts.csv", "\n".join(lines).encode())
    found = look(settings)
    assert [one.received_basis for one in found.received] == ["first_sight", "receipt"]
    assert {one.path for one in found.misplaced} == {"2026-05/anhua/_receipts.csv"}
    assert [one.reason_zh.split("：")[0].split("；")[0] for one in found.misplaced] == [
        "第 2 行的收到时间“6月1日”无法识别",
        "第 4 行的文件“z.csv”",
        "第 5 行的文件“../b.csv”",
        "第 6 行的收到时间“”无法识别",
    ]


@pytest.mark.parametrize("data", [b"", b"name,when\n", b"file,received_at\n\xff\xff"])
def test_receipts_that_are_none_are_reported_and_crash_nothing(settings: Settings, data: bytes) -> None:
    put(settings, "2026-05/anhua/a.csv", b"a")
    put(settings, "2026-05/anhua/_receipts.csv", data)
    assert [one.received_basis for one in look(settings).received] == ["first_sight"]
    assert reasons(settings)["2026-05/anhua/_receipts.csv"].startswith("收件登记无法读取")


def test_first_sight_is_kept_by_path_and_content(settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", b"a")
    (first,) = look(settings).received
    assert (first.received_at, first.received_basis) == (MINUTE, "first_sight")
    (again,) = look(settings, NOW + timedelta(days=1)).received
    assert again == first
    put(settings, "2026-05/anhua/a.csv", b"changed")
    (changed,) = look(settings, NOW + timedelta(days=2)).received
    assert changed.received_at == MINUTE + timedelta(days=2)
    text = (settings.state / "receipts.csv").read_text("utf-8")
    assert text.splitlines()[0] == "path,sha256,received_at"
    assert text.splitlines()[1] == f"2026-05/anhua/a.csv,{first.sha256},2026-06-03 09:30:00"
    assert len(text.splitlines()) == 3


def test_a_bad_line_of_the_record_is_reported_and_kept(settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", b"a")
    settings.state.mkdir(parents=True)
    record = settings.state / "receipts.csv"
    record.write_text("path,sha256,received_at\nx,y,gestern", "utf-8")
    assert [one.reason_zh for one in look(settings).misplaced] == ["第 2 行的收到时间“gestern”无法识别；该行未采用"]
    assert record.read_text("utf-8").splitlines()[1] == "x,y,gestern"
    assert len(record.read_text("utf-8").splitlines()) == 3


def test_a_record_that_cannot_be_read_stops_before_every_file_is_dated_anew(settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", b"a")
    settings.state.mkdir(parents=True)
    (settings.state / "receipts.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="从备份恢复"):
        look(settings)


@pytest.mark.parametrize("step", [(os, "fsync"), (Path, "replace")], ids=["fsync", "replace"])
def test_the_record_is_replaced_whole_or_not_at_all(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str]
) -> None:
    put(settings, "2026-05/anhua/a.csv", b"a")
    look(settings)
    before = (settings.state / "receipts.csv").read_bytes()
    put(settings, "2026-05/anhua/b.csv", b"b")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*step, full)
    with pytest.raises(OSError, match="No space left"):
        look(settings)
    assert (settings.state / "receipts.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("month", "is_taken"), [("2021-05", True), ("2026-12", True), ("2027-01", False), ("2062-10", False)]
)
def test_a_month_that_has_not_come_is_a_slip_of_the_pen(settings: Settings, month: str, is_taken: bool) -> None:
    folder = settings.raw / month / "anhua"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("x", "utf-8")
    (folder / "_receipts.csv").write_text("file,received_at\na.csv,2026-11-05 09:00\n", "utf-8")
    found = look(settings)
    assert len(found.received) == is_taken
    assert [one.reason_zh for one in found.misplaced] == (
        [] if is_taken else [f"“{month}”晚于收到的月份（2026-11）；请核对文件夹的年月"]
    )
