-- What is announced to whom. Stands before everything that asks the catalogue, as these migrations run in the order of their names.

-- The catalogue: which events tell what to whom. What an end stops is not sent once its booking or purchase has ended.
create or replace view notification_catalogue as
select *
from (values
  ('booking.created',     'booking-confirmed',  'customer', '{email,sms,push}'::text[], true),
  ('booking.created',     'booking-confirmed',  'vendor',   '{email}',                  true),
  ('booking.cancelled',   'booking-cancelled',  'customer', '{email,sms,push}',         false),
  ('booking.cancelled',   'booking-cancelled',  'vendor',   '{email}',                  false),
  ('booking.paid',        'payment-received',   'customer', '{email}',                  false),
  ('trainer.unavailable', 'payment-received',   'customer', '{email}',                  false),
  ('trainer.unavailable', 'purchase-confirmed', 'customer', '{email,push}',             true),
  ('trainer.unavailable', 'no-trainer-yet',     'customer', '{email,push}',             true),
  ('sessions.scheduled',  'payment-received',   'customer', '{email}',                  false),
  ('sessions.scheduled',  'purchase-confirmed', 'customer', '{email,push}',             true),
  ('sessions.scheduled',  'sessions-planned',   'customer', '{email,push}',             true),
  ('sessions.scheduled',  'new-student',        'vendor',   '{email,push}',             true),
  ('purchase.refunded',   'purchase-refunded',  'customer', '{email,push}',             false),
  ('purchase.refunded',   'student-gone',       'vendor',   '{email,push}',             false),
  ('purchase.cancelled',  'student-gone',       'vendor',   '{email,push}',             false),
  ('payout.paid',         'payout-receipt',     'vendor',   '{email}',                  false))
  as c (event, kind, recipient_kind, channels, stopped_by_end);

-- Called inside the transaction in which these events were written: sets the NotificationWorkflow of each going, once, where
-- somebody is to be told of it.
create or replace function enqueue_notification(of_event text, subjects uuid[]) returns void
  language sql volatile
as
$$
insert into intake (kind, source, key, body_hash, business_id, body, correlation_id)
select 'notification', 'notification', of_event || '/' || e.subject_id, sha256(convert_to(b.body::text, 'UTF8')), new_id(), b.body,
       e.correlation_id
from (
  -- by their subjects alone, whose events are few
  select e.type, e.subject_id, e.correlation_id from event e where e.subject_id = any (subjects) offset 0) e
cross join lateral (select jsonb_build_object('event', of_event, 'subjectId', e.subject_id) as body) b
where e.type = of_event
  and exists (select from notification_catalogue c where c.event = of_event)
order by e.subject_id
on conflict (source, key) do nothing
$$;
