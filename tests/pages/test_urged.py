"""Which paper a grid is due, from a published snapshot: whose duties, first or again, under a scope, and refusals."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import duckdb
import pytest
from docx.oxml.ns import qn
from tiny_rows import AS_OF, DONGPING, JIANGNAN, PEOPLE

from dashboards.duties import _line
from pipelines.cli import main
from pipelines.reports import PaperError
from pipelines.reports.supervision import paper, supervision
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.urged import standings
from pipelines.snapshot.walk import obligations

CITY, ANHUA = Scope(), Scope("anhua")
MONTH = "2026-10"
NANXIAN = "nanxian"  # owes nothing but what a test gives it


def words(content: bytes) -> str:
    """Every text of the document, cells and feet too."""
    document = docx.Document(BytesIO(content))
    parts = [document.element, *(section.footer._element for section in document.sections)]
    return "\n".join(word.text or "" for part in parts for word in part.iter(qn("w:t")))


def test_a_paper_lists_what_the_grid_itself_owes(snapshot: Snapshot) -> None:
    own = supervision(snapshot, CITY, "anhua", MONTH)
    assert [duty.subject_id for duty in own.of_month] == ["anhua/A3"]
    assert (own.kind, own.carried, own.unreported) == ("提示函", (), ())
    assert [place["name"] for place in own.chain] == ["安化县", "第一网格单元", "益阳市"]
    name, content = paper(snapshot, CITY, "anhua", MONTH)
    assert name == "提示函_安化县_2026-10.docx"
    text = words(content)
    assert text.count("<b>污水</b>外溢 ![x](http://example.invalid/x.png)") == 1
    assert "2026-10/anhua/problem.xlsx" in text and "“问题台账”第4行" in text
    assert "抄送：第一网格单元" in text and "tiny00000001" in text


def test_what_was_overdue_when_the_month_began_calls_for_an_order(snapshot: Snapshot) -> None:
    town = supervision(snapshot, CITY, DONGPING, MONTH)
    assert {duty.metric_id for duty in town.of_month} == {"patrol_coverage", "rectification"}
    assert town.carried == (), "a month that was not patrolled lapses, and is not carried on"
    assert [(one.metric_id, one.was_overdue, one.is_first) for one in town.standings] == [
        ("patrol_coverage", True, False), ("rectification", False, True),
    ]  # fmt: skip
    assert town.kind == "督办单"
    reminder = supervision(snapshot, CITY, DONGPING, MONTH, kind="提示函")
    assert [duty.metric_id for duty in reminder.of_month] == ["rectification"]
    assert (reminder.left_zh, town.left_zh) == ("另有1项见督办单（巡查覆盖率）", "")
    assert supervision(snapshot, CITY, JIANGNAN, MONTH).kind == "提示函"
    patrol = supervision(snapshot, CITY, DONGPING, MONTH, "巡查覆盖率")
    assert ([duty.metric_id for duty in patrol.of_month], patrol.metric_zh) == (["patrol_coverage"], "巡查覆盖率")
    assert [place["name"] for place in patrol.chain][:2] == ["东坪镇", "安化县"]


def one_more(
    root: Path,
    due: datetime,
    state: str,
    met: datetime | None = None,
    metric: str = "rectification",
    subject: datetime | None = None,
) -> None:
    """Lay one duty of 南县 into the snapshot, about a problem called after its due day or another's."""
    path = root / "data/published/tiny00000001.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """insert into published.obligation by name select $metric as metric_id, $id as obligation_id,
            'nanxian' as grid_id, 2 as owner_level, 'nanxian' as county_id, 'problem' as subject_kind,
            $subject as subject_id, 1 as round, $period as period, $due as due_at, $due as original_due_at,
            false as is_extended, $met as met_at, $state as state, '整改时限' as due_basis""",
            {"metric": metric, "id": f"nanxian/{due}", "period": f"{due:%Y-%m}"}
            | {"due": due, "met": met, "state": state, "subject": f"nanxian/{subject or due}"},
        )


@pytest.fixture
def standing_root(root: Path, tmp_path: Path) -> Path:
    """A copy of the tiny snapshot to lay duties into; writing another takes longer."""
    shutil.copytree(root / "data", tmp_path / "data")
    return tmp_path


END = datetime(2026, 9, 30, 23, 59, 59)


@pytest.mark.parametrize(
    ("given", "kind", "carried"),
    [
        ([(AS_OF - timedelta(days=30), "overdue", None)], "提示函", 0),
        ([(AS_OF - timedelta(days=31), "overdue", None)], "督办单", 0),
        ([(datetime(2026, 10, 20), "overdue", None), (END, "late", END + timedelta(seconds=1))], "督办单", 0),
        ([(datetime(2026, 10, 20), "overdue", None), (END - timedelta(days=9), "late", END)], "提示函", 0),
        ([(datetime(2026, 10, 20), "overdue", None), (datetime(2026, 8, 3), "overdue", None)], "督办单", 1),
        ([(datetime(2026, 8, 3), "overdue", None)], "督办单", 1),
    ],
    ids=["30 days", "31 days", "late beyond the month", "late within it", "carried", "carried alone"],
)
def test_first_again_and_long(
    standing_root: Path, given: list[tuple[datetime, str, datetime | None]], kind: str, carried: int
) -> None:
    for due, state, met in given:
        one_more(standing_root, due, state, met)
    snapshot = open_snapshot(standing_root / "data/published")
    found = supervision(snapshot, CITY, NANXIAN, MONTH)
    assert (found.kind, len(found.carried)) == (kind, carried)
    (one,) = standings(snapshot, CITY, NANXIAN, MONTH)
    assert (one.of_month + one.carried) == len(found.of_month) + len(found.carried)
    assert one.oldest_due == min(due for due, state, _ in given if state == "overdue").date()
    snapshot.close()


def test_patrols_missed_long_ago_call_for_no_order(standing_root: Path) -> None:
    one_more(standing_root, datetime(2026, 10, 31, 23, 59, 59), "overdue", metric="patrol_coverage")
    one_more(standing_root, datetime(2026, 8, 31, 23, 59, 59), "overdue", metric="patrol_coverage")
    snapshot = open_snapshot(standing_root / "data/published")
    found = supervision(snapshot, CITY, NANXIAN, MONTH)
    assert (found.kind, len(found.of_month), found.carried) == ("提示函", 1, ())
    (one,) = found.standings
    assert (one.longest_days, one.oldest_due) == (None, date(2026, 10, 31))
    snapshot.close()


def test_duties_on_problems_under_listed_supervision_are_marked(standing_root: Path) -> None:
    of_month, carried, other = datetime(2026, 10, 20), datetime(2026, 8, 3), datetime(2026, 10, 21)
    for due in (of_month, carried, other):
        one_more(standing_root, due, "overdue")
    for due in (of_month, carried):
        one_more(standing_root, datetime(2026, 10, 31), "on_time", due, "listed_followup", due)
    snapshot = open_snapshot(standing_root / "data/published")
    found = supervision(snapshot, CITY, NANXIAN, MONTH)
    assert [duty.is_listed for duty in (*found.of_month, *found.carried)] == [True, False, True]
    asked = [obligations(snapshot, CITY, "rectification", NANXIAN, month) for month in (MONTH, "2026-08")]
    assert [[duty.is_listed for duty in duties] for duties in asked] == [[True, False], [False]]
    follow_ups = obligations(snapshot, CITY, "listed_followup", NANXIAN, MONTH)
    assert [duty.is_listed for duty in follow_ups] == [False, False], "its own name says so"
    lines = [_line(duty, "", has_link=False, is_brief=True, has_basis=False) for duty in asked[0]]
    assert ['<span class="tag listed">挂牌督办</span> 整改问题' in line for line in lines] == [True, False]
    snapshot.close()


def test_a_scope_gets_no_paper_of_others_and_no_names_it_may_not_see(snapshot: Snapshot) -> None:
    for stranger in ("heshan", "u1", "city"):
        with pytest.raises(PaperError, match="没有这个网格"):
            paper(snapshot, ANHUA, stranger, MONTH)
    assert "王示例" in words(paper(snapshot, ANHUA, "anhua", MONTH)[1])
    for grid in ("anhua", DONGPING):
        text = words(paper(snapshot, Scope("anhua", see_names=False), grid, MONTH)[1])
        assert re.findall("|".join(person["name"] for person in PEOPLE), text) == []
        assert "王*" in text
    own = words(paper(snapshot, Scope(DONGPING), DONGPING, MONTH)[1])
    assert "抄送：安化县" in own and "2026-10/anhua/problem.xlsx" in own


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("anhua", "2026-13"), "月份应写成 2026-10"),
        (("某地", MONTH), "没有这个网格"),
        (("anhua", MONTH, "no_such"), "没有这个指标：'no_such'；有义务的指标：patrol_coverage（巡查覆盖率）"),
        (("anhua", MONTH, None, "通报"), "文种应为 提示函、督办单 之一"),
        (("anhua", MONTH, "patrol_coverage"), "安化县 2026-10 “巡查覆盖率”.*没有超期未办结.*东坪镇 1 项、江南镇 1 项"),
        (("anhua", MONTH, None, "督办单"), "没有应出督办单的；可出提示函"),
        (("city", MONTH), "其下级有：安化县 1 项、东坪镇 2 项、江南镇 1 项，请按承担义务的网格出"),
        (("datonghu", MONTH), "大通湖区 .*没有超期未办结.*台账未送达不等于未履行"),
        (("heshan", MONTH), r"赫山区 2026-10 自己承担的义务没有超期未办结的，不出督办单、提示函 \(nothing overdue\)"),
    ],
)
def test_refusals_say_why_and_what_is_possible(snapshot: Snapshot, asked: tuple[str, str], message: str) -> None:
    with pytest.raises(PaperError, match=message):
        paper(snapshot, CITY, *asked)


def test_the_verb_writes_a_draft_and_never_over_one(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = ["paper", "安化县", MONTH, "--root", str(root)]
    assert main(given) == 0
    assert "已写出 提示函_安化县_2026-10.docx：提示函草稿，安化县 2026-10，当月到期 1 项" in capsys.readouterr().out
    assert "污水" in words((tmp_path / "提示函_安化县_2026-10.docx").read_bytes())
    assert main(given) == 2
    assert main([*given, "--out", "a.pdf"]) == 2
    assert main(["paper", "赫山区", MONTH, "--root", str(root), "--out", "a.docx"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert ["已存在" in said[0], ".docx" in said[1], "没有超期未办结" in said[2], len(said)] == [True, True, True, 3]
    assert main([*given, "--metric", "按期整改率", "--kind", "提示函", "--out", "b.docx"]) == 0
    assert "；只列“按期整改率”一项指标，别无超期；" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.docx", "提示函_安化县_2026-10.docx"]
