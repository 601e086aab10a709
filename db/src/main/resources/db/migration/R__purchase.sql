-- The steps of a purchase. Each is one call for a list of purchases in the step's transaction, and can run again. A step returns a row with
-- a reason for each purchase that it cannot process; an exception means an outage. All steps lock in the same order, to avoid deadlocks:
-- payments by id, trainers by id, other rows. A statement that starts after a lock was acquired sees what the previous holder committed, so
-- what a step reads stays true.

-- The requests of purchases, by id. The kind is a variable, because a plan for any kind cannot use the indexes of requests by payment and
-- by student. Planned on an empty intake, these seem as cheap as the right index, and are then read completely for each row (decision 004).
create or replace function purchase_requests_of(purchase_ids uuid[])
  returns table (purchase_id uuid, provider text, provider_payment_id text, student_id uuid, course_id uuid, amount_minor bigint,
                 currency char(3), preferred_time time, zone text, correlation_id text, confirmed boolean)
  language plpgsql stable rows 50
as
$$
declare
  purchases constant text := 'purchase';
begin
  return query
    select i.business_id, i.body ->> 'provider', i.body ->> 'providerPaymentId', (i.body ->> 'studentId')::uuid,
           (i.body ->> 'courseId')::uuid, (i.body ->> 'amountMinor')::bigint, (i.body ->> 'currency')::char(3),
           (i.body ->> 'preferredTime')::time, i.body ->> 'zone', i.correlation_id,
           (i.body ->> 'unconfirmed')::boolean is not true
    from intake i
    where i.business_id = any (purchase_ids) and i.kind = purchases;
end
$$;

-- Records the payments and their charges, whatever happens to the purchases. A payment's row is inserted by its first step or refund.
create or replace function record_payments(purchase_ids uuid[]) returns void
  language plpgsql
as
$$
begin
  insert into payment (provider, provider_payment_id, amount_minor, currency, confirmed_at)
  select r.provider, r.provider_payment_id, r.amount_minor, r.currency, case when r.confirmed then now() end
  from purchase_requests_of(purchase_ids) r
  order by r.provider, r.provider_payment_id
  on conflict do nothing;

  insert into transaction (payment_id, kind, amount_minor, currency)
  select p.id, 'charge', p.amount_minor, p.currency
  from purchase_requests_of(purchase_ids) r
  cross join lateral (
    select y.id, y.amount_minor, y.currency, y.same_as
    from payment y
    where y.provider = r.provider and y.provider_payment_id = r.provider_payment_id
    -- By its key, whatever the table held when this was planned.
    offset 0) p
  where p.same_as is null
  order by p.id
  on conflict do nothing;
end
$$;

create or replace function lock_payments(purchase_ids uuid[]) returns void
  language plpgsql
as
$$
begin
  perform p.id
  from purchase_requests_of(purchase_ids) r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  order by p.id
  for no key update of p;
end
$$;

-- Locks the trainers of the purchases.
create or replace function lock_trainers(purchase_ids uuid[]) returns void
  language plpgsql
as
$$
begin
  perform t.vendor_id
  from trainer t
  where t.vendor_id in (
    select a.trainer_id from allocation a where a.purchase_id = any (purchase_ids) and a.status <> 'ended')
  order by t.vendor_id
  for no key update;
end
$$;

-- Step 1: writes payment, purchase, invoice and transaction, and emits purchase.created.
create or replace function create_purchases(purchase_ids uuid[], at timestamptz default now())
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
begin
  perform record_payments(purchase_ids);
  perform lock_payments(purchase_ids);

  -- Of two payments for one course, the one that was received first becomes the purchase. A request that was cancelled before creates no
  -- purchase.
  insert into purchase (id, student_id, course_id, payment_id, status, preferred_time, zone, sessions, session_minutes)
  select r.purchase_id, r.student_id, r.course_id, p.id, 'pending',
         coalesce(r.preferred_time, s.preferred_time, time '10:00'), coalesce(r.zone, s.zone), c.sessions, c.session_minutes
  from purchase_requests_of(purchase_ids) r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  join customer s on s.id = r.student_id and s.erased_at is null
  join course c on c.id = r.course_id
  -- A booking's payment, and one that was taken in by another id, pay for nothing else.
  where p.booking_id is null
    and p.same_as is null
    and not exists (
    select
    -- Only by subject, because a subject has few events.
    from (select e.type from event e where e.subject_id = r.purchase_id offset 0) e
    where e.type in ('purchase.cancelled', 'purchase.refunded'))
  order by r.student_id, r.course_id, r.purchase_id
  on conflict do nothing;

  insert into invoice (purchase_id, amount_minor, currency)
  select u.id, p.amount_minor, p.currency
  from purchase u
  join payment p on p.id = u.payment_id
  where u.id = any (purchase_ids)
    -- A conflict would use up a number.
    and not exists (select from invoice v where v.purchase_id = u.id)
  order by u.id;

  perform emit_events('purchase.created', array_agg(u.id), array_agg(r.correlation_id),
                      array_agg(jsonb_build_object('studentId', u.student_id, 'courseId', u.course_id, 'paymentId', r.provider_payment_id)))
  from purchase_requests_of(purchase_ids) r
  join purchase u on u.id = r.purchase_id;

  -- A refund that came before its payment ends the purchase here.
  perform book_refunds(
    array(
      select p.id
      from purchase_requests_of(purchase_ids) r
      join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id),
    create_purchases.at);

  return query
    select r.purchase_id,
           case
             when exists (
               select
               from (select e.type from event e where e.subject_id = r.purchase_id offset 0) e
               where e.type in ('purchase.cancelled', 'purchase.refunded')) then 'ended'
             when not exists (select from customer s where s.id = r.student_id and s.erased_at is null) then 'unknown-student'
             when not exists (select from course c where c.id = r.course_id) then 'unknown-course'
             else 'duplicate-payment'
           end
    from purchase_requests_of(purchase_ids) r
    where not exists (select from purchase u where u.id = r.purchase_id);
end
$$;

-- Ends purchases that are in one of the given statuses: cancels future sessions, ends the allocation and frees the trainer's place. The
-- caller has locked payments and trainers.
create or replace function end_purchases(purchase_ids uuid[], from_statuses text[], to_status text, at timestamptz) returns void
  language plpgsql
as
$$
begin
  update purchase u
  set status = to_status, waiting_for_trainer_since = null
  where u.id = any (purchase_ids)
    and u.status = any (from_statuses);

  update course_session c
  set status = 'cancelled'
  from allocation a
  where a.purchase_id = any (purchase_ids)
    and a.status <> 'ended'
    and c.allocation_id = a.id
    and c.status = 'scheduled'
    and c.starts_at > end_purchases.at;

  with freed as (
    update allocation a
      set status = 'ended', ended_at = end_purchases.at
      where a.purchase_id = any (purchase_ids) and a.status <> 'ended'
      returning a.trainer_id)
  update trainer t
  set load = t.load - n.places
  from (select f.trainer_id, count(*) as places from freed f group by f.trainer_id) n
  where t.vendor_id = n.trainer_id;
  perform enqueue_trainer_free(array(
    select a.trainer_id from allocation a where a.purchase_id = any (purchase_ids) and a.ended_at = end_purchases.at));
end
$$;

-- Cancels purchases in any step, also before the first one. A purchase that has ended does not change.
create or replace function cancel_purchases(purchase_ids uuid[], at timestamptz) returns void
  language plpgsql
as
$$
begin
  perform record_payments(purchase_ids);
  perform lock_payments(purchase_ids);
  perform lock_trainers(purchase_ids);
  perform end_purchases(purchase_ids, array ['pending', 'attention', 'active'], 'cancelled', cancel_purchases.at);

  -- Also if no purchase was created, so that the request is known to have ended.
  perform emit_events('purchase.cancelled', array_agg(r.purchase_id), array_agg(r.correlation_id))
  from purchase_requests_of(purchase_ids) r
  left join purchase u on u.id = r.purchase_id
  where (u.id is null or u.status = 'cancelled')
    and not exists (select from event e where e.type = 'purchase.refunded' and e.subject_id = r.purchase_id);
  perform stop_messages(purchase_ids);
  perform enqueue_notification('purchase.cancelled', purchase_ids);
end
$$;

-- Splits purchases off their batch: each gets an intake row of its own, with the original request. With in_place it keeps its place in the
-- order of rows. Otherwise it waits behind newer rows, because many single workflows would slow down a flood.
create or replace function split_off_purchases(purchase_ids uuid[], in_place boolean) returns void
  language plpgsql
as
$$
declare
  purchases constant text := 'purchase';
begin
  perform enqueue_all('purchase-alone', 'split-off', array_agg(i.business_id::text), array_agg(i.business_id), array_agg(i.body),
                      array_agg(i.client), array_agg(i.correlation_id), array_agg(case when in_place then monotonic_id(i.id) end))
  from intake i
  where i.business_id = any (purchase_ids) and i.kind = purchases;
end
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_purchase (rule, subject_id, detail) as
select 'request-without-payment', r.purchase_id, 'processed or given up, but payment ' || r.provider_payment_id || ' was never recorded'
from purchase_request r
where not exists (
  select from payment p where p.provider = r.provider and p.provider_payment_id = r.provider_payment_id)
  and not exists (
    select
    from intake i
    where i.business_id = r.purchase_id
      and case
            when i.done_at is null
              then i.claims < max_claims() or i.leased_until between now() - interval '5 minutes' and now() + interval '1 hour'
            else i.done_at > now() - interval '5 minutes'
          end)
  and not exists (select from attention t where t.subject_id = r.purchase_id and t.status = 'open')
union all
select 'payment-without-purchase', p.id, 'payment ' || p.provider_payment_id || ' has no purchase and no attention item'
from payment p
where p.recorded_at < now() - interval '5 minutes'
  and p.booking_id is null
  and p.same_as is null
  and not exists (select from purchase u where u.payment_id = p.id)
  and not exists (
    select
    from purchase_request r
    where r.provider = p.provider
      and r.provider_payment_id = p.provider_payment_id
      and (exists (select from attention t where t.subject_id = r.purchase_id)
        or exists (
          select
          from event e
          where e.subject_id = r.purchase_id and e.type in ('purchase.cancelled', 'purchase.refunded'))))
union all
select 'payment-pays-twice', u.id,
       'payment ' || p.provider_payment_id || ' also pays for '
         || coalesce('booking ' || p.booking_id, 'what payment ' || p.same_as || ' does')
from purchase u
join payment p on p.id = u.payment_id
where p.booking_id is not null
   or p.same_as is not null
union all
select 'payment-without-charge', p.id, 'payment ' || p.provider_payment_id || ' has no charge of its amount'
from payment p
where p.same_as is null
  and not exists (
  select
  from transaction t
  where t.payment_id = p.id and t.kind = 'charge' and t.amount_minor = p.amount_minor and t.currency = p.currency)
union all
select 'purchase-without-invoice', u.id, 'no invoice over the payment''s amount'
from purchase u
join payment p on p.id = u.payment_id
where not exists (
  select from invoice i where i.purchase_id = u.id and i.amount_minor = p.amount_minor and i.currency = p.currency)
union all
select 'purchase-attention-without-item', u.id, 'in attention without an open attention item'
from purchase u
where u.status = 'attention'
  and not exists (select from attention t where t.subject_id = u.id and t.status = 'open')
union all
select 'purchase-cancelled-but-open', u.id, 'cancelled, but still ' || u.status
from purchase u
where u.status in ('pending', 'attention', 'active')
  and exists (select from event e where e.type = 'purchase.cancelled' and e.subject_id = u.id);

-- Unfinished purchases, which afterMigrate__all_unfinished.sql joins: those that are pending, in attention or not confirmed by the admin
-- service, and requests that were split off before a purchase existed. Other invariants watch purchases without a trainer or in attention.
create or replace view unfinished_purchase (kind, business_id, subject_id, since, due, runs) as
select coalesce(a.kind, i.kind), u.id, u.id, u.created_at,
       case
         when u.status = 'pending'
           then (select max(l.allocated_at) + interval '1 hour' from allocation l where l.purchase_id = u.id and l.status <> 'ended')
       end,
       array ['purchase/' || (i.body ->> 'provider') || '/' || (i.body ->> 'providerPaymentId'), 'purchase-batch/' || i.claim_id]
from (
  select p.*
  from purchase p
  where p.status in ('pending', 'attention')
  union all
  select p.*
  from allocation l
  join purchase p on p.id = l.purchase_id and p.status = 'active'
  where l.status = 'approved') u
join intake i on i.business_id = u.id and i.kind = 'purchase'
left join intake a on a.business_id = u.id and a.kind = 'purchase-alone'
union all
select a.kind, a.business_id, a.business_id, a.received_at, a.received_at + interval '1 hour',
       array ['purchase/' || (a.body ->> 'provider') || '/' || (a.body ->> 'providerPaymentId')]
from intake a
where a.kind = 'purchase-alone'
  and not exists (select from purchase u where u.id = a.business_id)
  and not exists (select from event e where e.subject_id = a.business_id and e.type in ('purchase.cancelled', 'purchase.refunded'));

select pin_plans('purchase_requests_of', 'create_purchases', 'cancel_purchases', 'split_off_purchases');
