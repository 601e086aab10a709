-- Earnings of vendors and their reversals. Callers are in the transaction of the delivery or the refund.

-- The commission of a gross amount; both are zero or more. This is the only place that rounds a commission: half up, to the minor unit, per
-- earning. PostgreSQL rounds half away from zero, which is the same for positive amounts.
create or replace function commission(gross_minor bigint, percent numeric) returns bigint
  language sql immutable parallel safe
as
$$
select round(gross_minor * percent / 100)::bigint
$$;

-- The gross amount of one session in minor units: the price divided by the sessions. The last sessions get the remainders, so that all
-- sessions add up to the price. A session that replaces a cancelled one has the same ordinal.
create or replace function session_gross(price_minor bigint, sessions int, ordinal int) returns bigint
  language sql immutable parallel safe
as
$$
select price_minor / sessions + (ordinal > sessions - price_minor % sessions)::int
$$;

-- Why the earning of a source is not due, null if it is: test data never is, and the rest only against money that was
-- received.
create or replace function earning_hold(of_kind text, of_source uuid) returns text
  language sql stable
as
$$
select case
         when c.test_data or b.test_data then 'test-data'
         when b.paid_at is null then 'unpaid'
         when p.id is not null and p.confirmed_at is null then 'unverified-payment'
       end
from booking b
join customer c on c.id = b.customer_id
left join payment p on p.booking_id = b.id
where of_kind = 'booking'
  and b.id = of_source
union all
select case when c.test_data then 'test-data' when p.confirmed_at is null then 'unverified-payment' end
from course_session s
join allocation a on a.id = s.allocation_id
join customer c on c.id = a.student_id
join purchase u on u.id = a.purchase_id
join payment p on p.id = u.payment_id
where of_kind = 'session'
  and s.id = of_source
$$;

-- The owner of the API key that asserted the payment of a source; null if nobody did.
create or replace function earning_payer(of_kind text, of_source uuid) returns text
  language sql stable
as
$$
select b.paid_by
from booking b
where of_kind = 'booking'
  and b.id = of_source
union all
select i.client
from course_session s
join allocation a on a.id = s.allocation_id
join intake i on i.business_id = a.purchase_id and i.kind = 'purchase'
where of_kind = 'session'
  and s.id = of_source
$$;

-- Sets the holds and the payers of sources again after their facts have changed. Settled earnings stay as they are.
create or replace function update_earning_holds(of_kind text, source_ids uuid[]) returns void
  language sql volatile
as
$$
update earning e
set held = h.held, paid_by = h.payer
from (select s.id, earning_hold(of_kind, s.id) as held, earning_payer(of_kind, s.id) as payer from unnest(source_ids) s (id)) h
where e.source_kind = of_kind
  and e.source_id = h.id
  and e.payout_id is null
  and (e.held, e.paid_by) is distinct from (h.held, h.payer)
$$;

-- Records the earning of a delivery, once.
create or replace function record_earning(
  vendor uuid, of_kind text, of_source uuid, gross bigint, in_currency text, delivered timestamptz, percent numeric, by text)
  returns void
  language sql volatile
as
$$
insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor, net_minor, currency,
                     earned_at, recorded_by, held, paid_by)
select vendor, of_kind, of_source, 'delivery', gross, percent, c.share, gross - c.share, in_currency, delivered, record_earning.by,
       earning_hold(of_kind, of_source), earning_payer(of_kind, of_source)
from (select commission(gross, percent) as share) c
on conflict on constraint earning_recorded_once do nothing
$$;

-- Reverses the earnings of fully refunded payments, of sessions and of bookings. A reversal has the date of its delivery: if that is not
-- settled, one freeze settles both, and otherwise the next freeze of the vendor deducts it. Its author requested the refund; a refund that the
-- provider reports on its own has none.
create or replace function reverse_earnings(payment_ids uuid[]) returns void
  language sql volatile
as
$$
insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor, net_minor, currency,
                     earned_at, held, recorded_by)
select e.vendor_id, e.source_kind, e.source_id, 'reversal', -e.gross_minor, e.commission_percent, -e.commission_minor, -e.net_minor,
       e.currency, e.earned_at, e.held,
       coalesce(
         (select q.requested_by
          from refund_request q
          where q.payment_id = p.id
            and q.status not in ('cancelled', 'failed')
          order by q.id desc
          limit 1),
         'mainstay')
from payment p
cross join lateral (
  select 'session' as source_kind, c.id as source_id
  from purchase u
  join allocation a on a.purchase_id = u.id
  join course_session c on c.allocation_id = a.id
  where u.payment_id = p.id
  union all
  select 'booking', p.booking_id) s
join earning e on e.source_kind = s.source_kind and e.source_id = s.source_id and e.kind = 'delivery'
where p.id = any (payment_ids)
  and p.refunded_minor > 0
  and p.refunded_minor = p.amount_minor
order by e.id
on conflict on constraint earning_recorded_once do nothing
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_earning (rule, subject_id, detail) as
select 'delivered-without-earning', d.source_id, d.source_kind || ' delivered ' || d.delivered_at || ', without a matching earning'
from (
  select 'booking' as source_kind, b.id as source_id, b.vendor_id, b.price_minor as gross_minor, b.currency, b.delivered_at
  from booking b
  where b.status = 'completed'
  union all
  select 'session', c.id, c.trainer_id,
         session_gross(v.amount_minor, a.sessions, c.ordinal), v.currency, c.delivered_at
  from course_session c
  join allocation a on a.id = c.allocation_id
  join invoice v on v.purchase_id = a.purchase_id
  where c.status = 'completed') d
where not exists (
  select
  from earning e
  where e.source_kind = d.source_kind
    and e.source_id = d.source_id
    and e.kind = 'delivery'
    and e.vendor_id = d.vendor_id
    and e.gross_minor = d.gross_minor
    and e.currency = d.currency
    and e.earned_at = d.delivered_at)
union all
select 'earning-without-delivery', e.id, 'earning of a ' || e.source_kind || ' that was not delivered'
from earning e
where not exists (select from booking b where e.source_kind = 'booking' and b.id = e.source_id and b.status = 'completed')
  and not exists (select from course_session c where e.source_kind = 'session' and c.id = e.source_id and c.status = 'completed')
union all
select 'earning-commission-mismatch', e.id, e.gross_minor || ' less ' || e.commission_minor || ', at ' || e.commission_percent || ' percent'
from earning e
where abs(e.commission_minor) <> commission(abs(e.gross_minor), e.commission_percent)
union all
select 'reversal-without-delivery', r.id, 'no matching delivery'
from earning r
where r.kind = 'reversal'
  and not exists (
    select
    from earning e
    where e.source_kind = r.source_kind
      and e.source_id = r.source_id
      and e.kind = 'delivery'
      and (e.vendor_id, e.gross_minor, e.commission_minor, e.currency) = (r.vendor_id, -r.gross_minor, -r.commission_minor, r.currency))
union all
select 'earning-of-refunded-payment', e.id, 'its payment is fully refunded and the earning is not reversed, or the other way round'
from earning e
join (
  select 'session' as source_kind, c.id as source_id, u.payment_id
  from course_session c
  join allocation a on a.id = c.allocation_id
  join purchase u on u.id = a.purchase_id
  union all
  select 'booking', p.booking_id, p.id
  from payment p
  where p.booking_id is not null) s
  on s.source_kind = e.source_kind and s.source_id = e.source_id
join payment p on p.id = s.payment_id
where e.kind = 'delivery'
  and (p.refunded_minor > 0 and p.refunded_minor = p.amount_minor) <> exists (
    select from earning r where r.source_kind = e.source_kind and r.source_id = e.source_id and r.kind = 'reversal')
union all
select 'earning-hold-mismatch', e.id, 'held as ' || coalesce(e.held, 'due') || ', but its facts say otherwise'
from earning e
where e.payout_id is null
  and e.held is distinct from earning_hold(e.source_kind, e.source_id);
