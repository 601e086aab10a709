-- Paying payouts: the pages of a run, the attempts at the provider, and their outcomes. Callers lock the run first, and then payouts in the
-- order of their ids before they read them. So two hosts that pay the same payout use the same attempt, which is one idempotency key for the
-- provider.

-- Plans the next pages of payouts that are not paid yet.
create or replace function plan_paying(of_run uuid, after_payout uuid, page_size int, pages int)
  returns table (up_to uuid, items int)
  language sql stable
as
$$
select b.up_to, b.items
from page_boundaries(
  array(
    select p.id
    from payout p
    where p.run_id = of_run
      and p.id > after_payout
      and p.status in ('frozen', 'paying', 'unknown')
    order by p.id
    limit page_size * pages), page_size) b
$$;

-- The payouts of a page that are not paid yet, in order.
create or replace function payouts_to_pay(of_run uuid, after_payout uuid, up_to_payout uuid) returns setof payout
  language sql stable
as
$$
select p.*
from payout p
where p.run_id = of_run
  and p.id > after_payout
  and p.id <= up_to_payout
  and p.status in ('frozen', 'paying', 'unknown')
order by p.id
$$;

-- Whether the provider may have forgotten the idempotency keys of payouts that were frozen at a time. It keeps them for at least 24 hours.
-- Then also a payout that was never taken is looked up: a restored backup may have lost its attempts.
create or replace function keys_may_be_forgotten(frozen_at timestamptz) returns boolean
  language sql stable
as
$$
select coalesce(frozen_at < now() - interval '23 hours', true)
$$;

-- Takes a payout immediately before the provider is asked for its transfer: from now on the provider may have received a request. The run's
-- row is locked, so a pause waits for this transaction, and after the pause no payout is taken. The caller has seen the payout with this
-- number of asks, and has looked for its transfer if there may be one. No row if the run does not pay, or another host has taken the payout
-- since. A payout with an unknown outcome keeps its attempt and destination, and is in doubt. A payout that was refused gets the next attempt
-- for its frozen account.
create or replace function claim_payout(
  of_payout uuid, seen_asks int, out attempt int, out destination text, out in_doubt boolean) returns setof record
  language plpgsql
as
$$
declare
  held payout;
  last payout_attempt;
begin
  perform
  from payroll_run r
  where r.id = (select p.run_id from payout p where p.id = of_payout)
    and r.status in ('paying', 'completed')
  for share;
  if not found then
    return;
  end if;
  select *
  into held
  from payout p
  where p.id = of_payout
    and p.status in ('frozen', 'paying', 'unknown')
    and p.asks = seen_asks
  for no key update;
  if held.id is null then
    return;
  end if;

  select * into last from payout_attempt a where a.payout_id = held.id order by a.attempt desc limit 1;
  in_doubt := coalesce(last.status = 'asked', false);
  if in_doubt then
    attempt := last.attempt;
    destination := last.destination;
  elsif last.status = 'released' then
    update payout_attempt a
    set status = 'asked', asked_at = now(), answered_at = null, answer = null
    where a.payout_id = held.id and a.attempt = last.attempt
    returning a.attempt, a.destination into claim_payout.attempt, claim_payout.destination;
  else
    attempt := coalesce(last.attempt, 0) + 1;
    destination := held.account;
    insert into payout_attempt (payout_id, attempt, destination)
    values (held.id, claim_payout.attempt, claim_payout.destination);
  end if;
  update payout p
  set asks = p.asks + 1, status = case p.status when 'frozen' then 'paying' else p.status end
  where p.id = held.id;
  return next;
end
$$;

-- Emits an event of payouts. A payout can fail more than once.
create or replace function emit_payout_events(event_type text, payouts payout[]) returns void
  language sql volatile
as
$$
select emit_events(event_type, array_agg(p.id), array_agg(r.correlation_id),
                   array_agg(jsonb_build_object('vendorId', p.vendor_id, 'runId', p.run_id, 'amountMinor', p.amount_minor, 'currency',
                                                p.currency)),
                   event_type = 'payout.failed')
from unnest(payouts) p
join payroll_run r on r.id = p.run_id
$$;

-- Records the outcomes of attempts. Accepted always counts. Other outcomes count only while the attempt is in doubt: refused is final for
-- the payout, withheld stops all payouts of the currency, void is a stored response of an attempt that did not happen, released means that
-- the provider was not called, and unknown needs a lookup. A release is unknown if another host has taken the payout meanwhile. A payout that
-- failed or is unknown continues in its own workflow.
create or replace function record_payouts(
  ids uuid[], attempts int[], asks int[], outcomes text[], answers text[], transfers text[]) returns void
  language plpgsql
as
$$
declare
  moved payout[];
begin
  perform
  from payout p
  where p.id = any (ids)
  order by p.id
  for no key update;

  with said as (
    select o.id, o.attempt, o.answer,
           case when o.outcome = 'released' and p.asks <> o.asks then 'unknown' else o.outcome end as outcome
    from unnest(ids, attempts, asks, outcomes, answers) o (id, attempt, asks, outcome, answer)
    join payout p on p.id = o.id),
  heard as (
    update payout_attempt a
      set status      = case o.outcome
                          when 'unknown' then a.status
                          when 'accepted' then 'accepted'
                          when 'released' then 'released'
                          else 'refused' end,
          answer      = o.answer,
          answered_at = now()
      from said o
      where a.payout_id = o.id
        and a.attempt = o.attempt
        and (a.status = 'asked' or (o.outcome = 'accepted' and a.status <> 'accepted'))
      returning a.payout_id, o.outcome, o.answer),
  updated as (
    update payout p
      set status               = case h.outcome
                                   when 'accepted' then 'paid'
                                   when 'refused' then 'failed'
                                   when 'unknown' then 'unknown'
                                   else 'frozen' end,
          reason               = case when h.outcome in ('refused', 'unknown') then h.answer end,
          provider_transfer_id = t.transfer,
          paid_at              = case when h.outcome = 'accepted' then now() end
      from heard h
      join unnest(ids, transfers) t (id, transfer) on t.id = h.payout_id
      where p.id = h.payout_id
        and case when h.outcome = 'accepted' then p.status in ('frozen', 'paying', 'unknown', 'failed')
                 else p.status in ('paying', 'unknown') end
      returning p.*)
  select array_agg(u::payout)
  into moved
  from updated u;

  perform emit_payout_events('payout.paid', array_agg(m) filter (where m.status = 'paid')),
          emit_payout_events('payout.failed', array_agg(m) filter (where m.status = 'failed'))
  from unnest(moved) m;

  perform enqueue_all('payout', 'payout', array_agg(m.id::text), array_agg(m.id),
                      array_agg(jsonb_build_object('cadence', r.cadence, 'periodStart', r.period_start, 'amountMinor', m.amount_minor,
                                                   'currency', m.currency)),
                      null, array_agg(r.correlation_id))
  from unnest(moved) m
  join payroll_run r on r.id = m.run_id
  where m.status in ('failed', 'unknown');
end
$$;

-- The state of a payout for its own workflow. It also marks the intake row as done, because the workflow has started.
create or replace function payout_state(of_payout uuid)
  returns table (status text, reason text)
  language sql volatile
as
$$
update intake i
set done_at = now()
where i.business_id = of_payout and i.kind = 'payout' and i.done_at is null;

select p.status, p.reason
from payout p
where p.id = of_payout
$$;

-- Cancels a payout and returns its earnings to the next run, of which the operator is an author. False if a transfer was accepted or may have
-- happened.
create or replace function cancel_payout(of_payout uuid, by text) returns boolean
  language plpgsql
as
$$
declare
  given_up payout;
begin
  update payout p
  set status = 'cancelled', reason = 'cancelled'
  where p.id = of_payout
    and p.status in ('frozen', 'failed')
  returning p.* into given_up;
  if given_up.id is null then
    return exists (select from payout p where p.id = of_payout and p.status = 'cancelled');
  end if;

  update earning e
  set payout_id = null, held = earning_hold(e.source_kind, e.source_id), returned_by = cancel_payout.by
  where e.payout_id = of_payout;
  perform emit_payout_events('payout.cancelled', array [given_up]);
  return true;
end
$$;

-- Unfinished payouts, which afterMigrate__all_unfinished.sql joins: refused and unknown ones, those that were to be tried again after their
-- run had ended, and those that were paid but have no receipt, which the invariant paid-without-receipt watches. A paused run pays nothing,
-- so its payouts have no limit.
create or replace view unfinished_payout (kind, business_id, subject_id, since, due, runs) as
select 'payout', p.id, p.id, a.since,
       case
         when p.status = 'paid' or r.status = 'paused' or r.paused_by is not null then null
         when p.status = 'unknown' then a.since + interval '5 hours'
         else a.since + interval '1 hour'
       end,
       array ['payout/' || p.id]
from (
  select *
  from payout o
  where o.status in ('failed', 'unknown')
  union all
  select o.*
  from payroll_run n
  join payout o on o.run_id = n.id and o.status in ('frozen', 'paying')
  where n.status = 'completed'
  union all
  select o.*
  from payout o
  join intake i on i.business_id = o.id and i.kind = 'payout'
  where o.status = 'paid'
    and o.paid_at > now() - interval '30 days'
    and not exists (select from receipt t where t.payout_id = o.id)
    and not exists (select from audit_event e where e.subject = 'payout/' || o.id and e.action = 'skip' and e.outcome = 'done')) p
join payroll_run r on r.id = p.run_id
cross join lateral (
  select coalesce(max(coalesce(t.answered_at, t.asked_at)), p.created_at) as since from payout_attempt t where t.payout_id = p.id) a;

select pin_plans('plan_paying', 'payouts_to_pay', 'claim_payout', 'record_payouts');
