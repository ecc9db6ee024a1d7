"""The command line: exit codes, one-line errors in Chinese first, and every verb that the README names."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from roots import write_small

from pipelines import steps
from pipelines.cli import main
from pipelines.models import Model
from pipelines.settings import CODE_ROOT
from pipelines.snapshot import Snapshot


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    write_small(folder)
    assert main(["build", "--plain", "--root", str(folder)]) == 0
    return folder


def told(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_nothing_changed_says_so_and_sums_up(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(root)]) == 0
    out, _ = told(capsys)
    assert "沿用已发布的快照" in out
    found, *parts = map(
        int, re.search(r"found (\d+) = .*?accepted (\d+) .*?rejected (\d+) .*?identical (\d+)", out).groups()
    )  # type: ignore[union-attr]
    assert found == sum(parts) > 0
    assert re.search(r"巡查覆盖率 .*: \d+/\d+", out)
    assert ": 0/0" not in out


def test_an_unreadable_pointer_is_written_anew(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pointer = root / "data/published/current.json"
    pointer.write_text("{", "utf-8")
    assert main(["status", "--root", str(root)]) == 2
    assert "make run" in told(capsys)[1]
    assert main(["build", "--root", str(root)]) == 0
    assert main(["status", "--root", str(root)]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["trace", "nothing", "anhua", "2026-10"], "没有这个指标"),
        (["trace", "patrol_coverage", "某地", "2026-10"], "没有这个网格"),
        (["trace", "no/such#row!1"], "no/such#row!1"),
        (["trace", "a", "b"], "trace 要么"),
        (["score", "某地", "2026-10"], "没有这个网格"),
        (["score", "安化县", "2031-01"], "没有得分"),
        (["score", "全市", "2026-10"], "没有得分"),
        (["sql", "staging.nothing"], "没有名为"),
        (["build", "--as-of", "昨天"], "时点无法识别"),
        (["demo"], "data/raw 已有文件"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main([*arguments, "--root", str(root)]) == 2
    _, err = told(capsys)
    assert words in err
    assert err.startswith("错误")
    assert err.count("\n") == 1


@pytest.mark.parametrize("verb", [["build"], ["status"], ["serve"], ["dev"], ["trace", "a#b!1"], ["export", "x"]])
@pytest.mark.parametrize("below", ["nowhere", "."])
def test_a_mistyped_root_publishes_no_empty_house(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: list[str], below: str
) -> None:
    root = tmp_path / below
    assert main([*verb, "--root", str(root)]) == 2
    out, err = told(capsys)
    assert (out, err.count("\n")) == ("", 1)
    assert "请核对 --root" in err
    assert list(tmp_path.iterdir()) == []


def test_a_long_error_is_one_line_and_its_whole_text_is_kept(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = steps.compute

    def broken(con: duckdb.DuckDBPyConnection, model: Model) -> int:
        return honest(con, replace(model, sql="select 1 / 'a' as b") if model.name == "core.grid" else model)

    monkeypatch.setattr(steps, "compute", broken)
    assert main(["build", "--plain", "--force", "--root", str(root)]) == 3
    _, err = told(capsys)
    assert err.startswith("错误 error: core.grid 执行失败")
    assert err.count("\n") == 1
    kept = root / "data/warehouse/last_error.txt"
    assert str(kept) in err
    assert "select 1 / 'a' as b" in kept.read_text("utf-8")


def test_a_failed_check_is_named_in_the_line(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "offences", lambda con, check: ["a=1"] if check.table == "states_sum" else [])
    assert main(["build", "--plain", "--force", "--root", str(root)]) == 3
    _, err = told(capsys)
    assert err.startswith("错误 error: 核查未通过 (checks failed) states_sum：未发布，原快照不变（全文见 ")
    assert err.count("\n") == 1
    assert "a=1" in (root / "data/warehouse/last_error.txt").read_text("utf-8")


def test_an_error_of_the_program_does_not_pass_for_wrong_use(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(snapshot: Snapshot, lost: object, part: object) -> list[str]:
        return {}["nothing"]  # type: ignore[no-any-return]

    monkeypatch.setattr("pipelines.cli_ledgers.status", forgetful)
    assert main(["status", "--root", str(root)]) == 3
    _, err = told(capsys)
    assert err.startswith("错误 error: 未预料的错误 (unexpected) KeyError")
    assert err.count("\n") == 1
    assert "forgetful" in (root / "data/warehouse/last_error.txt").read_text("utf-8")


def test_a_file_received_later_than_the_moment_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_small(tmp_path)
    assert main(["build", "--plain", "--as-of", "2026-10-20", "--root", str(tmp_path)]) == 0
    assert "个文件的收到时间晚于计算时点，本次不读" in told(capsys)[0]


def test_a_root_without_snapshot_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--root", str(tmp_path)]) == 2
    assert "make run" in told(capsys)[1]


def test_a_refused_file_is_exit_1_and_the_rest_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_small(tmp_path)
    (tmp_path / "data/raw/2026-10/anhua/空.xlsx").write_bytes(b"")
    assert main(["build", "--plain", "--root", str(tmp_path)]) == 1
    assert main(["status", "--root", str(tmp_path)]) == 0
    out, _ = told(capsys)
    assert "0 字节" in out
    assert "未认出" not in out


def test_a_broken_work_database_is_exit_3_with_the_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = tmp_path / "data/warehouse/work.duckdb"
    warehouse.parent.mkdir(parents=True)
    warehouse.write_bytes(b"junk")
    write_small(tmp_path)
    assert main(["build", "--plain", "--root", str(tmp_path)]) == 3
    assert "删除 data/warehouse" in told(capsys)[1]


def test_an_empty_root_publishes_nothing_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    assert main(["build", "--plain", "--root", str(tmp_path)]) == 0
    assert "无应办" in told(capsys)[0]


def test_every_verb_of_the_readme_exists_and_every_verb_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    verbs = set(re.findall(r"^    (\w+) ", told(capsys)[0], re.MULTILINE))
    read = {"status", "trace", "score", "selfeval", "sql", "export"}
    assert verbs == read | {
        "demo",
        "build",
        "serve",
        "dev",
        "template",
        "returned",
        "paper",
        "fix",
        "restate",
        "explain",
    }
    readme = (CODE_ROOT / "README.zh.md").read_text("utf-8")
    assert all(f"`{verb}" in readme or f"pipelines {verb}" in readme for verb in verbs)


def test_trace_and_export_and_sql_speak(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "patrol_coverage", "安化县", "2026-10", "--root", str(root)]) == 0
    assert "sha256" in told(capsys)[0]
    assert main(["export", str(tmp_path), "--root", str(root)]) == 0
    assert (tmp_path / "obligation.parquet").exists()
    assert main(["sql", "staging.patrol_typed", "--root", str(root)]) == 0
    assert "read_instant" in told(capsys)[0]


def test_a_score_is_explained_and_each_lost_point_leads_to_its_duties(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", "安化县", "2026-10", "--root", str(root)]) == 0
    out, _ = told(capsys)
    assert re.search(r"总分 [\d.]+　可评分值 \d+/100", out)
    commands = re.findall(r"-m pipelines (trace .+)", out)
    assert commands != []
    for command in commands:
        assert main(command.split()) == 0
        walked, _ = told(capsys)
        assert "二级网格" in walked.splitlines()[0]
        assert re.search(r"超期办结 [1-9]|超期未办结 [1-9]|未报送 [1-9]", walked)
    assert main(["score", "安化县", "2026-10", "--to-date", "--root", str(root)]) == 0
    assert "2026 年 1—10 月累计" in told(capsys)[0]
    assert main(["score", "安化县", "2026", "--root", str(root)]) == 0
    assert "期间未完" in told(capsys)[0]
