-- A page of a period's preview, with its hash and its totals: all of one statement, so that they tell of the same moment.
create or replace function read_preview(
  of_cadence text, of_period date, in_zone text, percent numeric, after_vendor uuid, after_currency text, most int)
  returns table (hash text, totals jsonb, items jsonb)
  language sql stable
as
$$
with seen as materialized (
  select s.*
  from preview_payroll(of_cadence, of_period, in_zone, percent) s),
total as (
  select s.currency, count(*) filter (where s.outcome = 'pay') as pays, count(*) filter (where s.outcome = 'carry') as carries,
         coalesce(sum(s.amount_minor) filter (where s.outcome = 'pay'), 0) as pays_minor,
         coalesce(sum(s.amount_minor) filter (where s.outcome = 'carry'), 0) as carries_minor
  from seen s
  group by s.currency),
page as (
  select s.*
  from seen s
  where (s.vendor_id, s.currency::text) > (after_vendor, after_currency)
  order by s.vendor_id, s.currency
  limit most)
select payroll_hash(of_cadence, of_period, in_zone),
       coalesce(
         (select jsonb_agg(jsonb_build_object('currency', t.currency, 'pays', t.pays, 'paysMinor', t.pays_minor, 'carries', t.carries,
                                              'carriesMinor', t.carries_minor) order by t.currency)
          from total t),
         '[]'),
       coalesce(
         (select jsonb_agg(jsonb_build_object('vendorId', p.vendor_id, 'currency', p.currency, 'earnings', p.earnings,
                                              'grossMinor', p.gross_minor, 'commissionMinor', p.commission_minor,
                                              'amountMinor', p.amount_minor, 'outcome', p.outcome, 'reason', p.reason,
                                              'difference', p.difference, 'lastAmountMinor', p.last_amount_minor)
                           order by p.vendor_id, p.currency)
          from page p),
         '[]')
$$;
