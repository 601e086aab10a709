-- Receipts: the earnings of payouts.

-- The earnings of each payout, for display.
create or replace view payout_earning as
select e.payout_id, e.id as earning_id, e.source_kind, e.source_id, e.kind, coalesce(b.service, k.title) as what, c.ordinal::int,
       e.earned_at, e.gross_minor, e.commission_percent, e.commission_minor, e.net_minor
from earning e
left join booking b on e.source_kind = 'booking' and b.id = e.source_id
left join course_session c on e.source_kind = 'session' and c.id = e.source_id
left join allocation a on a.id = c.allocation_id
left join course k on k.id = a.course_id
where e.payout_id is not null;

-- The next paid payouts without a receipt, of a run or one payout, each with a new number. Two concurrent callers get different numbers,
-- and only one receipt is written.
create or replace function receipts_due(of_run uuid, one uuid, above uuid, up_to uuid, most int)
  returns table
          (
            payout_id        uuid,
            number           bigint,
            issued_at        timestamptz,
            vendor_name      text,
            locale           text,
            zone             text,
            period_start     date,
            period_end       date,
            currency         text,
            gross_minor      bigint,
            commission_minor bigint,
            amount_minor     bigint,
            paid_at          timestamptz,
            transfer_id      text
          )
  language sql volatile
as
$$
select d.id, nextval('receipt_number'), now(), v.name, v.locale, v.zone, d.period_start, r.period_end, d.currency, d.gross_minor,
       d.commission_minor, d.amount_minor, d.paid_at, d.provider_transfer_id
from (
  select p.*
  from payout p
  where (p.id = one or one is null and p.run_id = of_run and p.id > above and p.id <= up_to)
    and p.status = 'paid'
    and not exists (select from receipt t where t.payout_id = p.id)
  order by p.id
  limit most) d
join payroll_run r on r.id = d.run_id
join vendor v on v.id = d.vendor_id
order by d.id
$$;
