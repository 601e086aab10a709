-- Breaches of payroll's rules, which stop paying: whatever is wrong with the money, no more of it is sent until somebody has looked.
-- Each is of a run, where it is one's.
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
select 'earning-in-wrong-payout', e.id, 'settled by payout ' || e.payout_id || ', which is not there, or of another vendor, currency or period',
       p.run_id
from earning e
left join payout p on p.id = e.payout_id
left join payroll_run r on r.id = p.run_id
where e.payout_id is not null
  and (p.id is null or e.vendor_id <> p.vendor_id or e.currency <> p.currency or e.earned_at >= r.ends_at)
union all
select 'payroll-not-as-frozen', r.id, 'its payouts are not those that were frozen as ' || r.hash, r.id
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

-- Every breach of what must always hold. An empty answer is the definition of "nothing lost".
-- What is merely under way has 5 minutes; what waits for a trainer has the 24 hours after which it is an attention item, and one
-- to spare; what waits for an operator has an open attention item.
create or replace view public.invariant_violation (rule, subject_id, detail) as
select 'request-without-payment', r.purchase_id, 'carried, or given up, but payment ' || r.provider_payment_id || ' was never recorded'
from purchase_request r
where not exists (
  select from payment p where p.provider = r.provider and p.provider_payment_id = r.provider_payment_id)
  and not exists (
    select
    from intake i
    where i.business_id = r.purchase_id
      and case
            when i.done_at is null
              then i.claims < 3 or i.leased_until between now() - interval '5 minutes' and now() + interval '1 hour'
            else i.done_at > now() - interval '5 minutes'
          end)
  and not exists (select from attention t where t.subject_id = r.purchase_id and t.status = 'open')
union all
select 'payment-without-purchase', p.id, 'payment ' || p.provider_payment_id || ' has neither purchase nor attention item'
from payment p
where p.recorded_at < now() - interval '5 minutes'
  and not exists (select from purchase u where u.payment_id = p.id)
  and not exists (
    select
    from purchase_request r
    where r.provider = p.provider
      and r.provider_payment_id = p.provider_payment_id
      and (exists (select from attention t where t.subject_id = r.purchase_id)
        or exists (
          select
          from event e
          where e.subject_id = r.purchase_id and e.type in ('purchase.cancelled', 'purchase.refunded'))))
union all
select 'payment-without-charge', p.id, 'payment ' || p.provider_payment_id || ' has no charge of its amount'
from payment p
where not exists (
  select
  from transaction t
  where t.payment_id = p.id and t.kind = 'charge' and t.amount_minor = p.amount_minor and t.currency = p.currency)
union all
select 'purchase-without-invoice', u.id, 'no invoice over the payment''s amount'
from purchase u
join payment p on p.id = u.payment_id
where not exists (
  select from invoice i where i.purchase_id = u.id and i.amount_minor = p.amount_minor and i.currency = p.currency)
union all
select 'purchase-without-trainer', u.id, u.status || ' since ' || u.created_at || ' without allocation, and waits for nothing'
from purchase u
where u.status in ('pending', 'active')
  and u.created_at < now() - interval '5 minutes'
  and not coalesce(u.waiting_for_trainer_since > now() - interval '25 hours', false)
  and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')
  and not exists (select from attention t where t.subject_id = u.id and t.status = 'open')
union all
select 'trainer-wait-untold', u.id, 'waits for a trainer since ' || u.waiting_for_trainer_since || ', and the student was never told'
from purchase u
where u.waiting_for_trainer_since is not null
  and not exists (select from event e where e.type = 'trainer.unavailable' and e.subject_id = u.id)
union all
select 'trainer-wait-for-nothing', u.id, 'waits for a trainer, but is ' || u.status || ' or has one'
from purchase u
where u.waiting_for_trainer_since is not null
  and (u.status not in ('pending', 'attention')
    or exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended'))
union all
select 'allocation-never-active', a.id, 'approved since ' || a.allocated_at || ', and neither active nor before an operator'
from allocation a
where a.status = 'approved'
  and a.allocated_at < now() - interval '25 hours'
  and not exists (select from attention t where t.subject_id = a.purchase_id and t.status = 'open')
union all
select 'purchase-without-sessions', u.id, u.status || ' with a trainer, but nothing was ever scheduled'
from purchase u
join allocation a on a.purchase_id = u.id and a.status <> 'ended'
where (u.status = 'active' or u.status = 'pending' and a.allocated_at < now() - interval '5 minutes')
  and not exists (select from course_session c where c.allocation_id = a.id)
  and not exists (select from attention t where t.subject_id = u.id and t.status = 'open')
union all
select 'purchase-attention-unexplained', u.id, 'in attention, but no open attention item says why'
from purchase u
where u.status = 'attention'
  and not exists (select from attention t where t.subject_id = u.id and t.status = 'open')
union all
select 'purchase-cancelled-but-held', u.id, 'cancelled, and yet ' || u.status
from purchase u
where u.status in ('pending', 'attention', 'active')
  and exists (select from event e where e.type = 'purchase.cancelled' and e.subject_id = u.id)
union all
select 'allocation-of-ended-purchase', a.id, 'still held by a purchase that is ' || u.status
from allocation a
join purchase u on u.id = a.purchase_id
where a.status <> 'ended'
  and u.status in ('refunded', 'cancelled', 'completed')
union all
select 'trainer-load', t.vendor_id, 'load ' || t.load || ', but ' || n.held || ' allocations'
from trainer t
cross join lateral (
  select count(*) as held from allocation a where a.trainer_id = t.vendor_id and a.status <> 'ended') n
where t.load <> n.held
union all
select 'session-beyond-course', a.id, n.given || ' sessions of ' || a.sessions
from allocation a
cross join lateral (
  select count(*) as given from course_session c where c.allocation_id = a.id and c.status <> 'cancelled') n
where n.given > a.sessions
union all
select 'session-of-another-trainer', c.id, 'not with the trainer of its allocation'
from course_session c
join allocation a on a.id = c.allocation_id
where c.status = 'scheduled'
  and c.trainer_id <> a.trainer_id
union all
select 'session-of-ended-allocation', c.id, 'still scheduled though its allocation ended'
from course_session c
join allocation a on a.id = c.allocation_id
where c.status = 'scheduled'
  and a.status = 'ended'
  and c.starts_at > a.ended_at
union all
select 'refund-not-booked', p.id, t.amount_minor || ' went back of payment ' || p.provider_payment_id || ', booked are ' || p.refunded_minor
from refund_total t
join payment p on p.provider = t.provider and p.provider_payment_id = t.provider_payment_id
where (t.currency <> p.currency or p.refunded_minor < least(t.amount_minor, p.amount_minor))
  and greatest(t.recorded_at, p.recorded_at) < now() - interval '5 minutes'
  and not exists (
    select
    from attention a
    where a.process = 'refund'
      and a.status = 'open'
      and starts_with(a.business_key, 'refund/' || p.provider || '/' || p.provider_payment_id || '/'))
union all
select 'refund-without-transactions', p.id, p.refunded_minor || ' refunded, but the transactions say ' || n.refunded
from payment p
cross join lateral (
  select coalesce(sum(t.amount_minor), 0) as refunded from transaction t where t.payment_id = p.id and t.kind = 'refund') n
where p.refunded_minor <> n.refunded
union all
select 'refund-without-credit-note', u.id, p.refunded_minor || ' refunded, but the credit notes say ' || n.credited
from purchase u
join payment p on p.id = u.payment_id
cross join lateral (
  select coalesce(sum(c.amount_minor), 0) as credited
  from invoice v
  join credit_note c on c.invoice_id = v.id
  where v.purchase_id = u.id) n
where p.refunded_minor <> n.credited
union all
select 'purchase-refunded-but-held', u.id, 'the whole payment went back, and yet ' || u.status
from purchase u
join payment p on p.id = u.payment_id
where p.refunded_minor > 0
  and p.refunded_minor = p.amount_minor
  and u.status in ('pending', 'attention', 'active')
  and not exists (
    select
    from transaction t
    where t.payment_id = p.id and t.kind = 'refund' and t.at > now() - interval '5 minutes')
union all
select 'purchase-refunded-without-refund', u.id, 'refunded, but of its payment not all went back'
from purchase u
join payment p on p.id = u.payment_id
where u.status = 'refunded'
  and p.refunded_minor < p.amount_minor
union all
select 'session-of-refunded-purchase', c.id, 'still scheduled though the payment went back in full'
from purchase u
join allocation a on a.purchase_id = u.id
join course_session c on c.allocation_id = a.id
where u.status = 'refunded'
  and c.status = 'scheduled'
  and c.starts_at > coalesce(a.ended_at, now())
union all
select 'session-given-before-its-time', c.id, 'begins ' || c.starts_at || ', but was given ' || c.delivered_at
from course_session c
where c.status = 'completed'
  and c.delivered_at < c.starts_at
union all
select 'session-completed-in-silence', c.id, 'completed, but nothing was told of it'
from course_session c
where c.status = 'completed'
  and not exists (select from event e where e.type = 'session.completed' and e.subject_id = c.id)
union all
select 'session-not-completed', e.subject_id, 'told to be completed, but is not'
from event e
where e.type = 'session.completed'
  and not exists (select from course_session c where c.id = e.subject_id and c.status = 'completed')
union all
select 'purchase-completed-amiss', u.id, u.status || ' with ' || n.given || ' sessions given of ' || a.sessions
from allocation a
join purchase u on u.id = a.purchase_id
cross join lateral (
  select count(*) as given from course_session c where c.allocation_id = a.id and c.status = 'completed') n
where (u.status = 'completed' and n.given < a.sessions)
   or (u.status = 'active' and a.status <> 'ended' and n.given >= a.sessions)
union all
select 'message-in-silence', m.id, 'still to be sent on ' || m.channel || ', and nobody is asked about it'
from message m
where m.status = 'waiting'
  and m.purpose = 'transactional'
  and m.created_at < now() - interval '1 hour'
  and not exists (
    select from attention t where t.subject_id = m.subject_id and t.status = 'open' and t.process in ('notification', 'task'))
union all
select 'message-after-the-end', m.id, m.kind || ' was sent on ' || m.channel || ' after its purchase had ended'
from message m
join event e on e.subject_id = m.subject_id and e.type in ('purchase.cancelled', 'purchase.refunded', 'booking.cancelled')
where m.sent_at > e.at + interval '5 minutes'
  and m.kind in (select c.kind from notification_catalogue c where c.stopped_by_end)
union all
select 'delivered-without-earning', d.source_id, d.source_kind || ' delivered ' || d.delivered_at || ', but not earned as that'
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
select 'earning-without-delivery', e.id, 'earned by a ' || e.source_kind || ' that was not delivered'
from earning e
where not exists (select from booking b where e.source_kind = 'booking' and b.id = e.source_id and b.status = 'completed')
  and not exists (select from course_session c where e.source_kind = 'session' and c.id = e.source_id and c.status = 'completed')
union all
select 'earning-amiss', e.id, e.gross_minor || ' less ' || e.commission_minor || ', at ' || e.commission_percent || ' percent'
from earning e
where abs(e.commission_minor) <> commission(abs(e.gross_minor), e.commission_percent)
union all
select 'reversal-without-delivery', r.id, 'takes back what was not earned as that'
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
select 'earning-of-refunded-purchase', e.id, 'of a session whose payment went back in full, or taken back of one that did not'
from earning e
join course_session c on c.id = e.source_id
join allocation a on a.id = c.allocation_id
join purchase u on u.id = a.purchase_id
join payment p on p.id = u.payment_id
where e.source_kind = 'session'
  and e.kind = 'delivery'
  and (p.refunded_minor > 0 and p.refunded_minor = p.amount_minor) <> exists (
    select from earning r where r.source_kind = 'session' and r.source_id = e.source_id and r.kind = 'reversal')
union all
select v.rule, v.subject_id, v.detail
from payroll_violation v
union all
select 'payroll-in-silence', r.id, r.status || ' since ' || r.requested_at || ', and no operator is asked'
from payroll_run r
where r.status not in ('awaiting-approval', 'completed', 'cancelled')
  and r.requested_at < now() - interval '1 day'
  and r.pause_reason is distinct from 'operator'
  and not exists (select from attention t where t.subject_id = r.id and t.status = 'open')
  and not exists (
    select
    from payout p
    join attention t on t.subject_id = p.id and t.status = 'open'
    where p.run_id = r.id)
union all
select 'task-in-silence', t.id, t.type || ' is ' || t.status || ' since ' || t.created_at || ', and no operator is asked'
from task t
where t.status in ('pending', 'running')
  and coalesce(t.not_before, t.created_at) < now() - interval '12 hours'
  and not exists (select from attention a where a.subject_id = t.id and a.status = 'open')
  and not exists (select from intake i where i.business_id = t.id and i.kind = 'task' and i.done_at is null)
union all
select 'task-without-mail', t.id, t.type || ' is completed, and its mail was not sent'
from task t
where t.status = 'completed'
  and not exists (select from message m where m.subject_id = t.id and m.status in ('sent', 'delivered'))
union all
select 'erased-but-known', c.id, 'erased, but something of the person is left'
from customer c
where c.erased_at is not null
  and (exists (select from booking b where b.customer_id = c.id and (b.subject is not null or b.place is not null))
    or exists (select from download d where d.customer_id = c.id)
    or exists (select from link_token k join task t on t.id = k.task_id where t.customer_id = c.id)
    or exists (
      select from message m
      where m.recipient_kind = 'customer' and m.recipient_id = c.id and m.provider_id is not null)
    or not exists (select from erasure e where e.customer_id = c.id))
union all
select 'receipt-of-no-payment', t.payout_id, 'receipt ' || t.number || ' is of a payout that is ' || p.status
from receipt t
join payout p on p.id = t.payout_id
where p.status <> 'paid'
union all
select 'paid-without-receipt', p.id, 'paid at ' || p.paid_at || ', and its vendor has no receipt'
from payout p
where p.status = 'paid'
  and p.paid_at < now() - interval '1 hour'
  and not exists (select from receipt t where t.payout_id = p.id)
  and not exists (select from attention a where a.subject_id in (p.id, p.run_id) and a.status = 'open');
