"""How a problem was dealt with beyond its rectification, as frozen facts: who learned of it when, and what was done.

Every instant is None where it never came about or nobody wrote it down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.demo.moments import Moment


@dataclass(frozen=True)
class Case:
    """The case under the law that a problem became, or did not, and what of it had to be made public.

    needs_filing, must_disclose: None where nobody ticked. fine in yuan, 0 where there was none.
    """

    needs_filing: bool | None = None
    filed_at: Moment | None = None
    decided_at: Moment | None = None
    penalty_no: str = ""
    fine: int = 0
    measures: str = ""
    must_disclose: bool | None = None
    disclosed_at: Moment | None = None


@dataclass(frozen=True)
class Answer:
    """What those were told who had asked: a petitioner, the grid above or the grid below. direction '' if unstated."""

    accepted_at: Moment | None = None
    replied_at: Moment | None = None
    due: date | None = None
    fed_back_at: Moment | None = None
    direction: str = ""


@dataclass(frozen=True)
class Retold:
    """What ledgers compiled before `until` said of one of the instants; later ones say what the fact says."""

    name: str
    at: Moment | None
    until: datetime


@dataclass(frozen=True)
class Handling:
    """Registration, response, reports upwards and papers. listed_at is when the problem was listed for supervision;
    no ledger has a column for it, but none shows the listing before."""

    registered_at: Moment | None = None
    received_at: Moment | None = None
    first_action_at: Moment | None = None
    nature: str = ""
    beyond_authority: bool | None = None
    escalated_at: Moment | None = None
    referred_at: Moment | None = None
    referred_to: str = ""
    document_no: str = ""
    assignment_no: str = ""
    petition_no: str = ""
    handler: str = ""
    supervisor_grid: str | None = None
    listing: str = ""
    listed_at: Moment | None = None
    verified_at: Moment | None = None
    cleared_at: Moment | None = None
    case: Case = field(default_factory=Case)
    answer: Answer = field(default_factory=Answer)
    retold: tuple[Retold, ...] = ()


NOT_HANDLED = Handling()
