-- Payroll as it is looked at, page by page.

-- A page of a period's preview: so many vendors above one, each with all its currencies, and the last of them where more follow. The first
-- page has the hash and the totals of all of it, which cost as much as all pages together.
drop function if exists read_preview(text, date, text, numeric, uuid, text, int);

create or replace function read_preview(of_cadence text, of_period date, in_zone text, percent numeric, after_vendor uuid, most int)
  returns table (hash text, totals jsonb, items jsonb, next uuid)
  language plpgsql stable
as
$$
declare
  first  constant uuid        := '00000000-0000-0000-0000-000000000000';
  before constant timestamptz := (select p.ends_at from payroll_period(of_cadence, of_period, in_zone) p);
  last   constant date        := (payroll_run_before(of_cadence, of_period)).period_start;
  above  constant uuid        := coalesce(after_vendor, first);
  ids    constant uuid[]      := array(
    (select v.id
     from vendor v
     where v.cadence = of_cadence
       and v.id > above
       and exists (select from earning e where e.vendor_id = v.id and e.payout_id is null and e.earned_at < before)
     order by v.id
     limit most + 1)
    union
    (select p.vendor_id
     from payout p
     where p.cadence = of_cadence
       and p.period_start = last
       and p.status <> 'cancelled'
       and p.vendor_id > above
     order by p.vendor_id
     limit most + 1)
    order by 1
    limit most + 1);
  up_to  constant uuid        := ids[least(most, cardinality(ids))];
begin
  if after_vendor is null then
    select s.hash, s.totals into hash, totals from payroll_sum(of_cadence, of_period, before) s;
  end if;
  select coalesce(
           jsonb_agg(
             jsonb_build_object('vendorId', p.vendor_id, 'currency', p.currency, 'earnings', p.earnings, 'grossMinor', p.gross_minor,
                                'commissionMinor', p.commission_minor, 'amountMinor', p.amount_minor, 'outcome', p.outcome,
                                'reason', p.reason, 'difference', p.difference, 'lastAmountMinor', p.last_amount_minor)
             order by p.vendor_id, p.currency),
           '[]')
  into items
  from preview_page(of_cadence, of_period, in_zone, percent, above, up_to) p;
  next := case when cardinality(ids) > most then up_to end;
  return next;
end
$$;

-- Planned with the vendors at hand: a page is a small part of them, the first one may be all.
alter function read_preview(text, date, text, numeric, uuid, int) set plan_cache_mode = force_custom_plan;
