-- Refunds. Reports of a provider are facts, stored whether or not the payment is known. Bookings follow from all facts together, so neither
-- their order nor repeats matter.

-- The refunded total of a payment, for each currency. Single refunds and the total of a charge describe the same money; a lost dispute is
-- additional money. The total of a charge includes refunds that are pending, that failed later, and that a run is requesting now: these are
-- not refunds. A refund that failed after it was booked stays booked until another one replaces it: its money is the returned part.
create or replace function refund_totals(of_provider text, of_payment text)
  returns table (currency char(3), amount_minor bigint, returned_minor bigint, failures bigint, recorded_at timestamptz)
  language sql stable
as
$$
select f.currency, (greatest(f.succeeded, f.total - f.not_refunded - q.in_doubt) + f.disputed + q.returned)::bigint, q.returned::bigint,
       f.failures, f.recorded_at
from (
  select f.currency,
         coalesce(sum(f.amount_minor) filter (where f.kind = 'refund' and f.status = 'succeeded'), 0) as succeeded,
         coalesce(sum(f.amount_minor) filter (where f.kind = 'refund' and f.status <> 'succeeded'), 0) as not_refunded,
         coalesce(max(f.amount_minor) filter (where f.kind = 'total'), 0)                             as total,
         coalesce(sum(f.amount_minor) filter (where f.kind = 'dispute'), 0)                           as disputed,
         sum(f.returned_minor)                                                                        as returned,
         count(*) filter (where f.status = 'failed')                                                  as failures,
         max(f.recorded_at)                                                                           as recorded_at
  from refund_fact f
  where f.provider = of_provider and f.provider_payment_id = of_payment
  group by f.currency) f
cross join lateral (
  select coalesce(sum(r.amount_minor) filter (where a.status = 'asked'), 0) as in_doubt,
         greatest(0, f.returned - coalesce(sum(r.replaces_minor), 0))        as returned
  from payment p
  join refund_request r on r.payment_id = p.id and r.status in ('pending', 'accepted')
  left join refund_attempt a on a.request_id = r.id and a.status = 'asked'
  where p.provider = of_provider and p.provider_payment_id = of_payment and p.currency = f.currency) q
$$;

-- Stores a fact. Returns whether it was new. The status of a refund never moves back.
create or replace function insert_refund_fact(
  of_provider text, of_payment text, of_kind text, fact_id text, minor_amount bigint, in_currency text, of_status text)
  returns boolean
  language plpgsql
as
$$
declare
  statuses constant text[] := array ['pending', 'succeeded', 'failed'];
begin
  insert into refund_fact as f (provider, provider_payment_id, kind, provider_id, amount_minor, currency, status)
  values (of_provider, of_payment, of_kind, fact_id, minor_amount, in_currency, of_status)
  on conflict on constraint refund_fact_recorded_once do update
    set amount_minor = excluded.amount_minor, status = excluded.status, recorded_at = excluded.recorded_at
    where f.kind = 'total' and f.amount_minor < excluded.amount_minor
       or f.kind = 'refund' and array_position(statuses, f.status) < array_position(statuses, excluded.status);
  return found;
end
$$;

-- Enqueues a refund if the facts of a payment leave something to book. Returns whether it enqueued one. An occasion makes the key unique if
-- the total may be one that was enqueued before.
create or replace function enqueue_refund(of_provider text, of_payment text, in_currency text, occasion text, correlation text)
  returns boolean
  language plpgsql
as
$$
declare
  due    record;
  since  text;
  before text;
  key    text;
begin
  -- The key of a refund contains its total. If a row with this key exists, its writer may have committed other facts just now: then the
  -- total has changed and the loop runs again. If the total is the same, nothing is left to do.
  loop
    select t.amount_minor as total, t.failures
    into due
    from refund_totals(of_provider, of_payment) t
    where t.currency = in_currency;
    exit when coalesce(due.total, 0) = 0;

    since := coalesce(occasion, case when due.failures > 0 then 'failed-' || due.failures end);
    before := key;
    key := concat_ws('/', of_provider, of_payment, concat_ws('-', due.total, since));
    exit when key = before;
    exit when exists (
      select
      from payment p
      where p.provider = of_provider
        and p.provider_payment_id = of_payment
        and p.refunded_minor >= least(due.total, p.amount_minor));

    if enqueue('refund', 'refund', key, new_id(),
               jsonb_build_object('provider', of_provider, 'providerPaymentId', of_payment, 'amountMinor', due.total, 'currency', in_currency)
                 || case when since is null then '{}' else jsonb_build_object('occasion', since) end,
               null, correlation) then
      return true;
    end if;
  end loop;
  return false;
end
$$;

-- Stores a fact from a provider, and enqueues a refund if something is left to book. Returns whether it enqueued one. A failed refund needs
-- a person, unless the run that requested it deals with it.
create or replace function record_refund_fact(
  of_provider text, of_payment text, of_kind text, fact_id text, minor_amount bigint, in_currency text, of_status text, of_request uuid,
  why text, correlation text)
  returns boolean
  language plpgsql
as
$$
declare
  held payment;
begin
  select * into held from payment p where p.provider = of_provider and p.provider_payment_id = of_payment for no key update;
  if not insert_refund_fact(of_provider, of_payment, of_kind, fact_id, minor_amount, in_currency, of_status) then
    return false;
  end if;
  if held.id is not null and of_status = 'failed' then
    perform fail_refund(held, fact_id, of_request, why);
  elsif held.id is not null then
    perform close_failed_refunds(held);
  end if;
  return enqueue_refund(of_provider, of_payment, in_currency, null, correlation);
end
$$;

-- Closes the items of failed refunds once all that was paid went back in another way. The caller has locked the payment.
create or replace function close_failed_refunds(of_payment payment) returns void
  language plpgsql
as
$$
begin
  update attention a
  set status = 'resolved', resolved_at = now(), resolution = 'refunded', resolved_by = 'refund',
      resolution_reason = 'the money went back by another refund'
  where a.status = 'open'
    and a.process = 'refund'
    and a.step = 'failed'
    and a.business_key in (
      select concat_ws('/', 'refund', f.provider, f.provider_payment_id, f.provider_id)
      from refund_fact f
      where f.provider = of_payment.provider
        and f.provider_payment_id = of_payment.provider_payment_id
        and f.kind = 'refund'
        and f.status = 'failed')
    and exists (
      select
      from refund_totals(of_payment.provider, of_payment.provider_payment_id) t
      where t.currency = of_payment.currency and t.amount_minor - t.returned_minor >= of_payment.amount_minor);
end
$$;

-- A refund failed, and the platform has its money. Opens an attention item, whose retry requests another refund and whose cancellation leaves
-- the money where it is. The caller has locked the payment.
create or replace function fail_refund(of_payment payment, refund_id text, of_request uuid, why text) returns void
  language plpgsql
as
$$
declare
  failed  refund_fact;
  request refund_request;
  subject uuid;
  item    constant text := concat_ws('/', 'refund', of_payment.provider, of_payment.provider_payment_id, refund_id);
  bought  constant uuid := (
    select r.purchase_id
    from purchase_request r
    where r.provider = of_payment.provider and r.provider_payment_id = of_payment.provider_payment_id);
begin
  -- First, because a request that failed replaces nothing.
  update refund_request r
  set status = 'failed'
  where r.payment_id = of_payment.id and r.provider_refund_id = refund_id and r.status = 'accepted'
  returning r.* into request;

  update refund_fact f
  set returned_minor = greatest(0, least(f.amount_minor, of_payment.refunded_minor - coalesce((
    select t.amount_minor
    from refund_totals(of_payment.provider, of_payment.provider_payment_id) t
    where t.currency = of_payment.currency), 0)))
  where f.provider = of_payment.provider
    and f.provider_payment_id = of_payment.provider_payment_id
    and f.kind = 'refund'
    and f.provider_id = refund_id
    and f.returned_minor = 0
  returning f.* into failed;

  -- The run of a request that is pending finds the refund, and of a cancelled one nobody wants the money back.
  if request.id is null and failed.returned_minor = 0 and exists (
    select
    from refund_request r
    where r.id = of_request and r.payment_id = of_payment.id and r.status in ('pending', 'cancelled')) then
    return;
  end if;

  subject := coalesce(of_payment.booking_id, bought, of_payment.id);
  insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions, amount_minor, currency)
  select 'refund', item, subject, 'failed', 'refund-failed', 'the provider accepted the refund, but it did not arrive: ' || why,
         'failed/refund-failed', 'requests another refund of the same amount from the provider',
         case when bought is null then array ['cancel'] else array ['retry', 'cancel'] end, failed.amount_minor, failed.currency
  where not exists (select from attention a where a.subject_id = subject and a.business_key = item and a.step = 'failed');
end
$$;

-- Books the difference between the facts and the booked refunds of these payments, and ends the purchases of fully refunded payments. The
-- caller has locked the payments.
create or replace function book_refunds(payment_ids uuid[], at timestamptz) returns void
  language plpgsql
as
$$
declare
  ended uuid[];
begin
  if not exists (
    select
    from payment p
    where p.id = any (payment_ids)
      and exists (
        select
        from refund_fact f
        where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id
        -- Evaluated payment by payment, whatever the table held when this was planned.
        offset 0)) then
    return;
  end if;

  with due as (
    select p.id, p.refunded_minor, p.currency, least(t.amount_minor, p.amount_minor) as total
    from payment p
    cross join lateral refund_totals(p.provider, p.provider_payment_id) t
    where p.id = any (payment_ids) and t.currency = p.currency),
  booked as (
    insert into transaction (payment_id, kind, amount_minor, currency, refunded_total_minor)
      select d.id, 'refund', d.total - d.refunded_minor, d.currency, d.total
      from due d
      where d.total > d.refunded_minor
      order by d.id
      returning payment_id, refunded_total_minor)
  update payment p
  set refunded_minor = b.refunded_total_minor
  from booked b
  where p.id = b.payment_id;

  -- Includes refunds that were booked before the invoice existed.
  insert into credit_note (invoice_id, transaction_id, amount_minor, currency)
  select v.id, t.id, t.amount_minor, t.currency
  from purchase u
  join invoice v on v.purchase_id = u.id
  join transaction t on t.payment_id = u.payment_id and t.kind = 'refund'
  where u.payment_id = any (payment_ids)
    and not exists (select from credit_note c where c.transaction_id = t.id)
  order by t.id;

  perform reverse_earnings(payment_ids);

  -- Purchases that ended in another way do not change.
  select array_agg(r.purchase_id order by r.purchase_id)
  into ended
  from payment p
  join purchase_request r on r.provider = p.provider and r.provider_payment_id = p.provider_payment_id
  left join purchase u on u.id = r.purchase_id
  where p.id = any (payment_ids)
    and p.refunded_minor > 0
    and p.refunded_minor = p.amount_minor
    and coalesce(u.status in ('pending', 'attention', 'active', 'completed'), true)
    and not exists (
      select
      from event e
      where e.subject_id = r.purchase_id and e.type in ('purchase.cancelled', 'purchase.refunded'));
  if ended is null then
    return;
  end if;

  perform lock_trainers(ended);
  perform end_purchases(ended, array ['pending', 'attention', 'active', 'completed'], 'refunded', book_refunds.at);

  update attention t
  set status = 'resolved', resolved_at = book_refunds.at, resolution = 'refunded', resolved_by = 'refund',
      resolution_reason = 'the payment is fully refunded'
  where t.subject_id = any (ended)
    and t.process = 'purchase'
    and t.status = 'open';

  perform emit_events('purchase.refunded', array_agg(r.purchase_id), array_agg(r.correlation_id),
                      array_agg(jsonb_build_object('paymentId', r.provider_payment_id, 'amountMinor', r.amount_minor, 'currency',
                                                   r.currency)))
  from purchase_requests_of(ended) r;
  perform stop_messages(ended);
  perform enqueue_notification('purchase.refunded', ended);
end
$$;

-- Step: books the facts of one payment. Returns the id of the purchase request, and whether the purchase may have its own workflow that
-- waits. No row if the payment is not recorded: the first step of the purchase then books the facts.
create or replace function apply_refund(of_provider text, of_payment text, at timestamptz)
  returns table (purchase_id uuid, is_ended boolean, runs_alone boolean)
  language plpgsql
as
$$
declare
  found_payment uuid;
begin
  -- The deleted row holds the key until the commit: it waits for a step that is recording the payment, and a later step sees the facts.
  insert into payment (provider, provider_payment_id, amount_minor, currency)
  values (of_provider, of_payment, 0, 'XXX')
  on conflict do nothing
  returning id into found_payment;
  if found_payment is not null then
    delete from payment p where p.id = found_payment;
    return;
  end if;

  select p.id
  into found_payment
  from payment p
  where p.provider = of_provider and p.provider_payment_id = of_payment
  for no key update;
  perform book_refunds(array [found_payment], apply_refund.at);

  return query
    select r.purchase_id,
           exists (select from event e where e.type = 'purchase.refunded' and e.subject_id = r.purchase_id),
           exists (select from intake i where i.business_id = r.purchase_id and i.kind = 'purchase-alone')
    from purchase_request r
    where r.provider = of_provider and r.provider_payment_id = of_payment;
end
$$;

-- The refunded total of each payment.
create or replace view refund_total as
select f.provider, f.provider_payment_id, t.currency::char(3), t.amount_minor, t.recorded_at, t.failures
from (select distinct f.provider, f.provider_payment_id from refund_fact f) f
cross join lateral refund_totals(f.provider, f.provider_payment_id) t;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_refund (rule, subject_id, detail) as
select 'refund-not-booked', p.id,
       t.amount_minor || ' of payment ' || p.provider_payment_id || ' refunded, but only ' || p.refunded_minor || ' booked'
from refund_total t
join payment p on p.provider = t.provider and p.provider_payment_id = t.provider_payment_id
where (t.currency <> p.currency or p.refunded_minor < least(t.amount_minor, p.amount_minor))
  and greatest(t.recorded_at, p.recorded_at) < now() - interval '5 minutes'
  and not exists (
    select
    from attention a
    where a.process = 'refund'
      and a.status = 'open'
      and starts_with(a.business_key, 'refund/' || p.provider || '/' || p.provider_payment_id || '/'))
union all
select 'refund-failed-unnoticed', p.id,
       f.returned_minor || ' of payment ' || p.provider_payment_id || ' is booked as refunded, but refund ' || f.provider_id || ' failed'
from refund_fact f
join payment p on p.provider = f.provider and p.provider_payment_id = f.provider_payment_id
where f.returned_minor > 0
  and not exists (
    select
    from attention a
    where a.process = 'refund'
      and a.business_key = concat_ws('/', 'refund', f.provider, f.provider_payment_id, f.provider_id))
union all
select 'refund-without-transactions', p.id, p.refunded_minor || ' refunded, but the transactions say ' || n.refunded
from payment p
cross join lateral (
  select coalesce(sum(t.amount_minor), 0) as refunded from transaction t where t.payment_id = p.id and t.kind = 'refund') n
where p.refunded_minor <> n.refunded
union all
select 'refund-without-credit-note', u.id, p.refunded_minor || ' refunded, but the credit notes say ' || n.credited
from purchase u
join payment p on p.id = u.payment_id
cross join lateral (
  select coalesce(sum(c.amount_minor), 0) as credited
  from invoice v
  join credit_note c on c.invoice_id = v.id
  where v.purchase_id = u.id) n
where p.refunded_minor <> n.credited
union all
select 'purchase-refunded-but-open', u.id, 'fully refunded, but still ' || u.status
from purchase u
join payment p on p.id = u.payment_id
where p.refunded_minor > 0
  and p.refunded_minor = p.amount_minor
  and u.status in ('pending', 'attention', 'active')
  and not exists (
    select
    from transaction t
    where t.payment_id = p.id and t.kind = 'refund' and t.at > now() - interval '5 minutes')
union all
select 'purchase-refunded-without-refund', u.id, 'refunded, but its payment is not fully refunded'
from purchase u
join payment p on p.id = u.payment_id
where u.status = 'refunded'
  and p.refunded_minor < p.amount_minor
union all
select 'session-of-refunded-purchase', c.id, 'still scheduled, but the payment is fully refunded'
from purchase u
join allocation a on a.purchase_id = u.id
join course_session c on c.allocation_id = a.id
where u.status = 'refunded'
  and c.status = 'scheduled'
  and c.starts_at > coalesce(a.ended_at, now());

-- Unfinished refunds, which afterMigrate__all_unfinished.sql joins: requests that the provider has neither accepted nor refused for good,
-- accepted ones that have not arrived, and refunds that are not booked, which the invariant refund-not-booked watches. Any run of a payment
-- books all of its refunds.
create or replace view unfinished_refund (kind, business_id, subject_id, since, due, runs) as
select 'refund', q.id, q.purchase_id, q.requested_at,
       q.requested_at + case q.status when 'pending' then interval '1 hour' else interval '32 days' end,
       array [concat_ws('/', 'refund', p.provider, p.provider_payment_id, q.id)]
from refund_request q
join payment p on p.id = q.payment_id
where q.status = 'pending'
   or q.status = 'accepted' and exists (
     select
     from refund_fact f
     where f.provider = p.provider
       and f.provider_payment_id = p.provider_payment_id
       and f.kind = 'refund'
       and f.provider_id = q.provider_refund_id
       and f.status = 'pending')
union all
select 'refund', i.business_id, coalesce((i.body ->> 'purchaseId')::uuid, i.business_id), t.recorded_at, null,
       array ['refund/' || i.key]
from refund_total t
join payment p on p.provider = t.provider and p.provider_payment_id = t.provider_payment_id and p.currency = t.currency
cross join lateral (
  select *
  from intake w
  where w.source = 'refund'
    and w.key in (
      select concat_ws('/', p.provider, p.provider_payment_id, k.run)
      from (
        select t.amount_minor::text
        union all
        select t.amount_minor || '-failed-' || n from generate_series(1, t.failures) n
        union all
        select r.run
        from refund_request q
        cross join lateral (
          select q.id::text
          where q.status = 'accepted'
          union all
          select t.amount_minor || '-' || q.id
          union all
          select concat_ws('-', t.amount_minor, q.id, a.attempt) from refund_attempt a where a.request_id = q.id) r (run)
        where q.payment_id = p.id) k (run))
  order by w.id desc
  limit 1) i
where p.refunded_minor < least(t.amount_minor, p.amount_minor);

select pin_plans('record_refund_fact', 'apply_refund');
