-- Messages: planning them for an event, sending them, and recording their outcomes.

-- The catalogue: which event sends which message to whom. Messages with stopped_by_end are not sent after their booking or purchase has
-- ended.
create or replace view notification_catalogue as
select *
from (values
  ('booking.created',        'booking-confirmed',      'customer', '{email,sms,push}'::text[], true),
  ('booking.created',        'booking-confirmed',      'vendor',   '{email}',                  true),
  ('booking.cancelled',      'booking-cancelled',      'customer', '{email,sms,push}',         false),
  ('booking.cancelled',      'booking-cancelled',      'vendor',   '{email}',                  false),
  ('booking.paid',           'payment-received',       'customer', '{email}',                  false),
  ('trainer.unavailable',    'payment-received',       'customer', '{email}',                  false),
  ('trainer.unavailable',    'purchase-confirmed',     'customer', '{email,push}',             true),
  ('trainer.unavailable',    'no-trainer-yet',         'customer', '{email,push}',             true),
  ('sessions.scheduled',     'payment-received',       'customer', '{email}',                  false),
  ('sessions.scheduled',     'purchase-confirmed',     'customer', '{email,push}',             true),
  ('sessions.scheduled',     'sessions-planned',       'customer', '{email,push}',             true),
  ('sessions.scheduled',     'new-student',            'vendor',   '{email,push}',             true),
  ('purchase.refunded',      'purchase-refunded',      'customer', '{email,push}',             false),
  ('purchase.refunded',      'student-gone',           'vendor',   '{email,push}',             false),
  ('purchase.cancelled',     'student-gone',           'vendor',   '{email,push}',             false),
  ('payout.paid',            'payout-receipt',         'vendor',   '{email}',                  false),
  ('vendor.account-changed', 'payout-account-changed', 'vendor',   '{email}',                  false))
  as c (event, kind, recipient_kind, channels, stopped_by_end);

-- Enqueues a NotificationWorkflow for each event of this type that the catalogue names, once. Call it in the transaction that emits the
-- events.
create or replace function enqueue_notification(of_event text, subjects uuid[]) returns void
  language plpgsql
as
$$
begin
  perform enqueue_all('notification', 'notification', array_agg(of_event || '/' || e.subject_id), array_agg(new_id()),
                      array_agg(jsonb_build_object('event', of_event, 'subjectId', e.subject_id)), null, array_agg(e.correlation_id))
  from (
    -- Only by subject, because a subject has few events.
    select e.type, e.subject_id, e.correlation_id from event e where e.subject_id = any (subjects) offset 0) e
  where e.type = of_event
    and exists (select from notification_catalogue c where c.event = of_event);
end
$$;

-- Whether a customer may get a message: transactional ones unless consent was withdrawn, others only with consent.
create or replace function has_consent(customer uuid, on_channel text, for_purpose text) returns boolean
  language sql stable
as
$$
select coalesce(
  (select c.granted
   from consent c
   where c.customer_id = customer and c.channel = on_channel and c.purpose = for_purpose),
  for_purpose = 'transactional')
$$;

-- The customer and the vendor of a booking, a purchase, a payout or a changed account, and whether it has ended. No rows for an unknown
-- subject.
create or replace function notification_recipients(of_event text, subject uuid)
  returns table (recipient_kind text, recipient_id uuid, ended boolean)
  language plpgsql stable
as
$$
begin
  if of_event like 'booking.%' then
    return query
      select r.kind, r.id, b.cancelled_at is not null
      from booking b
      cross join lateral (values ('customer', b.customer_id), ('vendor', b.vendor_id)) r (kind, id)
      where b.id = notification_recipients.subject;
  elsif of_event like 'payout.%' then
    return query
      select 'vendor', p.vendor_id, false
      from payout p
      where p.id = notification_recipients.subject;
  elsif of_event like 'vendor.%' then
    return query
      select 'vendor', c.vendor_id, false
      from payout_account_change c
      where c.id = notification_recipients.subject;
  else
    return query
      select r.kind, r.id, coalesce(u.status in ('refunded', 'cancelled'), true)
      from purchase_requests_of(array [notification_recipients.subject]) q
      left join purchase u on u.id = q.purchase_id
      cross join lateral (
        select 'customer', c.id
        from customer c
        where c.id = q.student_id
        union all
        (select 'vendor', a.trainer_id
         from allocation a
         where a.purchase_id = q.purchase_id
         order by a.allocated_at desc, a.id desc
         limit 1)) r (kind, id);
  end if;
end
$$;

-- Whether nothing was paid for a booking or a purchase.
create or replace function costs_nothing(subject uuid) returns boolean
  language plpgsql stable
as
$$
begin
  return exists (select from purchase u join payment p on p.id = u.payment_id where u.id = costs_nothing.subject and p.amount_minor = 0)
    or exists (select from booking b where b.id = costs_nothing.subject and b.price_minor = 0);
end
$$;

-- Step: writes a message for each channel and recipient of the events, and marks their intake rows as done. Returns the messages to send,
-- also when it runs again, and how often each was tried.
create or replace function plan_messages(intake_ids uuid[])
  returns table (message_id uuid, channel text, tries smallint)
  language plpgsql
as
$$
begin
  insert into message (event_id, event, kind, purpose, channel, recipient_kind, recipient_id, subject_kind, subject_id, status,
                       reason, correlation_id)
  select c.kind || '/' || t.subject_id, t.event, c.kind, 'transactional', h.channel, p.recipient_kind, p.recipient_id,
         case
           when t.event like 'booking.%' then 'booking'
           when t.event like 'payout.%' then 'payout'
           when t.event like 'vendor.%' then 'payout-account'
           else 'purchase'
         end, t.subject_id,
         case when s.stopped is null then 'waiting' else 'suppressed' end, coalesce(s.stopped, t.event), t.correlation_id
  from notification_events(intake_ids) t
  cross join lateral notification_recipients(t.event, t.subject_id) p
  join notification_catalogue c on c.event = t.event and c.recipient_kind = p.recipient_kind
  cross join lateral unnest(c.channels) h (channel)
  cross join lateral (
    select case
             when c.stopped_by_end and p.ended then 'cancelled'
             when c.kind = 'payment-received' and costs_nothing(t.subject_id) then 'nothing-paid'
             when p.recipient_kind = 'customer' and not has_consent(p.recipient_id, h.channel, 'transactional') then 'no-consent'
           end as stopped) s
  order by 1, 5, 6, 7
  on conflict on constraint message_sent_once do nothing;

  update intake i
  set done_at = now()
  where i.business_id = any (intake_ids)
    and i.kind = 'notification'
    and i.done_at is null;

  return query
    select m.id, m.channel, m.tries
    from notification_events(intake_ids) t
    join message m on m.subject_id = t.subject_id and m.event = t.event
    where m.status = 'waiting'
    order by m.id;
end
$$;

-- The events of intake rows.
create or replace function notification_events(intake_ids uuid[])
  returns table (intake_id uuid, event text, subject_id uuid, correlation_id text)
  language sql stable
as
$$
select i.business_id, i.body ->> 'event', (i.body ->> 'subjectId')::uuid, i.correlation_id
from intake i
where i.business_id = any (intake_ids)
  and i.kind = 'notification'
$$;

-- Releases the intake rows of events that still have messages to plan or send. Each is then claimed alone, as it was claimed before.
create or replace function requeue_notifications(intake_ids uuid[]) returns int
  language sql volatile
as
$$
with back as (
  update intake i
    set done_at = null, leased_until = now()
    from notification_events(intake_ids) t
    where i.business_id = t.intake_id
      and i.kind = 'notification'
      and (i.done_at is null
        or exists (select from message m where m.subject_id = t.subject_id and m.event = t.event and m.status = 'waiting'))
    returning 1)
select count(*)::int
from back
$$;

-- Suppresses those messages that still wait.
create or replace function suppress_messages(ids uuid[], given_reason text) returns int
  language sql volatile
as
$$
with suppressed as (
  update message m
    set status = 'suppressed', reason = given_reason, sending_since = null
    where m.id = any (ids) and m.status = 'waiting'
    returning 1)
select count(*)::int
from suppressed
$$;

-- Suppresses waiting messages of bookings or purchases that have ended, except for those that an end does not stop. Call it in the
-- transaction that ends them.
create or replace function stop_messages(subjects uuid[]) returns void
  language sql volatile
as
$$
update message m
set status = 'suppressed', reason = 'cancelled'
where m.subject_id = any (subjects)
  and m.status = 'waiting'
  and m.kind not in (select c.kind from notification_catalogue c where not c.stopped_by_end)
$$;

-- Claims messages before they are sent: from now on a provider may have received them. A message whose last response was lost has
-- lost_since. If the provider has no lookup the message is sent again and marked as possibly duplicate; if that response is lost too, the
-- outcome stays unknown. A customer who has withdrawn consent since the message was planned does not get it.
create or replace function claim_messages(ids uuid[])
  returns table (message_id uuid, lost_since timestamptz)
  language sql volatile
as
$$
with held as (
  select m.id, m.sending_since as lost_since, m.channel <> 'sms' and m.sending_since is not null as blind, m.possibly_duplicate,
         m.recipient_kind = 'customer' and not has_consent(m.recipient_id, m.channel, m.purpose) as refused
  from message m
  where m.id = any (ids) and m.status = 'waiting'
  order by m.id
  for no key update),
taken as (
  update message m
    set status        = case
                          when h.lost_since is not null and (h.refused or h.blind and h.possibly_duplicate) then 'unknown'
                          when h.refused then 'suppressed'
                          else 'waiting'
                        end,
        reason        = case when h.refused then 'no-consent' else m.reason end,
        -- A message with a lost response keeps the time of the first one, for the lookup.
        sending_since = case when h.lost_since is not null or not h.refused then coalesce(m.sending_since, now()) end,
        possibly_duplicate   = h.blind or h.possibly_duplicate,
        tries         = case when h.refused then m.tries else m.tries + 1 end
    from held h
    where m.id = h.id
    returning m.id, m.status, h.lost_since)
select t.id, t.lost_since
from taken t
where t.status = 'waiting'
order by t.id
$$;

-- Records the outcomes of claimed messages. Sent, failed and suppressed are final. The others leave the message waiting: not-reached was
-- certainly not sent, lost was not sent by this try but perhaps by an earlier one, unknown may have been sent by this try. Stopped also
-- withdraws the customer's consent for the channel.
create or replace function record_messages(ids uuid[], outcomes text[], reasons text[], provider_ids text[]) returns void
  language plpgsql
as
$$
begin
  update message m
  set status        = case
                        when m.status <> 'waiting' or o.outcome in ('not-reached', 'lost', 'unknown') then m.status
                        when o.outcome = 'stopped' then 'failed'
                        else o.outcome
                      end,
      reason        = case when o.outcome in ('failed', 'suppressed', 'stopped') then o.reason else m.reason end,
      -- The recipient was erased while the message was being sent.
      provider_id   = case when m.reason <> 'erased' then coalesce(o.provider_id, m.provider_id) end,
      sent_at       = case when o.outcome = 'sent' then coalesce(m.sent_at, now()) else m.sent_at end,
      sending_since = case when o.outcome in ('lost', 'unknown') then m.sending_since end,
      possibly_duplicate   = m.possibly_duplicate and o.outcome <> 'lost'
  from unnest(ids, outcomes, reasons, provider_ids) o (id, outcome, reason, provider_id)
  where m.id = o.id;

  if 'stopped' = any (outcomes) then
    perform withdraw_consent(m.recipient_id, m.channel)
    from unnest(ids, outcomes) o (id, outcome)
    join message m on m.id = o.id
    where o.outcome = 'stopped' and m.recipient_kind = 'customer';
  end if;
end
$$;

-- Withdraws a customer's consent for a channel, for all purposes, and keeps what a START restores.
create or replace function withdraw_consent(of_customer uuid, on_channel text) returns void
  language sql volatile
as
$$
insert into consent (customer_id, channel, purpose, granted, granted_before_stop)
select of_customer, on_channel, p.purpose, false, false
from unnest('{transactional,reminder,marketing}'::text[]) p (purpose)
on conflict (customer_id, channel, purpose) do update
  set granted = false, granted_before_stop = true, at = now()
  where consent.granted
$$;

-- The push tokens of a customer, or of a vendor, to which messages go.
create or replace function push_tokens_of(of_customer uuid, of_vendor uuid) returns text[]
  language sql stable
as
$$
select array(
  select p.token
  from push_token p
  where (p.customer_id = of_customer or p.vendor_id = of_vendor) and p.lost_at is null
  order by p.place)
$$;

-- Replaces the push tokens of a customer, or of a vendor, whose row the caller has locked. A token that is new in the list is registered:
-- from now on it belongs to this person and to nobody else. To repeat a list registers nothing: a token that has gone to somebody else
-- meanwhile, or whose device is gone, does not come back.
create or replace function set_push_tokens(of_customer uuid, of_vendor uuid, tokens text[]) returns void
  language plpgsql
as
$$
declare
  fresh text[];
begin
  delete from push_token p
  where (p.customer_id = of_customer or p.vendor_id = of_vendor) and p.token <> all (tokens);

  update push_token p
  set place = t.place
  from unnest(tokens) with ordinality t (token, place)
  where (p.customer_id = of_customer or p.vendor_id = of_vendor) and p.token = t.token and p.place <> t.place;

  fresh := array(
    select t
    from unnest(tokens) t
    where not exists (
      select from push_token p where (p.customer_id = of_customer or p.vendor_id = of_vendor) and p.token = t));
  if fresh = '{}' then
    return;
  end if;

  -- Whoever registers one of these at the same time does so before or after this.
  perform pg_advisory_xact_lock(l.key)
  from (select distinct hashtextextended('push_token/' || f, 0) as key from unnest(fresh) f order by 1) l;

  update push_token p
  set lost_at = now()
  where md5(p.token) in (select md5(f) from unnest(fresh) f) and p.lost_at is null;

  insert into push_token (token, customer_id, vendor_id, place)
  select t.token, of_customer, of_vendor, t.place
  from unnest(tokens) with ordinality t (token, place)
  where t.token = any (fresh);
end
$$;

-- Sends nothing more to a token whose device no longer exists.
create or replace function remove_push_token(of_device text) returns void
  language sql volatile
as
$$
update push_token p
set lost_at = now()
where md5(p.token) = md5(of_device) and p.token = of_device and p.lost_at is null
$$;

-- Webhooks of an SMS provider: delivery reports and replies.

-- Records the delivery report of an SMS. A report never reverts an earlier one, and a message that was not sent ignores it. A message with
-- a lost response counts as sent. Returns whether the report changed anything.
create or replace function record_sms_status(message uuid, provider text, arrived boolean, given_reason text) returns boolean
  language plpgsql
as
$$
begin
  update message m
  set status        = case when arrived then 'delivered' else 'failed' end,
      reason        = case when arrived then m.reason else given_reason end,
      provider_id   = coalesce(m.provider_id, provider),
      sent_at       = coalesce(m.sent_at, now()),
      delivered_at  = case when arrived then now() end,
      sending_since = null
  where m.id = record_sms_status.message
    and m.channel = 'sms'
    and (m.status in ('sent', 'unknown') or m.status = 'waiting' and m.sending_since is not null)
    -- If the message was sent twice, the other one may still arrive.
    and (arrived or coalesce(m.provider_id, provider) = provider);
  return found;
end
$$;

-- Stops all text messages to a phone number. Returns the number of customers.
create or replace function stop_sms(from_phone text) returns int
  language sql volatile
as
$$
with theirs as (
  select c.id
  from customer c
  where c.phone = from_phone
  order by c.id
  for no key update),
withdrawn as (
  select withdraw_consent(t.id, 'sms')
  from theirs t)
select count(*)::int
from withdrawn
$$;

-- Restores what a STOP took from the customers with a phone number. Returns the number of customers for whom it changed anything.
create or replace function start_sms(from_phone text) returns int
  language sql volatile
as
$$
with theirs as (
  select c.id
  from customer c
  where c.phone = from_phone
  order by c.id
  for no key update),
granted as (
  update consent k
    set granted = true, granted_before_stop = null, at = now()
    from theirs t
    where k.customer_id = t.id and k.channel = 'sms' and k.granted_before_stop
    returning k.customer_id),
unsaid as (
  delete from consent k
    using theirs t
    where k.customer_id = t.id and k.channel = 'sms' and not k.granted_before_stop
    returning k.customer_id)
select count(distinct r.customer_id)::int
from (select g.customer_id from granted g union all select u.customer_id from unsaid u) r
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_notification (rule, subject_id, detail) as
select 'message-sent-after-end', m.id, m.kind || ' was sent on ' || m.channel || ' after its purchase or booking ended'
from message m
join event e on e.subject_id = m.subject_id and e.type in ('purchase.cancelled', 'purchase.refunded', 'booking.cancelled')
where m.sent_at > e.at + interval '5 minutes'
  and m.kind in (select c.kind from notification_catalogue c where c.stopped_by_end);

-- Unfinished notifications, which afterMigrate__all_unfinished.sql joins: events of which a message still waits.
create or replace view unfinished_notification (kind, business_id, subject_id, since, due, runs) as
select 'notification', i.business_id, m.subject_id, min(m.created_at), min(m.created_at) + interval '1 hour',
       array ['notification/' || i.key, 'notification-batch/' || i.claim_id]
from message m
left join intake i on i.source = 'notification' and i.key = m.event || '/' || m.subject_id
where m.status = 'waiting'
  and m.purpose = 'transactional'
  and m.subject_kind <> 'task'
group by i.business_id, i.key, i.claim_id, m.subject_id;

select pin_plans('plan_messages', 'record_messages', 'notification_recipients', 'notification_events', 'requeue_notifications');
