"""提示函 and 督办单 as a .docx: a letter with a summary, then lists of every duty and of the files they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TypeAlias

from docx.document import Document as DocumentOf
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from pipelines.reports import supervision_words as words
from pipelines.reports.paper_styles import BODY, HEAD, NOTE, PLAIN, TITLE, blank, landscape, line
from pipelines.reports.paper_table import clean, three_lines
from pipelines.reports.supervision import Supervision
from pipelines.snapshot.explained import key_of
from pipelines.snapshot.owed import matter, nobody, subject
from pipelines.snapshot.urged import Ledger, Source, Standing
from pipelines.snapshot.walk import Obligation

_SUMMARY_WIDTHS = (40, 20, 20, 24, 20, 32)
_UNREPORTED_WIDTHS = (46, 110)
_LIST_WIDTHS = (13, 27, 50, 23, 14, 34, 30, 34)
_FILE_WIDTHS = (14, 126, 40, 45)
_SHOWN_DIGEST = 12
_SIGN_INDENT = 180  # points
_LONGEST_SAID = 600
# Headers, rows, widths in mm.
_Table: TypeAlias = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[float]]


def document(told: Supervision) -> bytes:
    """The whole paper."""
    marks = words.DRAFT + (f"　　{words.DEMO}" if told.build.is_demo else "")
    title = f"环境问题网格化巡查{told.kind}"
    made = blank(title, marks, _evidence(told), told.as_of)
    annexes = _annexes(told)
    line(made, title, TITLE)
    line(made, f"（文号{words.TO_FILL}）", PLAIN).alignment = WD_ALIGN_PARAGRAPH.CENTER
    line(made, "", PLAIN)
    _letter(made, told)
    _end(made, told, [name for name, _ in annexes])
    landscape(made)
    for number, (name, fill) in enumerate(annexes, start=1):
        head = line(made, f"附件{number}　{name}", HEAD)
        head.paragraph_format.first_line_indent = Pt(0)
        head.paragraph_format.page_break_before = number > 1
        three_lines(made, *fill)
    line(made, words.END, NOTE)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _letter(made: DocumentOf, told: Supervision) -> None:
    own = told.chain[0]
    line(made, f"{clean(told.grid_name)}（{words.LEVEL_ZH[own['level']]}）责任单位：", PLAIN)
    line(made, f"根据{words.SCHEME}{words.CLAUSE.get(own['level'], words.CLAUSE[1])}，{words.OPENING[told.kind]}")
    numbers = iter("一二三四")
    line(made, f"{next(numbers)}、基本情况", HEAD)
    line(made, _counted(told))
    three_lines(made, words.SUMMARY_HEADERS, [_summary(one) for one in told.standings], _SUMMARY_WIDTHS)
    line(made, words.LEAD)
    listed = sum(duty.is_listed for duty in (*told.of_month, *told.carried))
    if listed:
        line(made, words.LISTED_NOTE.format(n=listed))
    if told.unreported:
        line(made, f"{next(numbers)}、未报送", HEAD)
        line(made, words.UNREPORTED)
        three_lines(made, words.UNREPORTED_HEADERS, _unreported(told.unreported), _UNREPORTED_WIDTHS)
    line(made, f"{next(numbers)}、请办理的事项", HEAD)
    asked = [words.ASK_OPEN] if any(not one.lapses for one in told.standings) else []
    asked += [words.ASK_LAPSED] if any(one.lapses for one in told.standings) else []
    _numbered(made, [*asked, words.ASK_REPLY])
    line(made, f"{next(numbers)}、说明与更正", HEAD)
    _numbered(made, [words.OBJECT_ROW, words.OBJECT_SAID, words.OBJECT_POST])


def _end(made: DocumentOf, told: Supervision, annexes: Sequence[str]) -> None:
    """Annexes, an empty place to sign, and whom it is copied to."""
    issuer = f"{clean(told.chain[-1]['name'])}生态环境保护综合行政执法支队" if told.chain[-1]["level"] == 0 else ""
    line(made, "", PLAIN)
    # From here on all stays together: a page with a signature alone could be put under any letter.
    kept = [line(made, f"附件{number}：{name}") for number, name in enumerate(annexes, start=1)]
    kept.append(line(made, "", PLAIN))
    for text, indent in (
        (f"{issuer}（印章）", 0), ("签发人：", _SIGN_INDENT), ("签发日期：　　　　年　　月　　日", _SIGN_INDENT),
    ):  # fmt: skip
        signed = line(made, text, PLAIN)
        signed.paragraph_format.left_indent = Pt(indent)
        if not indent:
            signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        kept.append(signed)
    for paragraph in kept:
        paragraph.paragraph_format.keep_with_next = True
    # Above a level-1 unit stands the city, which is the sender.
    copied = clean(told.chain[1]["name"]) if len(told.chain) > 1 and told.chain[1]["level"] else words.TO_FILL
    line(made, f"抄送：{copied}", NOTE).paragraph_format.space_before = Pt(14)


def _evidence(told: Supervision) -> str:
    build = told.build
    return (
        f"数据依据：发布编号 {build.build_id}；数据截至 {build.as_of:%Y-%m-%d %H:%M}；"
        f"指标目录 {build.catalogue_version}；{told.stage_zh}"
    )


def _annexes(told: Supervision) -> list[tuple[str, _Table]]:
    """Name and table of each annex; every duty stands in one of them, once."""
    files = _files(told)
    found: list[tuple[str, _Table]] = []
    for name, duties in (
        (f"{_month(told.month)}到期未见办结的义务", told.of_month),
        ("此前到期、至今未见办结的义务", told.carried),
    ):
        if duties:
            rows = [(str(number), *_listed(told, duty, files)) for number, duty in enumerate(duties, start=1)]
            only = f"只列{told.only_zh}，" if told.only_zh else ""
            found.append((f"{name}（{only}{len(rows)}项）", (words.LIST_HEADERS, rows, _LIST_WIDTHS)))
    rows = [
        (str(number), path, f"{received:%Y-%m-%d %H:%M}", digest[:_SHOWN_DIGEST])
        for (path, digest), (number, received) in files.items()
    ]
    found.append((f"来源文件（{len(rows)}件）", (words.FILE_HEADERS, rows, _FILE_WIDTHS)))
    return found


def _files(told: Supervision) -> dict[tuple[str, str], tuple[int, datetime]]:
    """Path and digest → number and time of receipt of each file the paper rests on."""
    held: list[Source | Ledger] = [*told.sources.values(), *told.ledgers]
    known = {(one.path, one.sha256): one.received_at for one in held}
    return {key: (number, known[key]) for number, key in enumerate(sorted(known), start=1)}


def _listed(told: Supervision, duty: Obligation, files: dict[tuple[str, str], tuple[int, datetime]]) -> Iterator[str]:
    yield duty.metric_zh
    said = (f"{one.written_on:%Y-%m-%d} {one.by}：{one.text}" for one in told.said.get(key_of(duty), ()))
    mark = words.LISTED if duty.is_listed else ""
    yield mark + clean(subject(duty)) + "".join(f"　【情况说明 {clean(one, _LONGEST_SAID)}】" for one in said)
    yield _due(duty.due_at)
    yield "—" if told.lapses(duty) else f"{duty.days_over or 0}"
    original = f"；原时限 {_due(duty.original_due_at)}" if duty.is_extended else ""
    yield duty.due_basis + original
    yield _in_post(duty)
    source = told.sources.get(duty.duty_row_id)
    if source is None:
        yield words.NO_SOURCE if duty.duty_row_id else words.NO_ROW
    else:
        sheet = "" if source.sheet_name == "csv" else f"“{source.sheet_name}”"
        yield f"文件{files[(source.path, source.sha256)][0]}{sheet}第{source.row_number}行"


def _in_post(duty: Obligation) -> str:
    deputy = f"（代理：{duty.deputy_at_due}）" if duty.deputy_at_due else ""
    return (duty.person_at_due or nobody(duty)) + deputy


def _due(moment: datetime | None) -> str:
    """The day; with its clock where the duty does not run to the day's end."""
    if moment is None:
        return "—"
    return f"{moment:%Y-%m-%d}" if moment.hour == 23 and moment.minute == 59 else f"{moment:%Y-%m-%d %H:%M}"


def _counted(told: Supervision) -> str:
    as_of = told.as_of
    running = "（该月尚未结束，只列已到期的）" if told.month >= f"{as_of:%Y-%m}" else ""
    of_month = sum(one.of_month for one in (*told.standings, *told.left))
    carried = sum(one.carried for one in (*told.standings, *told.left))
    text = f"截至{_day(as_of)}{as_of:%H:%M}，你单位{_month(told.month)}到期而未见办结的义务{of_month}项{running}"
    text += f"，此前到期、至今未见办结的{carried}项" if carried else ""
    oldest = f"最早一项{_day(min(one.oldest_due for one in told.standings))}到期。"
    if told.only_zh:
        text += f"。本{told.kind[-1]}只列{told.only_zh}：当月到期{len(told.of_month)}项、此前到期{len(told.carried)}项"
        oldest += f"{told.left_zh or '其他指标没有超期未办结的义务'}。"
    return f"{text}，{oldest}分指标如下，逐项见附件。"


def _summary(one: Standing) -> tuple[str, ...]:
    again = words.AGAIN_LAPSED if one.lapses else words.AGAIN
    how = [again] if one.was_overdue else []
    how += [words.LONG] if one.is_long else []
    longest = "—" if one.longest_days is None else f"{one.longest_days}日"
    return (
        one.metric_zh, str(one.of_month), str(one.carried), f"{one.oldest_due:%Y-%m-%d}", longest,
        "，".join(how) or words.FIRST,
    )  # fmt: skip


def _unreported(duties: Sequence[Obligation]) -> list[tuple[str, str]]:
    """What is not known, with the metrics it enters: one ledger that did not come leaves many open."""
    found: dict[str, list[str]] = {}
    for duty in duties:
        found.setdefault(matter(duty), []).append(duty.metric_zh)
    return [(asked, "、".join(metrics)) for asked, metrics in found.items()]


def _numbered(made: DocumentOf, sentences: Sequence[str]) -> None:
    for number, sentence in enumerate(sentences, start=1):
        line(made, f"{number}．{sentence}", BODY)


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
