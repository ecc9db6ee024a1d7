"""The problems of a grid or of one of its sites that were alive in a span of days, step by step, each with its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.snapshot.door import Scope, Snapshot
from pipelines.snapshot.mask import Mask

# Continues a `with` list: the words a site goes by, and the problems that lie there or are the grid's to mend and whose
# life (from discovery to the last thing done, or to this day while nothing has ended it) meets the span.
CHOSEN = """
, called as (
    select distinct unnest([name, site_no]) as word from published.site
    where site_id = $site_id and coalesce(grid_id, county_id) = $grid_id and $grid_id in (from visible_grid)
), visited as (
    select problem_id, max(done_at) as done_at from published.follow_up group by problem_id
), chosen as (
    select problem.* from published.problem as problem
    left join visited on visited.problem_id = problem.problem_id
    where problem.grid_id in (from visible_grid) and $grid_id in (from visible_grid)
        and $grid_id in (problem.grid_id, problem.duty_grid_id)
        and ($site_id = '' or problem.site in (select word from called))
        and cast(coalesce(problem.discovered_at, problem.registered_at) as date) <= $last
        and (
            coalesce(problem.rectified_at, problem.cleared_at, problem.closed_at) is null
            or cast(greatest(problem.rectified_at, problem.verified_at, problem.cleared_at, problem.closed_at,
                visited.done_at) as date) >= $first
        )
)"""
_STEPS = f"""{CHOSEN}
, told as (
    select problem_id, unnest([
        {{'word': 'discovered', 'at': discovered_at}}, {{'word': 'registered', 'at': registered_at}},
        {{'word': 'rectified', 'at': rectified_at}}, {{'word': 'verified', 'at': verified_at}},
        {{'word': 'cleared', 'at': cleared_at}}, {{'word': 'closed', 'at': closed_at}}
    ], recursive := true), '' as by_grid_id, '' as who, '' as result, '' as basis, row_id
    from chosen
    union all
    select problem_id, kind, done_at, by_grid_id, checker, result, '', row_id
    from published.follow_up where problem_id in (select problem_id from chosen)
    union all
    -- the steps of handling are published as duties: when each was done, and by whose duty
    select
        duty.subject_id,
        -- counted from the discovery because the ledger has the document's number and no date of it
        case when duty.metric_id = 'document_complete' and duty.met_at = chosen.discovered_at then 'document_numbered'
            else duty.metric_id end,
        duty.met_at, duty.grid_id, '', '', duty.due_basis, duty.met_row_id
    from published.obligation as duty
    join chosen on chosen.problem_id = duty.subject_id
    where duty.subject_kind = 'problem' and duty.met_at is not null
        and duty.metric_id in ('dispatch', 'first_response', 'escalation', 'violation_report', 'petition_acceptance',
            'document_complete', 'case_filing', 'case_decision', 'feedback', 'disclosure')
    union all
    -- both run from the receipt, or from the discovery where none is written
    select distinct duty.subject_id, 'received', duty.started_at, '', '', '', '', chosen.row_id
    from published.obligation as duty
    join chosen on chosen.problem_id = duty.subject_id
    where duty.metric_id in ('dispatch', 'petition_acceptance') and duty.subject_kind = 'problem'
        and duty.started_at <> chosen.discovered_at
)
select
    told.word, told.at, chosen.problem_id, coalesce(chosen.problem_no, '') as problem_no,
    coalesce(chosen.description, '') as description, coalesce(chosen.source, '') as source,
    coalesce(chosen.category, '') as category, coalesce(chosen.site, '') as site,
    coalesce(chosen.closure, '') as closure, coalesce(chosen.corrected_on_spot, false) as corrected_on_spot,
    chosen.version_no, chosen.absent_in_latest, there.name as grid_name, coalesce(doer.name, '') as by_grid_name,
    coalesce(told.by_grid_id, '') <> '' and doer.grid_id is null as is_by_others,
    -- whose act lies outside the scope: that it was done and when bears on the grid, by whom and on which row does not
    case when is_by_others then '' else coalesce(told.who, '') end as who, coalesce(told.result, '') as result,
    coalesce(told.basis, '') as basis,
    case when is_by_others and told.row_id is distinct from chosen.row_id then '' else coalesce(told.row_id, '') end
        as row_id
from told
join chosen on chosen.problem_id = told.problem_id
join place as there on there.grid_id = chosen.grid_id
left join place as doer on doer.grid_id = told.by_grid_id and doer.grid_id in (from visible_grid)
where told.at is not null and cast(told.at as date) <= $last
order by told.at, chosen.problem_id, told.word, told.row_id"""


@dataclass(frozen=True)
class Step:
    """Something that happened to a problem.

    word: discovered, registered, received, rectified, verified, cleared, closed; a kind of follow_up (reinspect …);
    the metric whose duty it fulfilled (escalation, dispatch …), basis then being that duty's; or document_numbered, a
    document of which no date is written. by_grid_name: whose
    act it was, '' where unknown or out of scope; is_by_others: the latter, then who is '' and row_id too unless it is
    the problem's own row. version_no, absent_in_latest: of the problem's row as it stands.
    """

    word: str
    problem_id: str
    problem_no: str
    description: str
    source: str
    category: str
    site: str
    closure: str
    corrected_on_spot: bool
    version_no: int | None
    absent_in_latest: bool | None
    grid_name: str
    by_grid_name: str
    is_by_others: bool
    who: str
    result: str
    basis: str
    row_id: str


def steps(
    snapshot: Snapshot, scope: Scope, grid_id: str, site_id: str, first: date, last: date
) -> list[tuple[datetime, Step]]:
    """All that is known of those problems up to the last day, with the instant as the ledger has it."""
    mask = Mask(snapshot, scope)
    found = snapshot.ask(scope, _STEPS, grid_id=grid_id, site_id=site_id, first=first, last=last)
    texts = ("description", "site", "problem_id", "problem_no", "basis")
    result = []
    for row in found:
        at = row.pop("at")
        covered = {name: mask.text(row[name]) for name in texts}
        result.append((at, Step(**{**row, **covered, "who": mask.name(row["who"])})))
    return result
