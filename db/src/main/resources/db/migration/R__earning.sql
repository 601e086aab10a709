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

-- Records the earning of a delivery, once.
create or replace function record_earning(
  vendor uuid, of_kind text, of_source uuid, gross bigint, in_currency text, delivered timestamptz, percent numeric, by text)
  returns void
  language sql volatile
as
$$
insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor, net_minor, currency,
                     earned_at, recorded_by)
select vendor, of_kind, of_source, 'delivery', gross, percent, c.share, gross - c.share, in_currency, delivered, record_earning.by
from (select commission(gross, percent) as share) c
on conflict on constraint earning_recorded_once do nothing
$$;

-- Reverses the earnings of the sessions of fully refunded payments, whether or not they are paid out.
create or replace function reverse_earnings(payment_ids uuid[], refunded timestamptz) returns void
  language sql volatile
as
$$
insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor, net_minor, currency,
                     earned_at)
select e.vendor_id, e.source_kind, e.source_id, 'reversal', -e.gross_minor, e.commission_percent, -e.commission_minor, -e.net_minor,
       e.currency, refunded
from payment p
join purchase u on u.payment_id = p.id
join allocation a on a.purchase_id = u.id
join course_session c on c.allocation_id = a.id
join earning e on e.source_kind = 'session' and e.source_id = c.id and e.kind = 'delivery'
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
select 'earning-of-refunded-purchase', e.id, 'its payment is fully refunded and the earning is not reversed, or the other way round'
from earning e
join course_session c on c.id = e.source_id
join allocation a on a.id = c.allocation_id
join purchase u on u.id = a.purchase_id
join payment p on p.id = u.payment_id
where e.source_kind = 'session'
  and e.kind = 'delivery'
  and (p.refunded_minor > 0 and p.refunded_minor = p.amount_minor) <> exists (
    select from earning r where r.source_kind = 'session' and r.source_id = e.source_id and r.kind = 'reversal');
