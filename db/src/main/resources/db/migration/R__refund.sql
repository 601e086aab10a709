-- Refunds. Reports of a provider are facts, stored whether or not the payment is known. Bookings follow from all facts together, so neither
-- their order nor repeats matter.

-- Stores a fact. Returns whether it was new.
create or replace function insert_refund_fact(
  of_provider text, of_payment text, of_kind text, fact_id text, minor_amount bigint, in_currency text)
  returns boolean
  language plpgsql
as
$$
begin
  insert into refund_fact as f (provider, provider_payment_id, kind, provider_id, amount_minor, currency)
  values (of_provider, of_payment, of_kind, fact_id, minor_amount, in_currency)
  on conflict on constraint refund_fact_recorded_once do update
    set amount_minor = excluded.amount_minor, recorded_at = excluded.recorded_at
    where f.kind = 'total' and f.amount_minor < excluded.amount_minor;
  return found;
end
$$;

-- Stores a fact from a provider, and enqueues a refund if something is left to book. Returns whether it enqueued one.
create or replace function record_refund_fact(
  of_provider text, of_payment text, of_kind text, fact_id text, minor_amount bigint, in_currency text, correlation text)
  returns boolean
  language plpgsql
as
$$
declare
  total  bigint;
  before bigint;
begin
  if not insert_refund_fact(of_provider, of_payment, of_kind, fact_id, minor_amount, in_currency) then
    return false;
  end if;

  -- The key of a refund contains its total. If a row with this key exists, its writer may have committed other facts just now: then the
  -- total has changed and the loop runs again. If the total is the same, nothing is left to do.
  loop
    before := total;
    select t.amount_minor
    into total
    from refund_total t
    where t.provider = of_provider and t.provider_payment_id = of_payment and t.currency = in_currency;
    exit when total = before;
    exit when exists (
      select
      from payment p
      where p.provider = of_provider
        and p.provider_payment_id = of_payment
        and p.refunded_minor >= least(total, p.amount_minor));

    if enqueue('refund', 'refund', concat_ws('/', of_provider, of_payment, total), new_id(),
               jsonb_build_object('provider', of_provider, 'providerPaymentId', of_payment, 'amountMinor', total, 'currency', in_currency),
               null, correlation) then
      return true;
    end if;
  end loop;
  return false;
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
    join refund_total t
      on t.provider = p.provider and t.provider_payment_id = p.provider_payment_id and t.currency = p.currency
    where p.id = any (payment_ids)),
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

-- The amount of a purchase's payment that can still be refunded: without booked refunds, and without open requests that are not facts yet.
-- It records and locks the payment.
create or replace function lock_refundable(of_purchase uuid)
  returns table (payment_id uuid, provider text, provider_payment_id text, refundable_minor bigint, currency char(3))
  language plpgsql
as
$$
begin
  perform record_payments(array [of_purchase]);
  perform lock_payments(array [of_purchase]);
  return query
    select p.id, p.provider, p.provider_payment_id,
           greatest(0, p.amount_minor - greatest(p.refunded_minor, coalesce(t.amount_minor, 0)) - q.open_minor)::bigint, p.currency
    from purchase_requests_of(array [of_purchase]) r
    join payment p
      on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
      -- The money of a payment for something else is not the purchase's to return.
      and p.booking_id is null
      and p.same_as is null
    left join refund_total t
      on t.provider = p.provider and t.provider_payment_id = p.provider_payment_id and t.currency = p.currency
    cross join lateral (
      select coalesce(sum(o.amount_minor), 0) as open_minor
      from refund_request o
      where o.payment_id = p.id
        and o.status <> 'cancelled'
        and not exists (
          select
          from refund_fact f
          where f.provider = p.provider
            and f.provider_payment_id = p.provider_payment_id
            and f.kind = 'refund'
            and f.provider_id = o.provider_refund_id)) q;
end
$$;

-- Writes a refund request and enqueues it. Without an amount it requests everything that is left. Returns the id of the request, or null if
-- nothing is left or the amount is too large; then it writes nothing. Without a correlation id it uses the purchase's.
create or replace function request_refund(
  of_purchase uuid, minor_amount bigint, requester text, given_reason text, by_client text, correlation text)
  returns uuid
  language plpgsql
as
$$
declare
  left_over record;
  request   uuid;
begin
  select * into left_over from lock_refundable(of_purchase);
  if left_over.refundable_minor is null
     or left_over.refundable_minor = 0
     or coalesce(minor_amount, 1) not between 1 and left_over.refundable_minor then
    return null;
  end if;

  insert into refund_request (purchase_id, payment_id, amount_minor, currency, requested_by, reason)
  values (of_purchase, left_over.payment_id, coalesce(minor_amount, left_over.refundable_minor), left_over.currency, requester,
          given_reason)
  returning id into request;

  perform enqueue('refund', 'refund', concat_ws('/', left_over.provider, left_over.provider_payment_id, request), request,
                  jsonb_build_object('provider', left_over.provider, 'providerPaymentId', left_over.provider_payment_id,
                                     'purchaseId', of_purchase, 'requestId', request,
                                     'amountMinor', coalesce(minor_amount, left_over.refundable_minor), 'currency', left_over.currency),
                  by_client, coalesce(correlation, (select r.correlation_id from purchase_requests_of(array [of_purchase]) r)));
  return request;
end
$$;

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

-- Unfinished refunds, which afterMigrate__all_unfinished.sql joins: requests that the provider has neither accepted nor refused for good, and
-- refunds that are not booked, which the invariant refund-not-booked watches.
create or replace view unfinished_refund (kind, business_id, subject_id, since, due, runs) as
select 'refund', q.id, q.purchase_id, q.requested_at, q.requested_at + interval '1 hour',
       array [concat_ws('/', 'refund', p.provider, p.provider_payment_id, q.id)]
from refund_request q
join payment p on p.id = q.payment_id
where q.status not in ('accepted', 'cancelled')
union all
select 'refund', i.business_id, coalesce((i.body ->> 'purchaseId')::uuid, i.business_id), t.recorded_at, null,
       array ['refund/' || i.key]
from refund_total t
join payment p on p.provider = t.provider and p.provider_payment_id = t.provider_payment_id and p.currency = t.currency
cross join lateral (
  select *
  from intake w
  where w.source = 'refund'
    and (w.key = concat_ws('/', p.provider, p.provider_payment_id, t.amount_minor)
      or w.key in (
        select concat_ws('/', p.provider, p.provider_payment_id, q.id)
        from refund_request q
        where q.payment_id = p.id and q.status = 'accepted'))
  order by w.id desc
  limit 1) i
where p.refunded_minor < least(t.amount_minor, p.amount_minor);

select pin_plans('record_refund_fact', 'apply_refund', 'request_refund');
