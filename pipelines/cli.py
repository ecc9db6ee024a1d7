"""The command line: demo, build, serve, dev, sql, export; and the verbs of `cli_ledgers`, `cli_figures`, `cli_fixing`
and `cli_paper`.

Exit 0 published; 1 published, but files were refused; 2 wrong use; 3 nothing published (the old snapshot stays).
Errors are one line each, Chinese first; the whole text of a longer one is kept in data/warehouse/last_error.txt.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines import cli_figures, cli_fixing, cli_ledgers, cli_paper, engine, publish, steps
from pipelines.complaint import complain, text_of
from pipelines.contracts import ContractError
from pipelines.dated_rules import CatalogueError
from pipelines.files import files, misplaced
from pipelines.grids import GridSeedError
from pipelines.lock import LockedError
from pipelines.models import ModelError
from pipelines.release.fixing import DamagedError
from pipelines.release.stages import FixingError
from pipelines.reports import PaperError
from pipelines.senders import SenderSeedError
from pipelines.serving import page_address, serve, serve_with_dagster
from pipelines.settings import (
    Settings,
    SettingsError,
    any_root,
    beijing_now,
    from_environment,
    root_with_data,
    root_with_raw,
    standing_root,
    use_dagster_home,
)
from pipelines.snapshot import Scope, SnapshotError, open_snapshot, read_pointer
from pipelines.snapshot.evidence import UnknownRowError
from pipelines.snapshot.vanished import vanished
from pipelines.summary import summary
from pipelines.trace import UnknownNameError
from pipelines.verbs import RootCheck, Verb, command

OK, REFUSED_FILES, WRONG_USE, NOT_PUBLISHED = 0, 1, 2, 3
_NOT_PUBLISHED = (engine.EngineError, steps.CheckError, publish.PublishError, LockedError, DamagedError, OSError)
_WRONG_USE = (
    SettingsError,
    ContractError,
    GridSeedError,
    SenderSeedError,
    CatalogueError,
    FixingError,
    ModelError,
    SnapshotError,
    UnknownNameError,
    UnknownRowError,
    PaperError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    given = parser().parse_args(arguments)
    settings = None
    try:
        settings = from_environment(Path(given.root) if given.root else None, getattr(given, "as_of", None))
        given.check_root(settings)
        code: int = given.verb(settings, given)
        sys.stdout.flush()  # here, where a closed pipe is understood, and not at the interpreter's end
        return code
    except BrokenPipeError:
        # `trace … | head` closes the pipe when it has read enough; nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except _WRONG_USE as error:
        return _fail(settings, error, WRONG_USE)
    except _NOT_PUBLISHED as error:
        return _fail(settings, error, NOT_PUBLISHED)
    except Exception as error:  # exit 1 means "published": an error nobody foresaw must not pass for that
        return _fail(settings, error, NOT_PUBLISHED, is_foreseen=False)


def _fail(settings: Settings | None, error: Exception, code: int, *, is_foreseen: bool = True) -> int:
    complain(settings, [text_of(error, is_foreseen)])
    return code


def parser() -> argparse.ArgumentParser:
    """All verbs with their arguments."""
    whole = argparse.ArgumentParser(prog="gridpatrol", description="益阳市环境问题网格化巡查考核")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--root", help="数据所在目录，缺省为当前目录 (directory that holds data/)")
    verbs = whole.add_subparsers(required=True, metavar="VERB")

    def add(name: str, verb: Verb, check_root: RootCheck, text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text, parents=[shared])
        sub.set_defaults(verb=verb, check_root=check_root)
        return sub

    demo = add("demo", _demo, any_root, "写出演示台账（data/raw 为空时）(write demo exports)")
    demo.add_argument("--if-empty", action="store_true", help="data/raw 已有文件时不写，也不算错")
    build = add("build", _build, root_with_raw, "读取、计算、核查、发布 (build and publish)")
    build.add_argument("--as-of", help="计算时点，如 2026-11-06 09:00")
    build.add_argument("--force", action="store_true", help="输入未变也重新计算")
    build.add_argument("--plain", action="store_true", help="不经 Dagster，直接依次执行")
    add("serve", _serve, root_with_data, "打开网页服务，只在本机 (serve the page on 127.0.0.1)")
    add("dev", _dev, root_with_data, "网页与 Dagster 界面一起打开 (the page beside Dagster's UI)")
    cli_ledgers.add_verbs(add)
    cli_figures.add_verbs(add)
    sql = add("sql", _sql, standing_root, "打印某张表的 SQL，含自动生成者 (print a model's SQL)")
    sql.add_argument("name", help="如 staging.patrol_typed")
    export = add("export", _export, root_with_data, "把发布表写成 Parquet (export the published tables)")
    export.add_argument("folder")
    cli_fixing.add_verbs(add)
    cli_paper.add_verbs(add)
    return whole


def _demo(settings: Settings, given: argparse.Namespace) -> int:
    # Writes workbooks: nobody else waits for the library that does.
    from pipelines.demo.write import write_demo

    settings.raw.mkdir(parents=True, exist_ok=True)
    if any(path.is_dir() or path.name == "_demo.json" for path in settings.raw.iterdir()):
        if given.if_empty:
            return OK
        print("错误 error: data/raw 已有文件，不写演示数据；请换一个 --root (data/raw is not empty)", file=sys.stderr)
        return WRONG_USE
    written = write_demo(settings.root, settings.sql)
    print(
        f"演示数据已写出 demo written: {written.files} 个文件，巡查 {written.patrols} 次，问题 {written.problems} 件，"
        f"有意写错待退回 {written.returned} 行"
    )
    return OK


def _build(settings: Settings, given: argparse.Namespace) -> int:
    rules = steps.read_rules(settings)
    outlook = steps.look(settings, rules, beijing_now())
    if given.force or not steps.is_published(settings, outlook, progress=print):
        if given.plain:
            steps.build(settings, rules, outlook, progress=print)
        elif failures := _run_job(settings, rules, outlook):
            complain(settings, failures)
            print("未发布，原快照不变 (nothing published, the old snapshot stays)", file=sys.stderr)
            return NOT_PUBLISHED
    else:
        print("输入未变，沿用已发布的快照 (nothing changed, no run)")
    snapshot = open_snapshot(settings.published)
    gone = vanished(snapshot, Scope(), settings.state)
    print("\n".join(summary(snapshot, page_address(settings), command(settings, "status"), gone)))
    later = sum(received.received_at > outlook.moment.known_at for received in outlook.scan.received)
    if later:
        print(f"另有 {later} 个文件的收到时间晚于计算时点，本次不读 (received later, not read)")
    is_whole = not (misplaced(snapshot) or outlook.shelf.damaged or gone)
    return REFUSED_FILES if not is_whole or any(file.is_returned for file in files(snapshot)) else OK


def _run_job(settings: Settings, rules: steps.Rules, outlook: steps.Outlook) -> list[str]:
    use_dagster_home(settings.root)
    # Dagster takes two seconds to import; a build that need not run does not wait for it.
    from pipelines.definitions import run_job

    return run_job(settings, outlook.moment.as_of, steps.months_landed(rules, outlook))


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    return serve(settings)


def _dev(settings: Settings, _: argparse.Namespace) -> int:
    return serve_with_dagster(settings)


def _sql(settings: Settings, given: argparse.Namespace) -> int:
    models = {model.name: model for model in steps.read_rules(settings).models}
    if given.name not in models:
        raise SettingsError(f"没有名为 {given.name!r} 的表；可用：{'、'.join(sorted(models))} (unknown model)")
    print(models[given.name].sql)
    return OK


def _export(settings: Settings, given: argparse.Namespace) -> int:
    pointer = read_pointer(settings.published)
    con = engine.connect(None, settings.sql)
    con.execute(f"attach '{str(pointer.path).replace(chr(39), chr(39) * 2)}' as snapshot (read_only)")
    for path in publish.export(con, publish.read_schema(settings.sql), Path(given.folder), "snapshot.published"):
        print(path.name)
    return OK
