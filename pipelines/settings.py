"""Where things lie, the as-of moment and the limits of size. The only reader of the environment."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

CODE_ROOT = Path(__file__).resolve().parents[1]
DEMO_PIN = "_demo.json"
# China has one zone without summer time; a fixed offset needs no tzdata, which Windows lacks.
_BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


class SettingsError(ValueError):
    """A setting that cannot be used; the message says which and how to mend it."""


def beijing_now() -> datetime:
    """The wall clock in Beijing, naive, whatever zone the machine is set to. Nothing else asks for the time."""
    return in_beijing(datetime.now(_BEIJING))


def in_beijing(moment: datetime) -> datetime:
    """A moment with its zone as the naive wall clock in Beijing."""
    return moment.astimezone(_BEIJING).replace(tzinfo=None)


def beijing_time(timestamp: float) -> datetime:
    """The moment a file system tells, as a clock in Beijing showed it, naive."""
    return datetime.fromtimestamp(timestamp, _BEIJING).replace(tzinfo=None)


def user_name() -> str:
    """Who runs this, as the machine calls him; told beside what is written for good."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without an entry
        return "未知用户"


@dataclass(frozen=True)
class Limits:
    """How large a delivered file may be before it is refused. Sizes in bytes, lengths in characters.

    expanded_bytes, tags: what a workbook holds once it is unpacked, pictures apart, and how many tags stand in it. A
    ledger of 100,000 rows and 16 columns has some 100 MB and 6 to 10 million tags; at the limits the reader takes
    about 1 GB, whatever they hold.
    """

    file_bytes: int = 512 * 1024 * 1024
    expanded_bytes: int = 256 * 1024 * 1024
    tags: int = 24_000_000
    rows: int = 5_000_000
    columns: int = 400
    cell_length: int = 32_767
    header_search_rows: int = 30


@dataclass(frozen=True)
class Settings:
    """The places of one root and how it is to be computed.

    root: directory holding `data/`. as_of: the moment asked for, None to derive it.
    """

    root: Path
    as_of: datetime | None = None
    sql: Path = CODE_ROOT / "sql"
    lock_wait_seconds: float = 60.0
    page_port: int = 8501
    dagster_port: int = 3000
    limits: Limits = field(default_factory=Limits)

    @property
    def raw(self) -> Path:
        """Files as received: `data/raw/<YYYY-MM>/<county>/<file>`; never changed."""
        return self.root / "data" / "raw"

    @property
    def state(self) -> Path:
        """What must outlive the warehouse: receipts, 情况说明."""
        return self.root / "data" / "state"

    @property
    def releases(self) -> Path:
        """Fixed months, written once; outlives the warehouse too."""
        return self.root / "data" / "releases"

    @property
    def explanations(self) -> Path:
        """情况说明 of overdue duties, TOML."""
        return self.state / "explanations"

    @property
    def has_own_rules(self) -> bool:
        """True where the root brings profiles, grids or senders of its own."""
        used = (self.profiles, self.grid_seed, self.sender_seed)
        return not all(path is None or path.is_relative_to(self.sql) for path in used)

    @property
    def profiles(self) -> Path:
        """How each unit writes: the root's own `config/profiles/` where it has one, in place of the project's."""
        own = self.root / "config" / "profiles"
        return own if own.is_dir() else self.sql / "contracts" / "profiles"

    @property
    def grid_seed(self) -> Path:
        """Which grids there are: the root's own `config/seeds/grid.csv` where it has one."""
        own = self.root / "config" / "seeds" / "grid.csv"
        return own if own.exists() else self.sql / "seeds" / "grid.csv"

    @property
    def sender_seed(self) -> Path | None:
        """From which month each unit reports: the root's own `config/seeds/sender.csv` where it has one.

        None where the root has grids of its own and no such file: the project's speaks of other units.
        """
        own = self.root / "config" / "seeds" / "sender.csv"
        if own.exists():
            return own
        return self.sql / "seeds" / "sender.csv" if self.grid_seed.is_relative_to(self.sql) else None

    @property
    def warehouse(self) -> Path:
        """The work database; it can be deleted and is rebuilt."""
        return self.root / "data" / "warehouse" / "work.duckdb"

    @property
    def scratch(self) -> Path:
        """Where a month is computed at another moment than the present; gone when that is done."""
        return self.warehouse.with_name("scratch.duckdb")

    @property
    def last_error(self) -> Path:
        """The whole text of what the command line told in one line, last time."""
        return self.warehouse.with_name("last_error.txt")

    @property
    def published(self) -> Path:
        """Immutable snapshots and the pointer to the current one."""
        return self.root / "data" / "published"

    @property
    def row_files(self) -> Path:
        """Raw cells, one Parquet a source file."""
        return self.published / "rows"

    @property
    def demo_pin(self) -> datetime | None:
        """The pinned as-of of demo data, None for real data. Raises SettingsError where the pin cannot be read."""
        path = self.raw / DEMO_PIN
        if not path.exists():
            return None
        try:
            return parse_moment(str(json.loads(path.read_text("utf-8"))["as_of"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError(
                f'data/raw/{DEMO_PIN} 无法读取：应为 {{"as_of": "2026-11-06 09:00"}}；若是真实数据，请删去该文件'
                " (unreadable pin of the demo)"
            ) from error

    @property
    def is_demo(self) -> bool:
        """True where data/raw holds the demo."""
        return (self.raw / DEMO_PIN).exists()


def parse_moment(text: str) -> datetime:
    """Read `2026-11-06 09:00` (or with T, or a day alone) as naive Asia/Shanghai time, to the second.

    Raises SettingsError for anything else, a time zone included.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise SettingsError(f"时点无法识别：{text!r}；应写成 2026-11-06 09:00 (unreadable moment)") from error
    if moment.tzinfo is not None:
        raise SettingsError(f"时点不要带时区：{text!r}；一律按北京时间 (no time zone, please)")
    return moment.replace(microsecond=0)


def from_environment(root: Path | None = None, as_of: str | None = None) -> Settings:
    """Settings of a root.

    GRIDPATROL_ROOT and GRIDPATROL_AS_OF stand in where nothing is given; GRIDPATROL_PORT is the page's port,
    GRIDPATROL_LOCK_WAIT the seconds to wait for another build. Raises SettingsError naming the one that is wrong.
    """
    chosen_root = root or Path(os.environ.get("GRIDPATROL_ROOT") or Path.cwd())
    chosen_as_of = as_of or os.environ.get("GRIDPATROL_AS_OF")
    return Settings(
        root=chosen_root.resolve(),
        as_of=parse_moment(chosen_as_of) if chosen_as_of else None,
        lock_wait_seconds=_whole_number("GRIDPATROL_LOCK_WAIT", 60),
        page_port=_whole_number("GRIDPATROL_PORT", 8501),
        dagster_port=_whole_number("GRIDPATROL_DAGSTER_PORT", 3000),
    )


def _whole_number(name: str, otherwise: int) -> int:
    text = os.environ.get(name) or str(otherwise)
    if not text.isdigit():
        raise SettingsError(f"{name} 应为整数，现为 {text!r} (not a whole number)")
    return int(text)


def any_root(_: Settings) -> None:
    """Demands nothing: the root will be made."""


def standing_root(settings: Settings) -> None:
    """Raises SettingsError where the root is no directory."""
    if not settings.root.is_dir():
        raise SettingsError(f"没有这个目录：{settings.root}；请核对 --root (no such directory)")


def root_with_raw(settings: Settings) -> None:
    """Raises SettingsError where there is nothing to build of: a mistyped root looks like an empty house."""
    standing_root(settings)
    if not settings.raw.is_dir():
        raise SettingsError(f"{settings.root} 下没有 data/raw；请核对 --root，或先建好该文件夹 (no data/raw there)")


def root_with_data(settings: Settings) -> None:
    """Raises SettingsError where neither files nor anything published stand below the root."""
    standing_root(settings)
    if not (settings.raw.is_dir() or settings.published.is_dir()):
        raise SettingsError(
            f"{settings.root} 下没有 data/raw，也没有发布过数据；请核对 --root，第一次使用请先执行 make run"
            " (neither data/raw nor anything published there)"
        )


def use_dagster_home(root: Path) -> None:
    """Make `<root>/.dagster/` Dagster's home and storage, with this project's dagster.yaml: it writes nowhere else."""
    storage = root / ".dagster"
    storage.mkdir(parents=True, exist_ok=True)
    given = (CODE_ROOT / "dagster.yaml").read_bytes()
    copy = storage / "dagster.yaml"
    if not copy.exists() or copy.read_bytes() != given:  # another process may be reading it
        beside = storage / f".dagster.yaml.{os.getpid()}.tmp"
        beside.write_bytes(given)
        beside.replace(copy)
    os.environ["DAGSTER_HOME"] = str(storage)
    os.environ["GRIDPATROL_DAGSTER_STORAGE"] = str(storage)


def page_environment(settings: Settings) -> dict[str, str]:
    """The environment in which the page's server runs for this root."""
    return {**os.environ, "GRIDPATROL_ROOT": str(settings.root)}
