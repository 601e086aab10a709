-- Earnings: what each delivery adds to a vendor's account, and what a refund takes back. Called inside the transaction of either.

-- The platform's share of a gross amount, neither of them below zero. The one place where a commission is rounded: half up, to the
-- minor unit, per earning. PostgreSQL rounds half away from zero, which is the same above zero.
create or replace function commission(gross_minor bigint, percent numeric) returns bigint
  language sql immutable parallel safe
as
$$
select round(gross_minor * percent / 100)::bigint
$$;

-- What one session earns in minor units: the price divided by the sessions, remainders to the last ones, so that all of them add
-- up to the price. A session that is made up for a cancelled one has its ordinal.
create or replace function session_gross(price_minor bigint, sessions int, ordinal int) returns bigint
  language sql immutable parallel safe
as
$$
select price_minor / sessions + (ordinal > sessions - price_minor % sessions)::int
$$;

-- What was delivered earns, once; told by somebody.
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
on conflict on constraint earning_arises_once do nothing
$$;

-- Payments went back in full: what the sessions that they paid for have earned is taken back, paid out or not.
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
on conflict on constraint earning_arises_once do nothing
$$;
