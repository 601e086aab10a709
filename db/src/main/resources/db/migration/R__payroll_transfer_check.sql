-- Transfers that the provider has and the database does not, as after a restore from a backup. A run that finds one pays nothing until
-- somebody has decided about it.

-- The time from which on transfers may be of a run. The provider's clock may be behind.
create or replace function transfers_since(period_ends_at timestamptz) returns timestamptz
  language sql immutable
as
$$
select period_ends_at - interval '1 hour'
$$;

-- The undecided transfers that hold a run: made after its period and not fully reversed.
create or replace function holding_transfers(run uuid) returns setof unknown_transfer
  language sql stable
as
$$
select u.*
from payroll_run r
join unknown_transfer u on u.made_at >= transfers_since(r.ends_at)
where r.id = run
  and u.decision is null
  and u.reversed_minor < u.amount_minor
$$;

-- Keeps those transfers of a page of the provider's list that this installation made and the database does not know. A transfer is known if
-- it paid a payout, or if the payout that it names is to be paid here: that one is looked up before it is paid. Times are in seconds since
-- 1970.
create or replace function keep_unknown_transfers(
  ids text[], payouts uuid[], installations uuid[], cadences text[], periods date[], destinations text[], amounts bigint[],
  currencies text[], reversed bigint[], made bigint[]) returns void
  language sql volatile
as
$$
insert into unknown_transfer as u (id, payout_id, cadence, period_start, destination, amount_minor, currency, reversed_minor, made_at)
select o.id, o.payout, o.cadence, o.period, o.destination, o.amount, o.currency, o.reversed, to_timestamp(o.made)
from unnest(ids, payouts, installations, cadences, periods, destinations, amounts, currencies, reversed, made)
  o (id, payout, installation, cadence, period, destination, amount, currency, reversed, made)
join installation i on i.id = o.installation
where not exists (select from payout p where p.provider_transfer_id = o.id)
  and not exists (select from payout p where p.id = o.payout and p.status not in ('carried', 'cancelled'))
order by o.id
on conflict (id) do update
  set reversed_minor = excluded.reversed_minor
  where u.reversed_minor < excluded.reversed_minor
$$;

-- Step: the provider's list was read to its end. If no transfer holds the run, it may pay.
create or replace function conclude_transfer_check(run uuid) returns void
  language sql volatile
as
$$
update payroll_run r
set transfers_checked_at = now()
where r.id = run
  and r.transfers_checked_at is null
  and not exists (select from holding_transfers(run))
$$;

-- What holds a run: the number of transfers, their totals in words, and the total in the currency with the most transfers.
create or replace function transfer_hold(run uuid, out transfers int, out totals text, out amount_minor bigint, out currency char(3))
  language sql stable
as
$$
with total as (
  select h.cadence, h.period_start, h.currency, count(*)::int as transfers, sum(h.amount_minor - h.reversed_minor)::bigint as minor
  from holding_transfers(run) h
  group by h.cadence, h.period_start, h.currency),
at_risk as (
  select t.currency, sum(t.minor)::bigint as minor
  from total t
  group by t.currency
  order by sum(t.transfers) desc, t.currency
  limit 1)
select coalesce(sum(t.transfers), 0)::int,
       coalesce(string_agg(format('%s with %s %s of %s %s', t.transfers, t.minor, t.currency, t.cadence, t.period_start), ', '
                           order by t.cadence, t.period_start, t.currency), 'none'),
       (select a.minor from at_risk a), (select a.currency from at_risk a)
from total t
$$;

-- How transfers differ from what a run is to pay, for a person to read.
create or replace function transfer_differences(run uuid, ids text[]) returns text
  language sql stable
as
$$
select string_agg(
  format('%s of %s %s to %s, ', u.id, u.amount_minor, u.currency, u.destination)
    || case
         when u.reversed_minor > 0 then format('of which %s were reversed', u.reversed_minor)
         else coalesce('where the payout is ' || d.amounts, 'where the run has no payout to make')
       end,
  '; ' order by u.id)
from unknown_transfer u
cross join lateral (
  select string_agg(p.amount_minor::text, ' or ' order by p.id) as amounts
  from payout p
  where p.run_id = run
    and p.status = 'frozen'
    and p.account = u.destination
    and p.currency = u.currency) d
where u.id = any (ids)
$$;

-- Adopts the transfers of the run's own period that hold it, or one of them: each has paid the payout of the run that goes to the same
-- account, in the same currency and of the same amount. If one of them has no such payout, nothing changes. Returns the number of adopted
-- transfers, or why it is refused.
create or replace function adopt_transfers(
  run uuid, only_transfer text, by text, given_reason text, out adopted int, out refusal text)
  language plpgsql
as
$$
declare
  held      payroll_run;
  transfers text[];
  payouts   uuid[];
  differing text[];
  moved     payout[];
begin
  select * into held from payroll_run r where r.id = run for no key update;
  perform
  from payout p
  where p.run_id = run and p.status = 'frozen'
  order by p.id
  for no key update;

  with theirs as (
    select h.*, row_number() over (partition by h.destination, h.currency, h.amount_minor, h.reversed_minor order by h.id) as place
    from holding_transfers(run) h
    where (h.cadence, h.period_start) = (held.cadence, held.period_start)
      and (only_transfer is null or h.id = only_transfer)),
  ours as (
    select p.*, row_number() over (partition by p.account, p.currency, p.amount_minor order by p.id) as place
    from payout p
    where p.run_id = run and p.status = 'frozen')
  select array_agg(t.id order by t.id) filter (where o.id is not null),
         array_agg(o.id order by t.id) filter (where o.id is not null),
         array_agg(t.id order by t.id) filter (where o.id is null)
  into transfers, payouts, differing
  from theirs t
  left join ours o on t.reversed_minor = 0
                     and (o.account, o.currency, o.amount_minor, o.place) = (t.destination, t.currency, t.amount_minor, t.place);

  adopted := 0;
  if differing is not null then
    refusal := format('%s transfers differ: %s', cardinality(differing), transfer_differences(run, differing[1:3]));
  elsif transfers is null and exists (select from holding_transfers(run) h where only_transfer is null or h.id = only_transfer) then
    refusal := 'the transfers are of other periods: adopt them from the runs of those';
  end if;
  if refusal is not null or transfers is null then
    return;
  end if;

  insert into payout_attempt (payout_id, attempt, destination, status, answer, answered_at)
  select m.payout, 1 + coalesce((select max(a.attempt) from payout_attempt a where a.payout_id = m.payout), 0), u.destination, 'accepted',
         'adopted', now()
  from unnest(transfers, payouts) m (transfer, payout)
  join unknown_transfer u on u.id = m.transfer;

  with paid as (
    update payout p
      set status = 'paid', provider_transfer_id = u.id, paid_at = u.made_at
      from unnest(transfers, payouts) m (transfer, payout)
      join unknown_transfer u on u.id = m.transfer
      where p.id = m.payout
      returning p.*)
  select array_agg(p::payout)
  into moved
  from paid p;

  insert into transfer (id, payout_id, amount_minor, currency, reversed_minor, made_at)
  select u.id, m.payout, u.amount_minor, u.currency, u.reversed_minor, u.made_at
  from unnest(transfers, payouts) m (transfer, payout)
  join unknown_transfer u on u.id = m.transfer
  order by u.id
  on conflict (id) do update
    set payout_id = excluded.payout_id;

  update unknown_transfer u
  set decision = 'adopted', adopted_payout_id = m.payout, decided_by = adopt_transfers.by, decision_reason = given_reason, decided_at = now()
  from unnest(transfers, payouts) m (transfer, payout)
  where u.id = m.transfer;

  perform emit_payout_events('payout.paid', moved);
  adopted := cardinality(transfers);
end
$$;

-- Decides that the transfers that hold a run, or one of them, paid none of our payouts. They never hold a run again. Returns their number.
create or replace function disown_transfers(run uuid, only_transfer text, by text, given_reason text) returns int
  language plpgsql
as
$$
declare
  disowned int;
begin
  perform from payroll_run r where r.id = run for no key update;
  update unknown_transfer u
  set decision = 'not-ours', decided_by = disown_transfers.by, decision_reason = given_reason, decided_at = now()
  where u.id in (
    select h.id
    from holding_transfers(run) h
    where only_transfer is null or h.id = only_transfer);
  get diagnostics disowned = row_count;
  return disowned;
end
$$;
