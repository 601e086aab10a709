-- Violations of payroll rules. They stop all payments until somebody has investigated. run_id is null if a violation belongs to no run.
create or replace view payroll_violation (rule, subject_id, detail, run_id) as
select 'payout-amount', p.id,
       p.status || ' of ' || p.earnings || ' earnings and ' || p.amount_minor || ', but holds ' || s.earnings || ' of ' || s.amount_minor,
       p.run_id
from payout p
cross join lateral (
  select count(*) as earnings, coalesce(sum(e.gross_minor), 0) as gross_minor, coalesce(sum(e.commission_minor), 0) as commission_minor,
         coalesce(sum(e.net_minor), 0) as amount_minor
  from earning e
  where e.payout_id = p.id) s
where case
        when p.status in ('carried', 'cancelled') then s.earnings > 0
        else (p.earnings, p.gross_minor, p.commission_minor, p.amount_minor)
          <> (s.earnings, s.gross_minor, s.commission_minor, s.amount_minor)
      end
union all
select 'earning-in-wrong-payout', e.id,
       'settled by payout ' || e.payout_id || ', which does not exist or is of another vendor, currency or period',
       p.run_id
from earning e
left join payout p on p.id = e.payout_id
left join payroll_run r on r.id = p.run_id
where e.payout_id is not null
  and (p.id is null or e.vendor_id <> p.vendor_id or e.currency <> p.currency or e.earned_at >= r.ends_at)
union all
select 'earning-settled-though-held', e.id, 'settled by payout ' || e.payout_id || ' although it is held: ' || e.held, p.run_id
from earning e
join payout p on p.id = e.payout_id
where e.held is not null
union all
select 'payroll-hash-mismatch', r.id, 'its payouts do not match the frozen hash ' || r.hash, r.id
from payroll_run r
where r.hash <> frozen_hash(r.id)
union all
select 'payroll-not-approved', r.id, r.status || ' without an approval of ' || r.hash, r.id
from payroll_run r
where r.approval_required
  and r.status in ('frozen', 'paying', 'paused', 'completed')
  and not exists (select from payroll_approval a where a.run_id = r.id and a.hash = r.hash)
union all
select 'payout-before-its-run', p.id, p.status || ', but its run is ' || r.status, r.id
from payroll_run r
join payout p on p.run_id = r.id
where r.status in ('awaiting-approval', 'freezing', 'cancelled')
  and p.status in ('paying', 'paid', 'unknown', 'failed');

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_payroll (rule, subject_id, detail) as
select v.rule, v.subject_id, v.detail
from payroll_violation v
union all
select 'payroll-approval-not-taken-up', r.id, 'approved at ' || a.approved_at || ', but still awaiting approval'
from payroll_run r
join payroll_approval a on a.run_id = r.id
where r.status = 'awaiting-approval'
  and a.approved_at < now() - interval '1 hour'
  and a.ordinal = (select max(p.ordinal) from payroll_proposal p where p.run_id = r.id)
union all
select 'receipt-without-payment', t.payout_id, 'receipt ' || t.number || ' belongs to a payout that is ' || p.status
from receipt t
join payout p on p.id = t.payout_id
where p.status <> 'paid'
union all
select 'paid-without-receipt', p.id, 'paid at ' || p.paid_at || ', without a receipt'
from payout p
where p.status = 'paid'
  and p.paid_at < now() - interval '1 hour'
  and not exists (select from receipt t where t.payout_id = p.id)
  and not exists (select from attention a where a.subject_id in (p.id, p.run_id) and a.status = 'open');
