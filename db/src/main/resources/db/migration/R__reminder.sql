-- Reminders, in two parts, each in pages. The first part writes messages for due appointments and payments, one per channel, including
-- suppressed ones, and marks the booking or session. The second part sends the waiting messages of each channel, after checking each again.
-- A page skips rows that somebody else has locked; the next run processes them.

-- The event id of an appointment's reminder. A rescheduled appointment gets a new one.
create or replace function appointment_event_id(subject uuid, starts timestamptz) returns text
  language sql stable
as
$$
select 'appointment-tomorrow/' || subject || '/' || to_char(starts at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;

-- The end of the quiet hours for SMS, 21:00 to 08:00 in the recipient's zone. Null outside of them.
create or replace function quiet_hours_end(at timestamptz, zone text) returns timestamptz
  language sql stable
as
$$
select case
         when l.at::time < time '08:00' then local_instant(l.at::date + time '08:00', zone)
         when l.at::time >= time '21:00' then local_instant(l.at::date + 1 + time '08:00', zone)
       end
from (select quiet_hours_end.at at time zone zone as at) l
$$;

-- Plans the next pages of appointments that start in a range of times and have no reminder yet.
create or replace function plan_appointment_reminders(
  after_start timestamptz, after_id uuid, until_start timestamptz, page_size int, pages int)
  returns table (up_to_at timestamptz, up_to_id uuid, items int)
  language sql stable
as
$$
with due as (
  (select b.starts_at, b.id
   from booking b
   where b.status in ('open', 'paid')
     and not b.imported
     and b.reminded_for is distinct from b.starts_at
     and (b.starts_at, b.id) > (after_start, after_id)
     and b.starts_at <= until_start
   order by b.starts_at, b.id
   limit page_size * pages)
  union all
  (select c.starts_at, c.id
   from course_session c
   where c.status = 'scheduled'
     and c.reminded_for is distinct from c.starts_at
     and (c.starts_at, c.id) > (after_start, after_id)
     and c.starts_at <= until_start
   order by c.starts_at, c.id
   limit page_size * pages))
select k.times[b.place], b.up_to, b.items
from (
  select array_agg(d.starts_at) as times, array_agg(d.id) as ids
  from (select d.starts_at, d.id from due d order by d.starts_at, d.id limit page_size * pages) d) k
cross join lateral page_boundaries(k.ids, page_size) b
order by b.place
$$;

-- Writes the reminders of a page. Appointments in the interval that this run is the first to see get a reminder in any case. For missed
-- ones before it, the customer needs no reminder if the appointment was made less than "ahead" before its start: the confirmation is
-- recent.
create or replace function write_appointment_reminders(
  after_start timestamptz, after_id uuid, up_to_start timestamptz, up_to_id uuid, nominal timestamptz, ahead interval,
  every interval, channels text[])
  returns table (due bigint, written bigint, suppressed bigint)
  language sql volatile
as
$$
with bookings as (
  select 'booking' as kind, b.id, b.starts_at, b.created_at as known_since, b.customer_id, b.correlation_id
  from booking b
  where b.status in ('open', 'paid')
    and not b.imported
    and b.reminded_for is distinct from b.starts_at
    and (b.starts_at, b.id) > (after_start, after_id)
    and (b.starts_at, b.id) <= (up_to_start, up_to_id)
    for no key update skip locked),
sessions as (
  select 'session', c.id, c.starts_at, c.planned_at, a.student_id, r.correlation_id
  from course_session c
  join allocation a on a.id = c.allocation_id
  join purchase_request r on r.purchase_id = a.purchase_id
  where c.status = 'scheduled'
    and c.reminded_for is distinct from c.starts_at
    and (c.starts_at, c.id) > (after_start, after_id)
    and (c.starts_at, c.id) <= (up_to_start, up_to_id)
    for no key update of c skip locked),
due as (select * from bookings union all select * from sessions),
marked_bookings as (update booking b set reminded_for = d.starts_at from bookings d where b.id = d.id),
marked_sessions as (update course_session c set reminded_for = d.starts_at from sessions d where c.id = d.id),
written as (
  insert into message (event_id, event, kind, purpose, channel, recipient_kind, recipient_id, subject_kind, subject_id, status, reason,
                       correlation_id)
    select appointment_event_id(d.id, d.starts_at), 'appointment-reminder', 'appointment-tomorrow', 'reminder', h.channel, 'customer',
           d.customer_id, d.kind, d.id, case when s.stopped is null then 'waiting' else 'suppressed' end,
           coalesce(s.stopped, 'appointment-reminder'), d.correlation_id
    from due d
    cross join unnest(channels) h (channel)
    cross join lateral (
      select case
               when d.starts_at <= nominal + ahead - every and d.known_since > d.starts_at - ahead then 'just-booked'
               when not has_consent(d.customer_id, h.channel, 'reminder') then 'no-consent'
             end as stopped) s
    on conflict on constraint message_sent_once do nothing
    returning status)
select (select count(*) from due), count(*) filter (where w.status = 'waiting'), count(*) filter (where w.status = 'suppressed')
from written w
$$;

-- Plans the next pages of bookings whose payment is due until a time, or overdue.
create or replace function plan_payment_reminders(
  after_due timestamptz, after_id uuid, at timestamptz, until_due timestamptz, page_size int, pages int)
  returns table (up_to_at timestamptz, up_to_id uuid, items int)
  language sql stable
as
$$
with due as (
  (select b.payment_due_at, b.id
   from booking b
   where b.paid_at is null
     and b.status <> 'cancelled'
     and not b.imported
     and b.payment_stage is distinct from 'overdue'
     and (b.payment_due_at, b.id) > (after_due, after_id)
     and b.payment_due_at <= plan_payment_reminders.at
   order by b.payment_due_at, b.id
   limit page_size * pages)
  union all
  (select b.payment_due_at, b.id
   from booking b
   where b.paid_at is null
     and b.status <> 'cancelled'
     and not b.imported
     and b.payment_stage is null
     and (b.payment_due_at, b.id) > (after_due, after_id)
     and b.payment_due_at > plan_payment_reminders.at
     and b.payment_due_at <= until_due
   order by b.payment_due_at, b.id
   limit page_size * pages))
select k.times[b.place], b.up_to, b.items
from (
  select array_agg(d.payment_due_at) as times, array_agg(d.id) as ids
  from (select d.payment_due_at, d.id from due d order by d.payment_due_at, d.id limit page_size * pages) d) k
cross join lateral page_boundaries(k.ids, page_size) b
order by b.place
$$;

create or replace function write_payment_reminders(
  after_due timestamptz, after_id uuid, up_to_due timestamptz, up_to_id uuid, at timestamptz, channels text[])
  returns table (due bigint, written bigint, suppressed bigint)
  language sql volatile
as
$$
with due as (
  select b.id, s.stage, b.customer_id, b.correlation_id
  from booking b
  cross join lateral (
    select case when b.payment_due_at > write_payment_reminders.at then 'due-soon' else 'overdue' end as stage) s
  where b.paid_at is null
    and b.status <> 'cancelled'
    and not b.imported
    and b.payment_stage is distinct from 'overdue'
    and b.payment_stage is distinct from s.stage
    and (b.payment_due_at, b.id) > (after_due, after_id)
    and (b.payment_due_at, b.id) <= (up_to_due, up_to_id)
    for no key update of b skip locked),
marked as (update booking b set payment_stage = d.stage from due d where b.id = d.id),
written as (
  insert into message (event_id, event, kind, purpose, channel, recipient_kind, recipient_id, subject_kind, subject_id, status, reason,
                       correlation_id)
    select 'payment-' || d.stage || '/' || d.id, 'payment-reminder', 'payment-' || d.stage, 'reminder', h.channel, 'customer',
           d.customer_id, 'booking', d.id, case when s.allowed then 'waiting' else 'suppressed' end,
           case when s.allowed then 'payment-reminder' else 'no-consent' end, d.correlation_id
    from due d
    cross join unnest(channels) h (channel)
    cross join lateral (select has_consent(d.customer_id, h.channel, 'reminder') as allowed) s
    on conflict on constraint message_sent_once do nothing
    returning status)
select (select count(*) from due), count(*) filter (where w.status = 'waiting'), count(*) filter (where w.status = 'suppressed')
from written w
$$;

-- Plans the next pages of waiting reminders of a channel.
create or replace function plan_reminders_to_send(
  sweep text, on_channel text, after_id uuid, at timestamptz, page_size int, pages int)
  returns table (up_to uuid, items int)
  language sql stable
as
$$
select b.up_to, b.items
from page_boundaries(
  array(
    select m.id
    from message m
    where m.event = sweep
      and m.channel = on_channel
      and m.status = 'waiting'
      and m.purpose = 'reminder'
      and m.id > after_id
      and coalesce(m.hold_until <= plan_reminders_to_send.at, true)
    order by m.id
    limit page_size * pages), page_size) b
$$;

-- Selects the reminders of a page to send now, after checking their subjects again. It suppresses reminders that are obsolete. During quiet
-- hours it holds reminders back if they still make sense afterwards.
create or replace function reminders_to_send(
  sweep text, on_channel text, after_id uuid, up_to_id uuid, at timestamptz, overdue_for interval, out ids uuid[],
  out suppressed bigint, out held bigint)
  language sql volatile
as
$$
with taken as (
  select m.id, m.event_id, m.kind, m.subject_kind, m.subject_id, m.recipient_id, m.hold_until
  from message m
  where m.event = sweep
    and m.channel = on_channel
    and m.status = 'waiting'
    and m.purpose = 'reminder'
    and m.id > after_id
    and m.id <= up_to_id
    and coalesce(m.hold_until <= reminders_to_send.at, true)
    for no key update skip locked),
-- Why the reminder is obsolete, and until when it makes sense.
looked as (
  select t.id, t.hold_until, f.why_not, f.until, h.hold
  from taken t
  left join customer k on k.id = t.recipient_id
  left join booking b on t.subject_kind = 'booking' and b.id = t.subject_id
  left join course_session c on t.subject_kind = 'session' and c.id = t.subject_id
  cross join lateral (
    select case
             when not has_consent(t.recipient_id, on_channel, 'reminder') then 'no-consent'
             when coalesce(b.status, c.status, 'cancelled') = 'cancelled' then 'cancelled'
             when t.kind in ('payment-due-soon', 'payment-overdue') then case when b.paid_at is not null then 'paid' end
             when coalesce(b.status, c.status) = 'completed' then 'completed'
             when t.event_id <> appointment_event_id(t.subject_id, coalesce(b.starts_at, c.starts_at)) then 'moved'
           end as why_not,
           case t.kind
             when 'payment-due-soon' then b.payment_due_at
             when 'payment-overdue' then b.payment_due_at + overdue_for
             else coalesce(b.starts_at, c.starts_at)
           end as until) f
  cross join lateral (
    select case when on_channel = 'sms' and k.zone is not null then quiet_hours_end(reminders_to_send.at, k.zone) end as hold) h),
decided as (
  select l.id, l.hold, l.hold_until,
         case
           when l.why_not is not null then l.why_not
           when l.until <= reminders_to_send.at then 'too-late'
           when l.until <= l.hold then 'quiet-hours'
         end as why_not
  from looked l),
suppressed as (
  update message m set status = 'suppressed', reason = d.why_not from decided d where m.id = d.id and d.why_not is not null returning 1),
held as (
  update message m
    set hold_until = d.hold, reason = 'quiet-hours'
    from decided d
    where m.id = d.id and d.why_not is null and d.hold is not null
    returning 1),
released as (
  update message m
    set hold_until = null, reason = m.event
    from decided d
    where m.id = d.id and d.why_not is null and d.hold is null and d.hold_until is not null)
select coalesce(array_agg(d.id order by d.id) filter (where d.why_not is null and d.hold is null), '{}'),
       (select count(*) from suppressed), (select count(*) from held)
from decided d
$$;

-- Gives up reminders without tries left: failed, or unknown if the last response was lost. Returns their number, and the number of those
-- that can be tried again.
create or replace function fail_exhausted_reminders(
  ids uuid[], most_tries int, given_reason text, out failed bigint, out left_over bigint)
  language sql volatile
as
$$
with over as (
  update message m
    set status = case when m.sending_since is null then 'failed' else 'unknown' end, reason = given_reason
    where m.id = any (ids) and m.status = 'waiting' and m.tries >= most_tries
    returning 1)
select (select count(*) from over),
       (select count(*) from message m where m.id = any (ids) and m.status = 'waiting' and m.tries < most_tries)
$$;

select pin_plans('plan_appointment_reminders', 'write_appointment_reminders', 'plan_payment_reminders', 'write_payment_reminders',
                 'plan_reminders_to_send', 'reminders_to_send', 'fail_exhausted_reminders');
