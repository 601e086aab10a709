-- The freeze and the preview of a payroll period. Both call the same function, so that their numbers agree.

-- The first day after a period, and the instants of its start and end: midnights in the payroll zone.
create or replace function payroll_period(of_cadence text, period_start date, zone text)
  returns table (period_end date, starts_at timestamptz, ends_at timestamptz)
  language sql stable
as
$$
select e.period_end, local_instant(payroll_period.period_start::timestamp, zone), local_instant(e.period_end::timestamp, zone)
from (
  select case of_cadence
           when 'weekly' then payroll_period.period_start + 7
           else (payroll_period.period_start + interval '1 month')::date
         end as period_end) e
$$;

-- The first day of the last period that has ended at a time.
create or replace function last_payroll_period(of_cadence text, zone text, at timestamptz) returns date
  language sql stable
as
$$
select case of_cadence
         when 'weekly' then date_trunc('week', l.at) - interval '7 days'
         else date_trunc('month', l.at) - interval '1 month'
       end::date
from (select last_payroll_period.at at time zone zone as at) l
$$;

-- What is due to the vendors of a cadence in a range of ids: their unsettled earnings before a time, whether they are paid or carried, and
-- why they are carried. Earnings that are held wait for a later period; a vendor with no others is carried with them and their reason. Test
-- data is left out, and so is a vendor that has a payout of this period: later earnings belong to the next period.
create or replace function payroll_due(
  of_cadence text, of_period date, before timestamptz, accounts_since timestamptz, after_vendor uuid, up_to_vendor uuid)
  returns table
          (
            vendor_id        uuid,
            currency         char(3),
            earnings         int,
            gross_minor      bigint,
            commission_minor bigint,
            amount_minor     bigint,
            digest           bytea,
            account          text,
            outcome          text,
            reason           text
          )
  language sql stable
as
$$
select s.vendor_id, s.currency, s.earnings, s.gross_minor, s.commission_minor, s.amount_minor, s.digest,
       case when c.reason is null then v.payout_account end, case when c.reason is null then 'pay' else 'carry' end, c.reason
from (
  select distinct on (e.vendor_id, e.currency)
         e.vendor_id, e.currency, e.held, count(*)::int as earnings, sum(e.gross_minor)::bigint as gross_minor,
         sum(e.commission_minor)::bigint as commission_minor, sum(e.net_minor)::bigint as amount_minor,
         sha256(string_agg(uuid_send(e.id), '' order by e.id)) as digest
  from vendor v
  join earning e on e.vendor_id = v.id
  where v.cadence = of_cadence
    and v.id > after_vendor
    and v.id <= up_to_vendor
    -- Repeated, so that the index on earnings gets the range too.
    and e.vendor_id > after_vendor
    and e.vendor_id <= up_to_vendor
    and e.payout_id is null
    and e.earned_at < before
    and e.held is distinct from 'test-data'
  group by e.vendor_id, e.currency, e.held
  order by e.vendor_id, e.currency, e.held nulls first) s
join vendor v on v.id = s.vendor_id
left join payout_minimum m on m.currency = s.currency
cross join lateral (
  select case
           when s.held is not null then s.held
           when s.amount_minor <= 0 then 'negative'
           when m.minimum_minor is null then 'no-minimum'
           when s.amount_minor < m.minimum_minor then 'below-minimum'
           when v.payout_account is null then 'no-payout-account'
           when v.account_changed_at > accounts_since then 'account-changed'
         end as reason) c
-- A lookup by key: an anti-join would read all payouts of the period for every page.
where (
  select p.id
  from payout p
  where p.vendor_id = s.vendor_id
    and p.cadence = of_cadence
    and p.period_start = of_period
    and p.currency = s.currency
    and p.status <> 'cancelled') is null
$$;

-- The hash of one payout with the account that it goes to, as part of the hash of the run.
create or replace function payout_hash(
  vendor uuid, currency text, outcome text, reason text, earnings int, gross bigint, commission bigint, amount bigint, digest bytea,
  account text)
  returns bytea
  language sql immutable parallel safe
as
$$
select sha256(convert_to(
  concat_ws('|', vendor, currency, outcome, coalesce(reason, ''), earnings, gross, commission, amount, encode(digest, 'hex'), account), 'UTF8'))
$$;

-- The totals of a period as of now: the hash to approve, the number of payouts to pay and to carry, and the amounts by currency.
create or replace function payroll_due_totals(
  of_cadence text, of_period date, before timestamptz, accounts_since timestamptz, out hash text, out pays int, out carries int, out totals jsonb)
  language sql stable
as
$$
with due as materialized (
  select d.*
  from payroll_due(
    of_cadence, of_period, before, accounts_since, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff') d)
select encode(
         sha256(coalesce(
           string_agg(
             payout_hash(d.vendor_id, d.currency, d.outcome, d.reason, d.earnings, d.gross_minor, d.commission_minor, d.amount_minor,
                         d.digest, d.account),
             '' order by d.vendor_id, d.currency),
           '')),
         'hex'),
       (count(*) filter (where d.outcome = 'pay'))::int,
       (count(*) filter (where d.outcome = 'carry'))::int,
       (select coalesce(
                 jsonb_agg(
                   jsonb_build_object('currency', t.currency, 'pays', t.pays, 'paysMinor', t.pays_minor, 'carries', t.carries,
                                      'carriesMinor', t.carries_minor)
                   order by t.currency),
                 '[]')
        from (
          select c.currency, count(*) filter (where c.outcome = 'pay') as pays, count(*) filter (where c.outcome = 'carry') as carries,
                 coalesce(sum(c.amount_minor) filter (where c.outcome = 'pay'), 0) as pays_minor,
                 coalesce(sum(c.amount_minor) filter (where c.outcome = 'carry'), 0) as carries_minor
          from due c
          group by c.currency) t)
from due d
$$;

-- The same hash over the frozen payouts of a run. It does not change when the payouts are paid.
create or replace function frozen_hash(run uuid) returns text
  language sql stable
as
$$
select encode(
         sha256(coalesce(
           string_agg(
             payout_hash(p.vendor_id, p.currency, case when p.carried then 'carry' else 'pay' end,
                         case when p.carried then p.reason end, p.earnings, p.gross_minor, p.commission_minor, p.amount_minor, p.digest,
                         p.account),
             '' order by p.vendor_id, p.currency),
           '')),
         'hex')
from (
  select p.*, p.status = 'carried' as carried
  from payout p
  where p.run_id = run
    and not (p.status = 'cancelled' and p.reason = 'set-changed')) p
$$;

-- The previous run, with which a preview is compared.
create or replace function previous_payroll_run(of_cadence text, of_period date) returns payroll_run
  language sql stable
as
$$
select r.*
from payroll_run r
where r.cadence = of_cadence
  and r.period_start < of_period
  and r.status <> 'cancelled'
order by r.period_start desc
limit 1
$$;

-- The preview of a period for a range of vendors: the payouts to pay and to carry, and the difference to the previous run (new, gone, or
-- changed by more than a percentage). A payout that is gone has only its last amount.
create or replace function preview_page(
  of_cadence text, of_period date, in_zone text, accounts_since timestamptz, percent numeric, after_vendor uuid, up_to_vendor uuid)
  returns table
          (
            vendor_id         uuid,
            currency          char(3),
            earnings          int,
            gross_minor       bigint,
            commission_minor  bigint,
            amount_minor      bigint,
            account           text,
            outcome           text,
            reason            text,
            difference        text,
            last_amount_minor bigint
          )
  language sql stable
as
$$
with due as (
  select d.*
  from payroll_period(of_cadence, of_period, in_zone) p
  cross join lateral payroll_due(of_cadence, of_period, p.ends_at, accounts_since, after_vendor, up_to_vendor) d),
last as (
  select p.vendor_id, p.currency, p.amount_minor
  from previous_payroll_run(of_cadence, of_period) r
  join payout p on p.run_id = r.id and p.cadence = r.cadence and p.period_start = r.period_start
  where p.status <> 'cancelled'
    and p.vendor_id > after_vendor
    and p.vendor_id <= up_to_vendor)
select vendor_id, currency, coalesce(d.earnings, 0), coalesce(d.gross_minor, 0), coalesce(d.commission_minor, 0),
       coalesce(d.amount_minor, 0), d.account, coalesce(d.outcome, 'none'), d.reason,
       case
         when l.amount_minor is null then 'new'
         when d.amount_minor is null then 'gone'
         when abs(d.amount_minor - l.amount_minor) * 100 > percent * abs(l.amount_minor) then 'changed'
       end,
       l.amount_minor
from due d
full join last l using (vendor_id, currency)
order by 1, 2
$$;

-- Plans the next pages of a freeze: vendors with unsettled earnings.
create or replace function plan_freeze(run uuid, after_vendor uuid, page_size int, pages int)
  returns table (up_to uuid, items int)
  language sql stable
as
$$
select b.up_to, b.items
from page_boundaries(
  array(
    select v.id
    from payroll_run r
    join vendor v on v.cadence = r.cadence
    where r.id = run
      and v.id > after_vendor
      and exists (select from earning e where e.vendor_id = v.id and e.payout_id is null and e.earned_at < r.ends_at
                    and e.held is distinct from 'test-data')
    order by v.id
    limit page_size * pages), page_size) b
$$;

-- Step: freezes a page of vendors. Each vendor gets a payout per currency; it settles the earnings, or is carried and settles none. Vendor
-- rows are locked, so that two hosts freeze the same vendor one after the other, and the sums match the settled rows. A repeated call finds
-- its payouts. A call after the freeze has ended changes nothing.
create or replace function freeze_page(run uuid, after_vendor uuid, up_to_vendor uuid, out pays int, out carries int, out settled bigint)
  language plpgsql
  -- A page is large, so its statements are planned for its range. They read and settle earnings in physical order: each block of the table
  -- and its indexes is touched once per page, not once per earning.
  set plan_cache_mode = force_custom_plan
  set enable_seqscan = off
  set jit = off
  set work_mem = '64MB'
as
$$
declare
  held         payroll_run;
  owed         bigint;
  owed_minor   bigint;
  settled_minor bigint;
begin
  select * into held from payroll_run r where r.id = run for key share;
  if held.status <> 'freezing' then
    pays := 0;
    carries := 0;
    settled := 0;
    return;
  end if;

  perform
  from vendor v
  where v.cadence = held.cadence
    and v.id > after_vendor
    and v.id <= up_to_vendor
    and exists (select from earning e where e.vendor_id = v.id and e.payout_id is null and e.earned_at < held.ends_at)
  order by v.id
  for no key update;

  with due as materialized (
    select new_id() as id, d.*
    from payroll_due(held.cadence, held.period_start, held.ends_at, held.accounts_unchanged_since, after_vendor, up_to_vendor) d),
  made as (
    insert into payout (id, run_id, vendor_id, cadence, period_start, currency, earnings, gross_minor, commission_minor, amount_minor,
                        digest, account, status, reason)
      select d.id, held.id, d.vendor_id, held.cadence, held.period_start, d.currency, d.earnings, d.gross_minor, d.commission_minor,
             d.amount_minor, d.digest, d.account, case d.outcome when 'pay' then 'frozen' else 'carried' end, d.reason
      from due d),
  taken as (
    update earning e
      set payout_id = d.id
      from due d
      where d.outcome = 'pay'
        and e.vendor_id = d.vendor_id
        and e.currency = d.currency
        and e.vendor_id > after_vendor
        and e.vendor_id <= up_to_vendor
        and e.payout_id is null
        and e.held is null
        and e.earned_at < held.ends_at
      returning e.net_minor)
  select (count(*) filter (where d.outcome = 'pay'))::int, (count(*) filter (where d.outcome = 'carry'))::int,
         coalesce(sum(d.earnings) filter (where d.outcome = 'pay'), 0), coalesce(sum(d.amount_minor) filter (where d.outcome = 'pay'), 0),
         (select count(*) from taken), (select coalesce(sum(t.net_minor), 0) from taken t)
  into pays, carries, owed, owed_minor, settled, settled_minor
  from due d;
  if (owed, owed_minor) <> (settled, settled_minor) then
    raise exception 'payroll run % would settle % earnings of % for payouts of % earnings and %', run, settled, settled_minor, owed,
      owed_minor;
  end if;
end
$$;

-- Reads a page of a preview: vendors after one, each with all currencies, and the last vendor if more follow. The first page includes the
-- hash and the totals, which cost as much as all pages together.
create or replace function read_preview(
  of_cadence text, of_period date, in_zone text, account_hold_seconds int, percent numeric, after_vendor uuid, most int)
  returns table (hash text, totals jsonb, items jsonb, next uuid)
  language plpgsql stable
  -- Planned with the actual vendors: a page is a small part of them, the first page may be all.
  set plan_cache_mode = force_custom_plan
as
$$
declare
  first  constant uuid        := uuid '00000000-0000-0000-0000-000000000000';
  before constant timestamptz := (select p.ends_at from payroll_period(of_cadence, of_period, in_zone) p);
  since  constant timestamptz := coalesce(
    (select r.accounts_unchanged_since
     from payroll_run r
     where r.cadence = of_cadence
       and r.period_start = of_period
       and r.status <> 'cancelled'),
    now() - make_interval(secs => account_hold_seconds));
  last   constant date        := (previous_payroll_run(of_cadence, of_period)).period_start;
  above  constant uuid        := coalesce(after_vendor, first);
  ids    constant uuid[]      := array(
    (select v.id
     from vendor v
     where v.cadence = of_cadence
       and v.id > above
       and exists (select from earning e where e.vendor_id = v.id and e.payout_id is null and e.earned_at < before
                    and e.held is distinct from 'test-data')
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
    select s.hash, s.totals into hash, totals from payroll_due_totals(of_cadence, of_period, before, since) s;
  end if;
  select coalesce(
           jsonb_agg(
             jsonb_build_object('vendorId', p.vendor_id, 'currency', p.currency, 'earnings', p.earnings, 'grossMinor', p.gross_minor,
                                'commissionMinor', p.commission_minor, 'amountMinor', p.amount_minor, 'account', p.account,
                                'accountProblem', payout_account_problem(p.vendor_id), 'outcome', p.outcome,
                                'reason', p.reason, 'difference', p.difference, 'lastAmountMinor', p.last_amount_minor)
             order by p.vendor_id, p.currency),
           '[]')
  into items
  from preview_page(of_cadence, of_period, in_zone, since, percent, above, up_to) p;
  next := case when cardinality(ids) > most then up_to end;
  return next;
end
$$;

select pin_plans('plan_freeze');
