-- 处置环节：一行是一个问题登记、到场、上报、交办、立案、反馈、公开等环节的时间；晚于计算时点、晚于收到之日的视为尚未发生
-- 粒度：problem_id
-- 依据：四（一）登记备案；四（二）查处；四（三）反馈；五（三）第一时间处置
-- 是否类的列空着是不知道，不是“否”；field_set_id 是该问题历次台账有过的列，见 core.field_set_lack
select
    problem.problem_id,
    problem.county_id,
    md5(array_to_string(told.fields, ',')) as field_set_id,
    told.nature,
    told.source,
    told.listing,
    told.assignment_no,
    told.patrol_no,
    told.supervisor_grid_id,
    told.handler,
    told.document_no,
    told.beyond_authority,
    told.needs_filing,
    told.must_disclose,
    told.feedback_direction,
    told.fine_amount,
    told.measures,
    told.discovered_at_precision as discovered_precision,
    case when told.received_at <= problem.happened_by then told.received_at end as received_at,
    told.received_at_precision as received_precision,
    case when told.registered_at <= problem.happened_by then told.registered_at end as registered_at,
    told.registered_at_precision as registered_precision,
    case when told.assigned_at <= problem.happened_by then told.assigned_at end as assigned_at,
    told.assigned_at_precision as assigned_precision,
    case when told.accepted_at <= problem.happened_by then told.accepted_at end as accepted_at,
    told.accepted_at_precision as accepted_precision,
    case when told.first_action_at <= problem.happened_by then told.first_action_at end as first_action_at,
    told.first_action_at_precision as first_action_precision,
    case when told.document_issued_at <= problem.happened_by then told.document_issued_at end as document_issued_at,
    told.document_issued_at_precision as document_issued_precision,
    case when told.served_at <= problem.happened_by then told.served_at end as served_at,
    told.served_at_precision as served_precision,
    case when told.rectified_at <= problem.happened_by then told.rectified_at end as rectified_at,
    case when told.escalated_at <= problem.happened_by then told.escalated_at end as escalated_at,
    told.escalated_at_precision as escalated_precision,
    case when told.referred_at <= problem.happened_by then told.referred_at end as referred_at,
    told.referred_at_precision as referred_precision,
    case when told.filed_at <= problem.happened_by then told.filed_at end as filed_at,
    told.filed_at_precision as filed_precision,
    case when told.decided_at <= problem.happened_by then told.decided_at end as decided_at,
    told.decided_at_precision as decided_precision,
    case
        when told.feedback_due_precision = 'minute' then told.feedback_due
        else end_of_day(told.feedback_due)
    end as feedback_due_at,
    case when told.feedback_at <= problem.happened_by then told.feedback_at end as feedback_at,
    told.feedback_at_precision as feedback_precision,
    case when told.replied_at <= problem.happened_by then told.replied_at end as replied_at,
    told.replied_at_precision as replied_precision,
    case when told.disclosed_at <= problem.happened_by then told.disclosed_at end as disclosed_at,
    told.disclosed_at_precision as disclosed_precision,
    told.closed_at_precision as closed_precision
from staging.problem_now as told
join core.problem as problem on told.row_key = problem.problem_id
