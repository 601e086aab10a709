-- Paying payouts: the pages of a run, the attempts at the provider, and their outcomes. Callers lock payouts in the order of their ids
-- before they read them. So two hosts that pay the same page use the same attempt, which is one idempotency key for the provider.

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
create or replace function payouts_to_pay(of_run uuid, after_payout uuid, up_to_payout uuid) returns setof uuid
  language sql stable
as
$$
select p.id
from payout p
where p.run_id = of_run
  and p.id > after_payout
  and p.id <= up_to_payout
  and p.status in ('frozen', 'paying', 'unknown')
order by p.id
$$;

-- Claims payouts before they are paid, each for its frozen account: from now on the provider may have received a request. A payout with an
-- unknown outcome keeps its attempt and destination, and is in doubt. A payout that was refused gets the next attempt.
create or replace function claim_payouts(ids uuid[])
  returns table (payout_id uuid, attempt int, destination text, amount_minor bigint, currency text, in_doubt boolean)
  language plpgsql
as
$$
#variable_conflict use_column
begin
  -- A separate statement, so that the next one sees the changes of the previous lock holder.
  perform
  from payout p
  where p.id = any (ids)
  order by p.id
  for no key update;

  return query
    with due as (
      select p.id, p.status, p.amount_minor, p.currency, p.account, a.attempt, a.status as attempt_status, a.destination
      from payout p
      left join lateral (
        select t.*
        from payout_attempt t
        where t.payout_id = p.id
        order by t.attempt desc
        limit 1) a on true
      where p.id = any (ids)
        and p.status in ('frozen', 'paying', 'unknown')),
    again as (
      update payout_attempt t
        set status = 'asked', asked_at = now(), answered_at = null, answer = null
        from due d
        where d.attempt_status = 'released' and t.payout_id = d.id and t.attempt = d.attempt),
    asked as (
      insert into payout_attempt (payout_id, attempt, destination)
        select d.id, coalesce(d.attempt, 0) + 1, d.account
        from due d
        where coalesce(d.attempt_status, 'refused') = 'refused'
        order by d.id),
    paying as (
      update payout p
        set status = 'paying'
        from due d
        where p.id = d.id and d.status = 'frozen')
    select d.id, coalesce(d.attempt, 0) + coalesce(d.attempt_status = 'refused', true)::int,
           case when coalesce(d.attempt_status, 'refused') = 'refused' then d.account else d.destination end,
           d.amount_minor, d.currency::text, d.attempt_status is not distinct from 'asked'
    from due d
    order by d.id;
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
-- the provider was not called, and unknown needs a lookup. A payout that failed or is unknown continues in its own workflow.
create or replace function record_payouts(ids uuid[], attempts int[], outcomes text[], answers text[], transfers text[])
  returns void
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

  with heard as (
    update payout_attempt a
      set status      = case o.outcome
                          when 'unknown' then a.status
                          when 'accepted' then 'accepted'
                          when 'released' then 'released'
                          else 'refused' end,
          answer      = o.answer,
          answered_at = now()
      from unnest(ids, attempts, outcomes, answers) o (id, attempt, outcome, answer)
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

-- Cancels a payout and returns its earnings to the next run. False if a transfer was accepted or may have happened.
create or replace function cancel_payout(of_payout uuid) returns boolean
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
  set payout_id = null, held = earning_hold(e.source_kind, e.source_id)
  where e.payout_id = of_payout;
  perform emit_payout_events('payout.cancelled', array [given_up]);
  return true;
end
$$;

select pin_plans('plan_paying', 'payouts_to_pay', 'claim_payouts', 'record_payouts');
