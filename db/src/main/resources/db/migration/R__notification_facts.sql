-- The data of message templates. One statement reads it for a page of messages.

-- An instant, and the zone in which a message shows it.
create or replace function moment_fact(at timestamptz, zone text) returns jsonb
  language sql stable parallel safe
as
$$
select case when at is not null then jsonb_build_object('at', at, 'zone', zone) end
$$;

create or replace function money_fact(minor bigint, currency char(3)) returns jsonb
  language sql immutable parallel safe
as
$$
select case when minor is not null then jsonb_build_object('minor', minor, 'currency', currency) end
$$;

-- The vendor's address three days before its payout account was changed; null if it had none.
create or replace function email_before_change(change uuid) returns text
  language sql stable
as
$$
select e.email
from payout_account_change c
join vendor_email e on e.vendor_id = c.vendor_id and e.since <= c.changed_at - interval '72 hours'
where c.id = change
order by e.since desc
limit 1
$$;

-- For each waiting message: its recipient, the template's variables as one object, and the attachment of its e-mail. The name is null if
-- the recipient is gone, the facts are null if the subject is gone.
create or replace function message_facts(ids uuid[])
  returns table (message_id uuid, kind text, channel text, recipient_kind text, recipient_id uuid, subject_kind text,
                 subject_id uuid, name text, email text, phone text, push_tokens text[], locale text, facts jsonb, file_name text,
                 attachment bytea)
  language sql stable
as
$$
select m.id, m.kind, m.channel, m.recipient_kind, m.recipient_id, m.subject_kind, m.subject_id,
       r.name, r.email, r.phone, r.push_tokens, r.locale,
       case
         when m.subject_kind = 'booking' then to_jsonb(b)
         when m.subject_kind = 'purchase' then to_jsonb(p)
         when m.subject_kind = 'session' then to_jsonb(s)
         when m.subject_kind = 'payout' then to_jsonb(o)
         when m.subject_kind = 'payout-account' then to_jsonb(h)
         when m.subject_kind in ('customer', 'task') then '{}'
       end,
       'receipt-' || f.number || '.pdf', f.pdf
from message m
left join lateral (
  select c.name, c.email, c.phone, case when m.channel = 'push' then push_tokens_of(c.id, null) end as push_tokens, c.locale, c.zone
  from customer c
  where c.id = m.recipient_id and m.recipient_kind = 'customer'
  union all
  select v.name, case m.subject_kind when 'payout-account' then coalesce(email_before_change(m.subject_id), v.email) else v.email end,
         v.phone, case when m.channel = 'push' then push_tokens_of(null, v.id) end, v.locale, v.zone
  from vendor v
  where v.id = m.recipient_id and m.recipient_kind = 'vendor') r on true
left join lateral (
  select k.service, k.subject, k.place, v.name as vendor, c.name as customer, moment_fact(k.starts_at, k.zone) as "when",
         money_fact(k.price_minor, k.currency) as price,
         moment_fact(case when k.paid_at is null or m.purpose = 'reminder' then k.payment_due_at end, r.zone) as due
  from booking k
  join customer c on c.id = k.customer_id
  join vendor v on v.id = k.vendor_id
  where k.id = m.subject_id and m.subject_kind = 'booking') b on true
left join lateral (
  select k.title as course, u.sessions as lessons, c.name as student, v.name as trainer,
         i.number::text as invoice, money_fact(y.amount_minor, y.currency) as price,
         money_fact(y.refunded_minor, y.currency) as refunded,
         array(
           select jsonb_build_object(
             'when', moment_fact(t.starts_at, case m.recipient_kind when 'vendor' then r.zone else t.zone end))
           from course_session t
           where t.allocation_id = a.id and t.status = 'scheduled'
           order by t.starts_at) as sessions
  from purchase u
  join customer c on c.id = u.student_id
  join course k on k.id = u.course_id
  join payment y on y.id = u.payment_id
  left join invoice i on i.purchase_id = u.id
  left join lateral (
    select l.id, l.trainer_id
    from allocation l
    where l.purchase_id = u.id
    order by l.allocated_at desc, l.id desc
    limit 1) a on true
  left join vendor v on v.id = a.trainer_id
  where u.id = m.subject_id and m.subject_kind = 'purchase') p on true
left join lateral (
  select k.title as course, v.name as trainer, moment_fact(t.starts_at, t.zone) as "when"
  from course_session t
  join allocation a on a.id = t.allocation_id
  join course k on k.id = a.course_id
  join vendor v on v.id = t.trainer_id
  where t.id = m.subject_id and m.subject_kind = 'session') s on true
left join lateral (
  select r.period_start as "from", r.period_end - 1 as "to", money_fact(p.amount_minor, p.currency) as paid
  from payout p
  join payroll_run r on r.id = p.run_id
  join receipt t on t.payout_id = p.id
  where p.id = m.subject_id and m.subject_kind = 'payout') o on true
left join lateral (
  select moment_fact(c.changed_at, r.zone) as changed
  from payout_account_change c
  where c.id = m.subject_id and m.subject_kind = 'payout-account') h on true
left join receipt f on f.payout_id = m.subject_id and m.subject_kind = 'payout'
where m.id = any (ids) and m.status = 'waiting'
$$;

select pin_plans('message_facts');
