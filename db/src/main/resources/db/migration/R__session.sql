-- Course sessions: scheduled, topped up, completed, cancelled, rescheduled.

-- Step 3: schedules sessions up to a number of future ones, one per day from tomorrow on, within the course. It processes all allocations
-- at once, except that allocations of one trainer take turns: each skips the times of the previous ones.
create or replace function schedule_sessions(purchase_ids uuid[], up_to int, at timestamptz)
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
declare
  -- Variables, so that no plan scans the whole index of course holders.
  unfinished constant text[] := array ['pending', 'attention'];
  going_on   constant text[] := array ['pending', 'attention', 'active'];
  at_once    uuid[];
  begun      uuid[];
begin
  perform lock_payments(purchase_ids);
  perform lock_trainers(purchase_ids);

  for at_once in
    select array_agg(h.id)
    from (
      select a.id, row_number() over (partition by a.trainer_id order by a.id) as turn
      from purchase u
      join allocation a on a.purchase_id = u.id and a.status <> 'ended'
      where u.id = any (purchase_ids)
        and u.status = any (going_on)) h
    group by h.turn
    order by h.turn
  loop
    insert into course_session (allocation_id, trainer_id, ordinal, total, scheduled_date, scheduled_time, zone,
                                starts_at, ends_at, planned_at)
    select a.id, a.trainer_id, o.free[d.place], a.sessions, d.day, (d.starts_at at time zone a.zone)::time, a.zone,
           d.starts_at, d.ends_at, schedule_sessions.at
    from allocation a
    cross join lateral (
      select count(*) filter (where c.status = 'scheduled' and c.starts_at > schedule_sessions.at) as future,
             coalesce(array_agg(c.scheduled_date), '{}') as days,
             coalesce(array_agg(c.ordinal) filter (where c.status <> 'cancelled'), '{}') as ordinals
      from course_session c
      where c.allocation_id = a.id) c
    cross join lateral (
      select array(select n from generate_series(1, a.sessions) n where n <> all (c.ordinals) order by n) as free) o
    cross join lateral available_slots(
      a.trainer_id, a.preferred_time, a.zone, a.session_minutes, (schedule_sessions.at at time zone a.zone)::date + 1, 91,
      least(up_to - c.future, cardinality(o.free))::int, c.days)
      with ordinality as d (day, starts_at, ends_at, place)
    where a.id = any (at_once)
      and c.future < up_to;
  end loop;

  with scheduled as (
    update purchase u
      set status = 'active'
      where u.id = any (purchase_ids)
        and u.status = any (unfinished)
        and exists (
          select
          from allocation a
          join course_session c on c.allocation_id = a.id and c.status <> 'cancelled'
          where a.purchase_id = u.id and a.status <> 'ended')
      returning u.id)
  select array_agg(s.id) into begun from scheduled s;
  perform emit_events('sessions.scheduled', array_agg(r.purchase_id), array_agg(r.correlation_id))
  from purchase_requests_of(begun) r;
  perform enqueue_notification('sessions.scheduled', purchase_ids);

  return query
    select u.id, case when u.status in ('pending', 'attention') then 'no-session' else 'ended' end
    from purchase u
    where u.id = any (purchase_ids) and u.status <> 'active';
end
$$;

-- Steps of a scheduled session. Each is one call in its own transaction. If a step is not possible it returns the reason and changes
-- nothing. Locks are taken in the order of the purchase's steps: payment, trainer, other rows.

-- Locks a session, after its purchase's payment and trainer.
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

-- Completes a session that has started, and records its earning at the given commission. The last session of a course completes the
-- purchase: its allocation ends and the trainer's place is free. Returns null, or why it is not possible.
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
  perform emit_event(
    'session.completed', complete_session.session_id, correlation,
    jsonb_build_object('purchaseId', held.purchase_id, 'trainerId', held.trainer_id, 'deliveredAt', delivered));
  perform record_earning(c.trainer_id, 'session', c.id, session_gross(v.amount_minor, a.sessions, c.ordinal), v.currency, delivered,
                         percent, complete_session.by)
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
    perform emit_event('purchase.completed', held.purchase_id, correlation);
  end if;
  return null;
end
$$;

-- Cancels a session that was not delivered. The top-up replaces it while the purchase is active. Returns null, or why it is not possible.
create or replace function cancel_session(session_id uuid, given_reason text, correlation text) returns text
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
  perform emit_event(
    'session.cancelled', cancel_session.session_id, correlation,
    jsonb_build_object('purchaseId', held.purchase_id, 'trainerId', held.trainer_id, 'reason', given_reason));
  return null;
end
$$;

-- Reschedules a session that was not delivered. Returns null, or why it is not possible.
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
  perform emit_event(
    'session.rescheduled', reschedule_session.session_id, correlation,
    jsonb_build_object('purchaseId', held.purchase_id, 'trainerId', held.trainer_id, 'from', held.starts_at, 'to', new_start), true);
  return null;
end
$$;

-- The sweep session-top-up fills up active allocations with too few future sessions. Its pages are ranges of trainers, so that two pages
-- never lock the same trainer and each locks few.

-- Plans the next pages after a trainer, of about page_size allocations each. The allocations of a trainer stay on one page.
create or replace function plan_session_top_up(after_trainer uuid, page_size int, pages int)
  returns table (up_to uuid, items int)
  language sql stable
as
$$
select b.up_to, b.items
from page_boundaries(
  array(
    select a.trainer_id
    from allocation a
    where a.status <> 'ended'
      and a.trainer_id > after_trainer
    order by a.trainer_id
    limit page_size * pages), page_size) b
$$;

-- The purchases of a page that have too few future sessions and sessions left in the course, ordered by trainer. Each allocation costs a
-- lookup of its next few sessions, however long its course is.
create or replace function allocations_to_top_up(
  after_trainer uuid, up_to_trainer uuid, fewer_than int, at timestamptz, out allocations int, out short uuid[])
  language sql stable
as
$$
select count(*)::int,
       coalesce(array_agg(a.purchase_id order by a.trainer_id, a.id) filter (where s.short), '{}')
from allocation a
join purchase u on u.id = a.purchase_id and u.status = 'active'
cross join lateral (
  select n.future < fewer_than
    and a.sessions > (
      select count(*) from course_session c where c.allocation_id = a.id and c.status <> 'cancelled') as short
  from (
    select count(*) as future
    from (
      select
      from course_session c
      where c.allocation_id = a.id
        and c.status = 'scheduled'
        and c.starts_at > allocations_to_top_up.at
      limit fewer_than) c) n
  offset 0) s
where a.status <> 'ended'
  and a.trainer_id > after_trainer
  and a.trainer_id <= up_to_trainer
$$;

create or replace function future_sessions(purchase_ids uuid[], at timestamptz) returns bigint
  language sql stable
as
$$
select count(*)
from allocation a
join course_session c on c.allocation_id = a.id
where a.purchase_id = any (purchase_ids)
  and a.status <> 'ended'
  and c.status = 'scheduled'
  and c.starts_at > future_sessions.at
$$;

-- Tops up a page, a few purchases per transaction, so that others do not wait long for the locked trainers. Call it outside of a
-- transaction. It collects failures and continues.
create or replace procedure top_up_sessions(
  after_trainer uuid, up_to_trainer uuid, fewer_than int, up_to int, at timestamptz,
  inout allocations int, inout topped_up int, inout sessions bigint, inout failed text[])
  language plpgsql
as
$$
declare
  at_once constant int := 50;
  short   uuid[];
  batch   uuid[];
  alone   uuid[];
  one     uuid;
  planned bigint;
begin
  select s.allocations, s.short
  into allocations, short
  from allocations_to_top_up(after_trainer, up_to_trainer, fewer_than, top_up_sessions.at) s;
  topped_up := cardinality(short);

  for place in 1 .. cardinality(short) by at_once loop
    batch := short[place : place + at_once - 1];
    alone := '{}';
    planned := future_sessions(batch, top_up_sessions.at);
    begin
      perform schedule_sessions(batch, top_up_sessions.up_to, top_up_sessions.at);
    exception
      when others then alone := batch;
    end;
    commit;

    foreach one in array alone loop
      begin
        perform schedule_sessions(array [one], top_up_sessions.up_to, top_up_sessions.at);
      exception
        when others then failed := failed || format('%s: %s', one, sqlerrm);
      end;
      commit;
    end loop;
    sessions := sessions + future_sessions(batch, top_up_sessions.at) - planned;
  end loop;
  topped_up := topped_up - cardinality(failed);
end
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_session (rule, subject_id, detail) as
select 'purchase-without-sessions', u.id, u.status || ' with a trainer, but without sessions'
from purchase u
join allocation a on a.purchase_id = u.id and a.status <> 'ended'
where (u.status = 'active' or u.status = 'pending' and a.allocated_at < now() - interval '5 minutes')
  and not exists (select from course_session c where c.allocation_id = a.id)
  and not exists (select from attention t where t.subject_id = u.id and t.status = 'open')
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
select 'session-of-ended-allocation', c.id, 'still scheduled, but its allocation has ended'
from course_session c
join allocation a on a.id = c.allocation_id
where c.status = 'scheduled'
  and a.status = 'ended'
  and c.starts_at > a.ended_at
union all
select 'session-delivered-before-start', c.id, 'starts ' || c.starts_at || ', but was delivered ' || c.delivered_at
from course_session c
where c.status = 'completed'
  and c.delivered_at < c.starts_at
union all
select 'session-completed-without-event', c.id, 'completed without the event session.completed'
from course_session c
where c.status = 'completed'
  and not exists (select from event e where e.type = 'session.completed' and e.subject_id = c.id)
union all
select 'session-event-without-completion', e.subject_id, 'event session.completed, but the session is not completed'
from event e
where e.type = 'session.completed'
  and not exists (select from course_session c where c.id = e.subject_id and c.status = 'completed')
union all
select 'purchase-completion-mismatch', u.id, u.status || ' with ' || n.given || ' sessions completed of ' || a.sessions
from allocation a
join purchase u on u.id = a.purchase_id
cross join lateral (
  select count(*) as given from course_session c where c.allocation_id = a.id and c.status = 'completed') n
where (u.status = 'completed' and n.given < a.sessions)
   or (u.status = 'active' and a.status <> 'ended' and n.given >= a.sessions);

-- A procedure that commits, such as top_up_sessions, cannot have settings of its own.
select pin_plans('schedule_sessions', 'complete_session', 'cancel_session', 'reschedule_session', 'plan_session_top_up',
                 'allocations_to_top_up', 'future_sessions');
