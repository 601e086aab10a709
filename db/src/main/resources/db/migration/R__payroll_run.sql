-- A payroll run from its request to its end: one row, which the steps move on. Locks are taken in this order: the run, payouts and
-- earnings, intake rows.

-- Enqueues the workflow of a run for a request or an approval. A running workflow is signalled if wakes is true.
create or replace function enqueue_payroll(run uuid, business uuid, by_client text, wakes boolean) returns void
  language sql volatile
as
$$
select enqueue('payroll', 'payroll', concat_ws('/', r.cadence, r.period_start, business), business,
               jsonb_build_object('runId', r.id, 'cadence', r.cadence, 'periodStart', r.period_start, 'wakes', wakes), by_client,
               r.correlation_id)
from payroll_run r
where r.id = run
$$;

-- Whether an intake row of a run still waits.
create or replace function payroll_is_enqueued(run uuid) returns boolean
  language sql stable
as
$$
select exists (select from intake i where i.kind = 'payroll' and i.done_at is null and i.body ->> 'runId' = run::text)
$$;

-- Marks the intake rows of a run as done.
create or replace function complete_payroll_intake(run uuid) returns void
  language sql volatile
as
$$
update intake i set done_at = now() where i.kind = 'payroll' and i.done_at is null and i.body ->> 'runId' = run::text
$$;

create or replace function emit_payroll_event(run uuid, event_type text, details jsonb default '{}') returns void
  language sql volatile
as
$$
select emit_event(event_type, r.id, r.correlation_id,
                  jsonb_build_object('cadence', r.cadence, 'periodStart', r.period_start, 'periodEnd', r.period_end, 'status', r.status)
                    || details, true)
from payroll_run r
where r.id = run
$$;

-- Returns the run of a period. It creates and enqueues a new run if there is none or only cancelled ones. It enqueues an existing run whose
-- workflow was lost. A period that is invalid or has not ended is an error.
create or replace function request_payroll(
  cadence text, period_start date, zone text, account_hold_seconds int, by text, correlation text, at timestamptz default now())
  returns uuid
  language plpgsql
as
$$
declare
  period record;
  found  uuid;
begin
  select *
  into period
  from payroll_period(request_payroll.cadence, request_payroll.period_start, request_payroll.zone);
  if period.ends_at > request_payroll.at then
    raise exception 'the period from % has not ended', request_payroll.period_start using errcode = 'check_violation';
  end if;

  loop
    insert into payroll_run (cadence, period_start, period_end, zone, starts_at, ends_at, requested_by, correlation_id,
                             accounts_unchanged_since)
    values (request_payroll.cadence, request_payroll.period_start, period.period_end, request_payroll.zone, period.starts_at,
            period.ends_at, request_payroll.by, request_payroll.correlation,
            now() - make_interval(secs => request_payroll.account_hold_seconds))
    on conflict do nothing
    returning id into found;
    if found is not null then
      perform emit_payroll_event(found, 'payroll.requested');
      perform enqueue_payroll(found, found, request_payroll.by, true);
      exit;
    end if;

    select r.id
    into found
    from payroll_run r
    where r.cadence = request_payroll.cadence
      and r.period_start = request_payroll.period_start
      and r.status <> 'cancelled'
    for key share;
    if found is not null then
      perform enqueue_payroll(found, new_id(), request_payroll.by, false)
      from payroll_run r
      where r.id = found
        and r.status <> 'completed'
        and not payroll_is_enqueued(r.id);
      exit;
    end if;
  end loop;
  return found;
end
$$;

-- Whether a run waits although its last proposal is approved.
create or replace function payroll_approval_waits(run uuid) returns boolean
  language sql stable
as
$$
select coalesce((
  select r.status = 'awaiting-approval' and a.id is not null
  from payroll_run r
  join payroll_proposal p on p.run_id = r.id
  left join payroll_approval a on a.run_id = p.run_id and a.ordinal = p.ordinal
  where r.id = run
  order by p.ordinal desc
  limit 1), false)
$$;

-- Step: starts the run and records, once, whether it needs approval. An approval that waits keeps its intake row, which starts the run again
-- if it is lost before it applies the approval.
create or replace function start_payroll(run uuid, approval boolean) returns text
  language plpgsql
as
$$
declare
  held payroll_run;
begin
  select * into held from payroll_run r where r.id = run for no key update;
  if held.started_at is null then
    update payroll_run r
    set started_at = now(), approval_required = approval, status = case when approval then 'awaiting-approval' else r.status end
    where r.id = run
    returning r.* into held;
  end if;
  if not payroll_approval_waits(run) then
    perform complete_payroll_intake(run);
  end if;
  return held.status;
end
$$;

-- The run that replaced a cancelled run, if there is one.
create or replace function payroll_successor(run uuid) returns uuid
  language sql stable
as
$$
select n.id
from payroll_run r
join payroll_run n on n.cadence = r.cadence and n.period_start = r.period_start and n.status <> 'cancelled'
where r.id = run
  and r.status = 'cancelled'
$$;

-- Everybody who has changed what a run pays since it was last approved, in order: who requested the run, recorded or reversed an unsettled
-- earning, asserted its payment or cancelled its payout, changed a vendor or a minimum.
create or replace function payroll_authors(run uuid) returns text[]
  language sql stable
as
$$
with held as (select * from payroll_run r where r.id = run),
author as (
  select h.requested_by as name
  from held h
  union all
  select a.name
  from (
    select distinct e.recorded_by, e.paid_by, e.returned_by
    from held h
    join vendor v on v.cadence = h.cadence
    join earning e on e.vendor_id = v.id
    where e.payout_id is null
      and e.earned_at < h.ends_at
      and e.held is distinct from 'test-data') e
  cross join unnest(array [e.recorded_by, e.paid_by, e.returned_by]) a (name)
  union all
  select c.changed_by
  from held h
  join payable_change c on c.approval_id is null
  left join vendor v on v.id = c.vendor_id
  where h.cadence = coalesce(c.cadence, v.cadence)
    and (c.vendor_id is null
      or exists (select from earning e where e.vendor_id = c.vendor_id and e.payout_id is null and e.earned_at < h.ends_at)))
select coalesce(array_agg(distinct a.name order by a.name), '{}')
from author a
where not is_system_author(a.name)
$$;

-- Step: proposes the current set of payouts for approval, unless it equals the last proposal.
create or replace function propose_payroll(run uuid) returns payroll_proposal
  language plpgsql
as
$$
declare
  held     payroll_run;
  latest   payroll_proposal;
  proposed payroll_proposal;
begin
  select * into held from payroll_run r where r.id = run for no key update;
  select * into latest from payroll_proposal p where p.run_id = run order by p.ordinal desc limit 1;
  if held.status <> 'awaiting-approval' then
    return latest;
  end if;
  select run, coalesce(latest.ordinal, 0) + 1, s.hash, s.pays, s.carries, now(), payroll_authors(run)
  into proposed
  from payroll_due_totals(held.cadence, held.period_start, held.ends_at, held.accounts_unchanged_since) s;
  if (proposed.hash, proposed.changed_by) = (latest.hash, latest.changed_by) then
    return latest;
  end if;
  insert into payroll_proposal select proposed.*;
  perform emit_payroll_event(run, 'payroll.proposed', jsonb_build_object('hash', proposed.hash));
  return proposed;
end
$$;

-- Approves the proposal of a run by its hash. Returns approved; changed if the set of payouts has changed, which is then proposed;
-- same-person if the approver has changed it; not-awaiting if the run does not wait for approval.
create or replace function approve_payroll(run uuid, hash text, by text) returns text
  language plpgsql
as
$$
declare
  held     payroll_run;
  proposed payroll_proposal;
  approval uuid;
begin
  select * into held from payroll_run r where r.id = run for no key update;
  if held.status is distinct from 'awaiting-approval' then
    return 'not-awaiting';
  end if;
  -- A change of a minimum commits before this approval, or begins after it.
  lock table payout_minimum in share mode;
  proposed := propose_payroll(run);
  if proposed.hash <> approve_payroll.hash then
    return 'changed';
  elsif approve_payroll.by = any (proposed.changed_by) then
    return 'same-person';
  end if;

  insert into payroll_approval (run_id, ordinal, hash, changed_by, approved_by)
  values (run, proposed.ordinal, proposed.hash, proposed.changed_by, approve_payroll.by)
  on conflict do nothing
  returning id into approval;
  if approval is not null then
    perform emit_payroll_event(run, 'payroll.approved', jsonb_build_object('hash', proposed.hash, 'approvedBy', approve_payroll.by));
    perform enqueue_payroll(run, approval, approve_payroll.by, true);
  elsif not payroll_is_enqueued(run) then
    -- Repeated because the run was lost before it applied the approval.
    perform enqueue_payroll(run, new_id(), approve_payroll.by, true);
  end if;
  return 'approved';
end
$$;

-- Cancels a run that waits for approval. Its period can be requested again. Returns whether it was cancelled.
create or replace function cancel_payroll(run uuid, by text, given_reason text) returns boolean
  language plpgsql
as
$$
begin
  update payroll_run r set status = 'cancelled' where r.id = run and r.status = 'awaiting-approval';
  if not found then
    return false;
  end if;
  perform emit_payroll_event(run, 'payroll.cancelled', jsonb_build_object('by', cancel_payroll.by, 'reason', given_reason));
  perform enqueue_payroll(run, new_id(), cancel_payroll.by, true);
  return true;
end
$$;

-- Step: starts the freeze once the last proposal is approved. Returns the run's status.
create or replace function apply_approval(run uuid) returns text
  language plpgsql
as
$$
declare
  held payroll_run;
begin
  select * into held from payroll_run r where r.id = run for no key update;
  if payroll_approval_waits(run) then
    update payroll_run r set status = 'freezing' where r.id = run;
    held.status := 'freezing';
  end if;
  perform complete_payroll_intake(run);
  return held.status;
end
$$;

-- Records which changes the approval of a frozen run includes: those of vendors to whom it pays, and those of its cadence. A payout that is
-- carried approves nothing, because the hash does not have its account. A change of a vendor that the approval has not seen holds the
-- vendor's row, so the freeze has waited for it.
create or replace function approve_payable_changes(run uuid) returns void
  language sql volatile
as
$$
update payable_change c
set approval_id = a.id
from payroll_run r
join payroll_approval a on a.run_id = r.id and a.hash = r.hash
where r.id = run
  and r.approval_required
  and a.ordinal = (select max(p.ordinal) from payroll_proposal p where p.run_id = r.id)
  and c.approval_id is null
  and c.changed_at < a.approved_at
  and case
        when c.cadence is not null then c.cadence = r.cadence
        else exists (
          select
          from payout p
          where p.vendor_id = c.vendor_id and p.run_id = r.id and p.status = 'frozen')
      end
$$;

-- Step: ends the freeze after all pages, none of which is still running: each holds the run's row for key share, which lets an operator pause
-- the run meanwhile. The run is frozen if it needs no approval or the hash is approved. Otherwise the payouts are
-- cancelled, and the run waits for approval of the current set. Returns the run's status.
create or replace function conclude_freeze(run uuid) returns text
  language plpgsql
as
$$
declare
  held   payroll_run;
  whole  text;
begin
  select * into held from payroll_run r where r.id = run for update;
  if held.status <> 'freezing' then
    return held.status;
  end if;
  whole := frozen_hash(run);
  if held.approval_required and whole is distinct from (
    select a.hash
    from payroll_proposal p
    left join payroll_approval a on a.run_id = p.run_id and a.ordinal = p.ordinal
    where p.run_id = run
    order by p.ordinal desc
    limit 1) then
    update payout p set status = 'cancelled', reason = 'set-changed' where p.run_id = run and p.status <> 'cancelled';
    update earning e
    set payout_id = null, held = earning_hold(e.source_kind, e.source_id)
    from payout p
    where p.run_id = run and p.status = 'cancelled' and e.payout_id = p.id;
    update payroll_run r set status = 'awaiting-approval' where r.id = run;
    perform emit_payroll_event(run, 'payroll.changed', jsonb_build_object('hash', whole));
    -- Immediately, so that the approval of the previous proposal does not count any more.
    perform propose_payroll(run);
    return 'awaiting-approval';
  end if;
  update payroll_run r set status = 'frozen', hash = whole, frozen_at = now() where r.id = run;
  perform approve_payable_changes(run);
  perform emit_payroll_event(run, 'payroll.frozen', jsonb_build_object('hash', whole) || payroll_totals(run));
  return 'frozen';
end
$$;

-- The totals of a run, by currency and status.
create or replace view payroll_total as
select p.run_id, p.currency, p.status, count(*)::int as payouts, sum(p.earnings)::bigint as earnings,
       sum(p.gross_minor)::bigint as gross_minor, sum(p.commission_minor)::bigint as commission_minor,
       sum(p.amount_minor)::bigint as amount_minor
from payout p
group by p.run_id, p.currency, p.status;

-- The totals of one run for its events, without cancelled payouts.
create or replace function payroll_totals(run uuid) returns jsonb
  language sql stable
as
$$
select jsonb_build_object('totals', coalesce(
  jsonb_agg(jsonb_build_object('currency', t.currency, 'status', t.status, 'payouts', t.payouts, 'amountMinor', t.amount_minor)
            order by t.currency, t.status),
  '[]'))
from payroll_total t
where t.run_id = run
  and t.status <> 'cancelled'
$$;

-- Pauses a run that pays or is about to, unless it is paused. An operator's pause that was resumed meanwhile pauses nothing. Returns the run's
-- status and the reason for the pause.
create or replace function pause_payroll(run uuid, given_reason text, out status text, out pause_reason text)
  language plpgsql
as
$$
begin
  update payroll_run r
  set status = 'paused', pause_reason = given_reason
  where r.id = run
    and r.status in ('frozen', 'paying')
    and (given_reason <> 'operator' or r.paused_by is not null);
  if found then
    perform emit_payroll_event(run, 'payroll.paused', jsonb_build_object('reason', given_reason));
  end if;
  select r.status, r.pause_reason into pause_payroll.status, pause_payroll.pause_reason from payroll_run r where r.id = run;
end
$$;

-- Step: an operator pauses a run in any status, until it is resumed. No payout is taken after this transaction. Returns false if the run is
-- over.
create or replace function hold_payroll(run uuid, by text) returns boolean
  language plpgsql
as
$$
begin
  update payroll_run r
  set paused_by = coalesce(r.paused_by, hold_payroll.by)
  where r.id = run
    and r.status not in ('completed', 'cancelled');
  if not found then
    return false;
  end if;
  perform pause_payroll(run, 'operator');
  return true;
end
$$;

-- Step: an operator resumes what an operator paused. A run that is paused for another reason, too, stays paused. The run's workflow then
-- continues to pay. Returns false if no operator paused the run.
create or replace function resume_payroll(run uuid) returns boolean
  language plpgsql
as
$$
begin
  update payroll_run r set paused_by = null where r.id = run and r.paused_by is not null;
  return found;
end
$$;

-- Step: starts paying, or continues after a pause, unless an operator's pause holds, the run violates a payroll rule, or the provider has
-- transfers that the database does not know. An operator's pause ends when it is resumed, any other one only with an operator's retry.
-- Returns the run's status and the reason for the pause.
create or replace function pay_payroll(run uuid, retried boolean, out status text, out pause_reason text)
  language plpgsql
as
$$
declare
  held   payroll_run;
  reason text;
begin
  select * into held from payroll_run r where r.id = run for no key update;
  if held.status = 'frozen'
    or held.status = 'paused' and (case held.pause_reason when 'operator' then held.paused_by is null else retried end) then
    reason := case
                when held.paused_by is not null then 'operator'
                when exists (select from payroll_violation v where v.run_id = run) then 'violation'
                when held.transfers_checked_at is null then 'unknown-transfers'
              end;
    if reason is null then
      update payroll_run r set status = 'paying', pause_reason = null where r.id = run;
      perform emit_payroll_event(run, 'payroll.paying');
    elsif held.status = 'frozen' then
      perform pause_payroll(run, reason);
    else
      update payroll_run r set pause_reason = reason where r.id = run;
    end if;
  end if;
  select r.status, r.pause_reason into pay_payroll.status, pay_payroll.pause_reason from payroll_run r where r.id = run;
end
$$;

-- Pauses every run that pays, or is about to, if any payroll rule is violated. Returns their number.
create or replace function pause_payroll_on_violation() returns int
  language sql volatile
as
$$
select count(*)::int
from payroll_run r
cross join lateral pause_payroll(r.id, 'violation') p
where r.status in ('frozen', 'paying')
  and exists (select from payroll_violation)
$$;

-- Step: completes the run when each payout is paid, carried, failed or cancelled. Returns the run's status and the number of payouts that
-- are left to pay or unknown.
create or replace function finish_payroll(run uuid, out status text, out to_pay int, out unknown int)
  language plpgsql
as
$$
begin
  select r.status into finish_payroll.status from payroll_run r where r.id = run for no key update;
  select (count(*) filter (where p.status <> 'unknown'))::int, (count(*) filter (where p.status = 'unknown'))::int
  into to_pay, unknown
  from payout p
  where p.run_id = run
    and p.status in ('frozen', 'paying', 'unknown');
  if finish_payroll.status = 'paying' and to_pay = 0 and unknown = 0 then
    update payroll_run r set status = 'completed', completed_at = now() where r.id = run;
    finish_payroll.status := 'completed';
    perform emit_payroll_event(run, 'payroll.completed', payroll_totals(run));
  end if;
end
$$;

-- Unfinished runs, which afterMigrate__all_unfinished.sql joins. A run that waits for people has no limit; nor has one of which a payout is
-- unknown or with an operator.
create or replace view unfinished_payroll (kind, business_id, subject_id, since, due, runs) as
select 'payroll', r.id, r.id, r.requested_at,
       case
         when r.status <> 'awaiting-approval'
           and r.paused_by is null
           and not exists (select from payout p where p.run_id = r.id and p.status = 'unknown')
           and not exists (
             select
             from payout p
             join attention t on t.subject_id = p.id and t.status = 'open'
             where p.run_id = r.id)
           then r.requested_at + interval '1 day'
       end,
       array [concat_ws('/', 'payroll', r.cadence, r.period_start)]
from payroll_run r
where r.status not in ('completed', 'cancelled');
