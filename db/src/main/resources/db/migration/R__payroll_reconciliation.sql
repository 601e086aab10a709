-- Reconciliation compares our ledger, the payroll runs and the provider's transfers.

-- Records transfers that the provider reports, by an event or in a list, any number of times. A transfer for a payout with an unknown
-- outcome settles it. Times are in seconds since 1970.
create or replace function record_transfers(
  ids text[], payouts uuid[], amounts bigint[], currencies text[], reversed bigint[], made bigint[]) returns void
  language plpgsql
as
$$
begin
  insert into transfer as t (id, payout_id, amount_minor, currency, reversed_minor, made_at)
  select o.id, o.payout, o.amount, o.currency, o.reversed, to_timestamp(o.made)
  from unnest(ids, payouts, amounts, currencies, reversed, made) o (id, payout, amount, currency, reversed, made)
  order by o.id
  on conflict (id) do update
    set reversed_minor = excluded.reversed_minor
    where t.reversed_minor < excluded.reversed_minor;

  perform record_payouts(array_agg(p.id), array_agg(a.attempt), array_agg(p.asks), array_agg('accepted'::text), array_agg('told by the provider'::text),
                         array_agg(o.id))
  from unnest(ids, payouts, amounts, currencies) o (id, payout, amount, currency)
  join payout p on p.id = o.payout and p.status = 'unknown' and p.amount_minor = o.amount and p.currency = o.currency
  join payout_attempt a on a.payout_id = p.id and a.status = 'asked'
  having count(*) > 0;
end
$$;

-- The differences in what was paid or transferred in a period, and in what differed at the last comparison.
create or replace function payroll_differences(since timestamptz, until timestamptz)
  returns table (kind text, run_id uuid, payout_id uuid, transfer_id text, ours text, theirs text)
  language sql stable
as
$$
with paid as (
  select p.*
  from payout p
  where p.status = 'paid'
    and (p.paid_at >= since and p.paid_at < until
      or p.id in (select d.payout_id from payroll_difference d where d.resolved_at is null))),
made as (
  select t.*
  from transfer t
  where t.made_at >= since and t.made_at < until
     or t.id in (select d.transfer_id from payroll_difference d where d.resolved_at is null))
select 'transfer-missing', p.run_id, p.id, p.provider_transfer_id,
       format('paid %s %s', p.amount_minor, p.currency), 'no such transfer'
from paid p
where not exists (select from transfer t where t.id = p.provider_transfer_id)
union all
select 'amount-differs', p.run_id, p.id, t.id,
       format('paid %s %s', p.amount_minor, p.currency), format('transferred %s %s', t.amount_minor, t.currency)
from paid p
join transfer t on t.id = p.provider_transfer_id
where (t.amount_minor, t.currency, t.payout_id) is distinct from (p.amount_minor, p.currency, p.id)
union all
select 'transfer-reversed', p.run_id, p.id, t.id,
       format('paid %s %s', p.amount_minor, p.currency), format('%s %s of it came back', t.reversed_minor, t.currency)
from payout p
join transfer t on t.id = p.provider_transfer_id
where t.reversed_minor > 0
union all
-- A payout that is being paid is not compared yet.
select 'transfer-not-ours', p.run_id, t.payout_id, t.id,
       case when p.id is null then 'no such payout'
            when p.status = 'paid' then format('paid by %s', p.provider_transfer_id)
            else p.status end,
       format('transferred %s %s', t.amount_minor, t.currency)
from made t
left join payout p on p.id = t.payout_id
where p.provider_transfer_id is distinct from t.id
  and p.status is distinct from 'paying'
  and not exists (select from unknown_transfer u where u.id = t.id and u.decision = 'not-ours')
union all
select 'earnings-differ', p.run_id, p.id, p.provider_transfer_id,
       format('%s %s earned', coalesce(s.net, 0), p.currency), format('paid %s %s', p.amount_minor, p.currency)
from paid p
cross join lateral (select sum(e.net_minor) as net from earning e where e.payout_id = p.id and e.currency = p.currency) s
where s.net is distinct from p.amount_minor
union all
select 'run-completed-early', r.id, p.id, null, r.status, p.status
from payroll_run r
join payout p on p.run_id = r.id and p.status in ('frozen', 'paying', 'unknown')
where r.status = 'completed'
  and r.completed_at >= since - interval '30 days'
$$;

-- Compares, keeps each difference with both sides until it is gone, and keeps an attention item open while there are differences. Returns
-- their number.
create or replace function reconcile_payroll(since timestamptz, until timestamptz) returns int
  language plpgsql
as
$$
declare
  differences int;
begin
  with found as materialized (
    select *
    from payroll_differences(reconcile_payroll.since, reconcile_payroll.until)),
  gone as (
    update payroll_difference d
      set resolved_at = now()
      where d.resolved_at is null
        and not exists (
          select
          from found f
          where f.kind = d.kind and f.payout_id = d.payout_id and f.transfer_id is not distinct from d.transfer_id)),
  kept as (
    insert into payroll_difference (kind, run_id, payout_id, transfer_id, ours, theirs)
      select f.kind, f.run_id, f.payout_id, f.transfer_id, f.ours, f.theirs
      from found f
      order by f.kind, f.payout_id, f.transfer_id
      on conflict (kind, payout_id, coalesce(transfer_id, '')) where resolved_at is null do update
        set ours = excluded.ours, theirs = excluded.theirs, run_id = excluded.run_id)
  select count(*)
  into differences
  from found;

  if differences > 0 then
    insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)
    values ('payroll-reconciliation', 'sweep/payroll-reconciliation', '00000000-0000-0000-0000-000000000000', 'compare',
            'payroll-differs', differences || ' differences: select * from payroll_difference where resolved_at is null',
            'payroll-reconciliation/differs', 'the next run compares again', '{}')
    on conflict (business_key, step) where status = 'open' do update
      set error = excluded.error;
  else
    update attention t
    set status = 'resolved', resolved_at = now(), resolution = 'gone', resolved_by = 'payroll-reconciliation',
        resolution_reason = 'no differences left'
    where t.business_key = 'sweep/payroll-reconciliation' and t.step = 'compare' and t.status = 'open';
  end if;
  return differences;
end
$$;
