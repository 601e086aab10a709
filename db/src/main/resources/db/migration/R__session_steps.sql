-- What becomes of a course session once it is planned: completed, cancelled, rescheduled. Each is one call within its own
-- transaction; what cannot be done is answered as a reason, and then nothing has changed.
-- The order of locks is that of the purchase's steps: payment, trainer, own rows.

-- The session, with its purchase's payment and trainer locked, then itself.
create or replace function lock_session(session_id uuid)
  returns table (purchase_id uuid, purchase_status text, student_id uuid, trainer_id uuid, allocation_id uuid, allocation_status text,
                 session_minutes int, zone text, starts_at timestamptz, status text)
  language plpgsql
as
$$
declare
  of_purchase uuid;
begin
  select a.purchase_id
  into of_purchase
  from course_session c
  join allocation a on a.id = c.allocation_id
  where c.id = lock_session.session_id;
  perform lock_payments(array [of_purchase]);
  perform lock_trainers(array [of_purchase]);
  return query
    select a.purchase_id, u.status, a.student_id, a.trainer_id, a.id, a.status, a.session_minutes::int, c.zone, c.starts_at, c.status
    from course_session c
    join allocation a on a.id = c.allocation_id
    join purchase u on u.id = a.purchase_id
    where c.id = lock_session.session_id
    for no key update of c;
end
$$;

-- Completes a session that has begun, which earns, at this commission. With the last one of the course the purchase is completed too:
-- its allocation ends and the trainer's place is free. Answers null, or why not.
create or replace function complete_session(
  session_id uuid, delivered timestamptz, percent numeric, at timestamptz, correlation text, by text) returns text
  language plpgsql
as
$$
declare
  held record;
begin
  select * into held from lock_session(session_id);
  if held.status <> 'scheduled' then
    return held.status;
  elsif exists (
    select
    from purchase u
    join payment p on p.id = u.payment_id
    where u.id = held.purchase_id and p.refunded_minor > 0 and p.refunded_minor = p.amount_minor) then
    return 'refunded';
  elsif held.starts_at > complete_session.at then
    return 'not-begun';
  elsif delivered > complete_session.at then
    return 'delivered-in-the-future';
  elsif delivered < held.starts_at then
    return 'delivered-before-its-begin';
  end if;

  update course_session c
  set status = 'completed', delivered_at = delivered
  where c.id = complete_session.session_id;
  insert into event (type, subject_id, correlation_id, body)
  values ('session.completed', complete_session.session_id, correlation,
          jsonb_build_object('purchaseId', held.purchase_id, 'trainerId', held.trainer_id, 'deliveredAt', delivered));
  perform record_earning(c.trainer_id, 'session', c.id, session_gross(v.amount_minor, a.sessions, c.ordinal), v.currency, delivered, percent,
               complete_session.by)
  from course_session c
  join allocation a on a.id = c.allocation_id
  join invoice v on v.purchase_id = a.purchase_id
  where c.id = complete_session.session_id;

  if held.purchase_status = 'active' and held.allocation_status <> 'ended' and not exists (
    select
    from allocation a
    where a.id = held.allocation_id
      and a.sessions > (
        select count(*) from course_session c where c.allocation_id = a.id and c.status = 'completed')) then
    perform end_purchases(array [held.purchase_id], array ['active'], 'completed', complete_session.at);
    insert into event (type, subject_id, correlation_id)
    values ('purchase.completed', held.purchase_id, correlation);
  end if;
  return null;
end
$$;

-- Cancels a session that has not been given; the top-up makes it up as long as the purchase lasts. Answers null, or why not.
create or replace function cancel_session(session_id uuid, why text, correlation text) returns text
  language plpgsql
as
$$
declare
  held record;
begin
  select * into held from lock_session(session_id);
  if held.status <> 'scheduled' then
    return held.status;
  end if;

  update course_session c set status = 'cancelled' where c.id = cancel_session.session_id;
  perform enqueue_trainer_free(array [held.trainer_id]);
  insert into event (type, subject_id, correlation_id, body)
  values ('session.cancelled', cancel_session.session_id, correlation,
          jsonb_build_object('purchaseId', held.purchase_id, 'trainerId', held.trainer_id, 'reason', why));
  return null;
end
$$;

-- Why a trainer cannot teach at a time, null where nothing is in the way: the same rules as available_slots's in R__purchase_steps.sql,
-- for one time that somebody names, and with a session that may be in its own way.
create or replace function unavailability_reason(
  for_trainer uuid, begins timestamptz, ends timestamptz, moved_session uuid) returns text
  language sql stable
as
$$
select case
         when exists (
           select
           from trainer_holiday h
           where h.trainer_id = for_trainer and tsrange(h.day, h.day + 1) && t.lesson) then 'trainer-on-holiday'
         when exists (select from trainer_hours h where h.trainer_id = for_trainer)
           -- hours that touch, be it at midnight, are one stretch
           and not coalesce(t.lesson <@ (
             select range_agg(tsrange(d.day + h.from_time, d.day + h.to_time))
             from (values (lower(t.lesson)::date), (lower(t.lesson)::date + 1)) d (day)
             join trainer_hours h on h.weekday = extract(isodow from d.day)
             where h.trainer_id = for_trainer), false) then 'outside-hours'
         when exists (
           select
           from course_session c
           where c.trainer_id = for_trainer
             and c.status = 'scheduled'
             and c.id <> moved_session
             and tstzrange(c.starts_at, c.ends_at) && tstzrange(begins, ends)) then 'trainer-taken'
       end
from vendor v
cross join lateral (
  select tsrange(begins at time zone v.zone, (begins at time zone v.zone) + (ends - begins)) as lesson) t
where v.id = for_trainer
$$;

-- Moves a session that has not been given to another time. Answers null, or why not.
create or replace function reschedule_session(session_id uuid, new_start timestamptz, at timestamptz, correlation text)
  returns text
  language plpgsql
as
$$
declare
  held     record;
  new_end  timestamptz;
  local    timestamp;
  obstacle text;
begin
  select * into held from lock_session(session_id);
  new_end := new_start + make_interval(mins => held.session_minutes);
  local := new_start at time zone held.zone;
  if held.status <> 'scheduled' then
    return held.status;
  elsif held.allocation_status = 'ended' then
    return 'purchase-ended';
  elsif new_start <= reschedule_session.at then
    return 'in-the-past';
  elsif new_start = held.starts_at then
    return null;
  end if;

  obstacle := unavailability_reason(held.trainer_id, new_start, new_end, session_id);
  if obstacle is not null then
    return obstacle;
  elsif exists (
    select
    from course_session c
    where c.allocation_id = held.allocation_id
      and c.scheduled_date = local::date
      and c.status <> 'cancelled'
      and c.id <> reschedule_session.session_id) then
    return 'student-has-another';
  end if;

  update course_session c
  set starts_at = new_start, ends_at = new_end, scheduled_date = local::date, scheduled_time = local::time
  where c.id = reschedule_session.session_id;
  perform enqueue_trainer_free(array [held.trainer_id]);
  insert into event (type, subject_id, correlation_id, body, ordinal)
  select 'session.rescheduled', reschedule_session.session_id, correlation,
         jsonb_build_object('purchaseId', held.purchase_id, 'trainerId', held.trainer_id, 'from', held.starts_at, 'to', new_start),
         1 + count(*)
  from event e
  where e.type = 'session.rescheduled' and e.subject_id = reschedule_session.session_id;
  return null;
end
$$;

-- Planned once a session, by key: see R__purchase_steps.sql.
do
$$
declare
  step text;
begin
  foreach step in array array ['complete_session', 'cancel_session', 'reschedule_session'] loop
    execute format(
      'alter function %I set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off '
        'set enable_mergejoin = off set jit = off', step);
  end loop;
end
$$;
