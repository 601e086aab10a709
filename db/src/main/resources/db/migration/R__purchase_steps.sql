-- The steps of a purchase, each one call over a list of purchases, safe to run again, called inside the step's transaction.
-- What a step cannot do for a purchase it returns as a row with its reason; an exception is an outage.
--
-- Every step locks in the same order, so that none waits in a ring: payments by id, then trainers by id, then its own rows.
-- A statement begun after a lock was given sees what the one before committed, so what a step reads stays true.

-- What purchases were asked to be, each read by its id: for every step that knows the ids. The kind is a variable because a plan for any kind cannot use the indexes of
-- purchases by payment and by student: planned while the intake was empty, these look no dearer than the right one, and are then
-- read whole for each row (decision 004).
create or replace function purchase_requests_of(purchase_ids uuid[])
  returns table (purchase_id uuid, provider text, provider_payment_id text, student_id uuid, course_id uuid, amount_minor bigint,
                 currency char(3), preferred_time time, zone text, correlation_id text)
  language plpgsql stable rows 50
as
$$
declare
  purchases constant text := 'purchase';
begin
  return query
    select i.business_id, i.body ->> 'provider', i.body ->> 'providerPaymentId', (i.body ->> 'studentId')::uuid,
           (i.body ->> 'courseId')::uuid, (i.body ->> 'amountMinor')::bigint, (i.body ->> 'currency')::char(3),
           (i.body ->> 'preferredTime')::time, i.body ->> 'zone', i.correlation_id
    from intake i
    where i.business_id = any (purchase_ids) and i.kind = purchases;
end
$$;

-- The money was confirmed, whatever becomes of the purchase. Payment or refund, whoever comes first writes the payment's row.
create or replace function record_payments(purchase_ids uuid[]) returns void
  language plpgsql
as
$$
begin
  insert into payment (provider, provider_payment_id, amount_minor, currency)
  select r.provider, r.provider_payment_id, r.amount_minor, r.currency
  from purchase_requests_of(purchase_ids) r
  order by r.provider, r.provider_payment_id
  on conflict do nothing;

  insert into transaction (payment_id, kind, amount_minor, currency)
  select p.id, 'charge', p.amount_minor, p.currency
  from purchase_requests_of(purchase_ids) r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  order by p.id
  on conflict do nothing;
end
$$;

create or replace function lock_payments(purchase_ids uuid[]) returns void
  language plpgsql
as
$$
begin
  perform p.id
  from purchase_requests_of(purchase_ids) r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  order by p.id
  for no key update of p;
end
$$;

-- The trainers who teach the purchases now.
create or replace function lock_trainers(purchase_ids uuid[]) returns void
  language plpgsql
as
$$
begin
  perform t.vendor_id
  from trainer t
  where t.vendor_id in (
    select a.trainer_id from allocation a where a.purchase_id = any (purchase_ids) and a.status <> 'ended')
  order by t.vendor_id
  for no key update;
end
$$;

-- Step 1: payment, purchase, invoice and transaction, event purchase.created.
-- Hosts of an earlier version name no time.
drop function if exists create_purchases(uuid[]);
create or replace function create_purchases(purchase_ids uuid[], at timestamptz default now())
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
begin
  perform record_payments(purchase_ids);
  perform lock_payments(purchase_ids);

  -- Of two payments for one course the one taken in first makes the purchase. What was cancelled before it was made stays so.
  insert into purchase (id, student_id, course_id, payment_id, status, preferred_time, zone)
  select r.purchase_id, r.student_id, r.course_id, p.id, 'pending',
         coalesce(r.preferred_time, s.preferred_time, time '10:00'), coalesce(r.zone, s.zone)
  from purchase_requests_of(purchase_ids) r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  join customer s on s.id = r.student_id and s.erased_at is null
  join course c on c.id = r.course_id
  where not exists (
    select
    -- by its subject alone, whose events are few
    from (select e.type from event e where e.subject_id = r.purchase_id offset 0) e
    where e.type in ('purchase.cancelled', 'purchase.refunded'))
  order by r.student_id, r.course_id, r.purchase_id
  on conflict do nothing;

  insert into invoice (purchase_id, amount_minor, currency)
  select u.id, p.amount_minor, p.currency
  from purchase u
  join payment p on p.id = u.payment_id
  where u.id = any (purchase_ids)
    -- a conflict would use up a number
    and not exists (select from invoice v where v.purchase_id = u.id)
  order by u.id;

  insert into event (type, subject_id, correlation_id, body)
  select 'purchase.created', u.id, r.correlation_id,
         jsonb_build_object('studentId', u.student_id, 'courseId', u.course_id, 'paymentId', r.provider_payment_id)
  from purchase_requests_of(purchase_ids) r
  join purchase u on u.id = r.purchase_id
  order by u.id
  on conflict do nothing;

  -- A refund that came before its payment ends the purchase here.
  perform book_refunds(
    array(
      select p.id
      from purchase_requests_of(purchase_ids) r
      join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id),
    create_purchases.at);

  return query
    select r.purchase_id,
           case
             when exists (
               select
               from (select e.type from event e where e.subject_id = r.purchase_id offset 0) e
               where e.type in ('purchase.cancelled', 'purchase.refunded')) then 'ended'
             when not exists (select from customer s where s.id = r.student_id and s.erased_at is null) then 'unknown-student'
             when not exists (select from course c where c.id = r.course_id) then 'unknown-course'
             else 'duplicate-payment'
           end
    from purchase_requests_of(purchase_ids) r
    where not exists (select from purchase u where u.id = r.purchase_id);
end
$$;

-- The first days on which a trainer can teach at a local time: not on weekends (the student's), not on the days named, not on
-- the trainer's holidays, not outside the trainer's hours, not where the trainer is taken. Holidays and hours are wall-clock
-- time of the trainer's zone.
-- Days are looked at one by one until there are enough: the order by place of the series needs no sort, and the conditions
-- with "offset 0" stay conditions of a day rather than become joins over all days.
create or replace function available_slots(
  for_trainer uuid, local_time time, in_zone text, minutes int, first_day date, days int, at_most int, not_on date[])
  returns table (day date, starts_at timestamptz, ends_at timestamptz)
  -- dear, and few rows: so that the planner asks it last
  language plpgsql stable cost 100000 rows 7
as
$$
declare
  trainer_zone constant text     := (select v.zone from vendor v where v.id = for_trainer);
  at_any_hour  constant boolean  := not exists (select from trainer_hours h where h.trainer_id = for_trainer);
  length       constant interval := make_interval(mins => minutes);
begin
  return query
    select d.day, s.starts_at, s.starts_at + length
    from generate_series(0, days - 1) with ordinality as n (later, place)
    cross join lateral (select first_day + n.later as day) d
    cross join lateral (
      select i.starts_at, i.starts_at at time zone trainer_zone as begins
      from (select local_instant(d.day + local_time, in_zone) as starts_at offset 0) i
      offset 0) s
    where extract(isodow from d.day) < 6
      and d.day <> all (not_on)
      and not exists (
        select
        from trainer_holiday h
        where h.trainer_id = for_trainer
          and tsrange(h.day, h.day + 1) && tsrange(s.begins, s.begins + length)
        offset 0)
      and (
        at_any_hour
        -- hours that touch, be it at midnight, are one stretch
        or tsrange(s.begins, s.begins + length) <@ (
          select range_agg(tsrange(w.day + h.from_time, w.day + h.to_time))
          from (values (s.begins::date), (s.begins::date + 1)) w (day)
          join trainer_hours h on h.weekday = extract(isodow from w.day)
          where h.trainer_id = for_trainer))
      -- scheduled sessions of a trainer do not overlap (course_session_trainer_in_one_place), so of those begun before the end only
      -- the last can be in the way
      and coalesce((
        select c.ends_at <= s.starts_at
        from course_session c
        where c.trainer_id = for_trainer
          and c.status = 'scheduled'
          and c.starts_at < s.starts_at + length
        order by c.starts_at desc
        limit 1), true)
    order by n.place
    limit at_most;
end
$$;

-- Step 2: the built-in allocator. Qualified, below capacity, free at the preferred time, least loaded, longest idle.
-- Free: no other student of the trainer has a lesson at that time of day, and within four weeks there is a day to begin on.
-- One after the other because each choice changes the loads that the next one looks at.
create or replace function allocate_trainers(purchase_ids uuid[], at timestamptz)
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
declare
  -- a variable, so that no plan can read the index of who holds a course whole
  unfinished    constant text[] := '{pending,attention}';
  locked        uuid[];
  wanted        record;
  found_trainer uuid;
  allocated     uuid[] := '{}';
begin
  perform lock_payments(purchase_ids);

  -- The ids as an array first: they come from an index alone, and the trainers then in order.
  select array_agg(t.vendor_id)
  into locked
  from (
    select t.vendor_id
    from trainer t
    where t.load < t.capacity
      and t.vendor_id = any (array(
        select distinct q.trainer_id
        from purchase u
        join trainer_course q on q.course_id = u.course_id
        where u.id = any (purchase_ids)
          and u.status = any (unfinished)
          and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')))
    order by t.vendor_id
    for no key update) t;

  for wanted in
    select u.id, u.student_id, u.course_id, u.preferred_time, u.zone, c.sessions, c.session_minutes, d.tomorrow,
           u.waiting_for_trainer_since is not null as is_waiting,
           extract(epoch from local_instant(d.tomorrow + u.preferred_time, u.zone))::bigint / 60 % 1440 as slot_minute
    from purchase u
    join course c on c.id = u.course_id
    cross join lateral (select (allocate_trainers.at at time zone u.zone)::date + 1 as tomorrow) d
    where u.id = any (purchase_ids)
      and u.status = any (unfinished)
      and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')
    order by u.id
  loop
    select t.vendor_id
    into found_trainer
    from (
      select t.vendor_id, t.load, t.last_allocated_at
      from trainer t
      where t.vendor_id = any (array(
        select q.trainer_id from trainer_course q where q.course_id = wanted.course_id))
        and t.load < t.capacity
      order by t.load, t.last_allocated_at nulls first, t.vendor_id
      -- sorted before anyone is looked at more closely, so that it is seldom more than the first
      offset 0) t
    where t.vendor_id = any (locked)
      and not exists (
      select
      from allocation a
      where a.trainer_id = t.vendor_id
        and a.status <> 'ended'
        and (mod(a.slot_minute - wanted.slot_minute + 1440, 1440) < wanted.session_minutes
          or mod(wanted.slot_minute - a.slot_minute + 1440, 1440) < a.session_minutes)
      offset 0)
      and exists (
        select
        from available_slots(t.vendor_id, wanted.preferred_time, wanted.zone, wanted.session_minutes, wanted.tomorrow, 28, 1, '{}'))
    order by t.load, t.last_allocated_at nulls first, t.vendor_id
    limit 1;

    if found_trainer is null then
      perform begin_trainer_wait(wanted.id, allocate_trainers.at);
      refused_id := wanted.id;
      reason := 'no-trainer';
      return next;
    else
      insert into allocation (purchase_id, student_id, course_id, trainer_id, status, preferred_time, zone, slot_minute,
                              session_minutes, sessions, allocated_at)
      values (wanted.id, wanted.student_id, wanted.course_id, found_trainer, 'active', wanted.preferred_time,
              wanted.zone, wanted.slot_minute, wanted.session_minutes, wanted.sessions, allocate_trainers.at);
      update trainer t
      set load = t.load + 1, last_allocated_at = clock_timestamp()
      where t.vendor_id = found_trainer;
      if wanted.is_waiting then
        update purchase u set waiting_for_trainer_since = null where u.id = wanted.id;
      end if;
      allocated := allocated || wanted.id;
    end if;
  end loop;

  insert into event (type, subject_id, correlation_id, body, ordinal)
  select 'trainer.allocated', a.purchase_id, r.correlation_id, jsonb_build_object('trainerId', a.trainer_id),
         1 + (select count(*) from event e where e.type = 'trainer.allocated' and e.subject_id = a.purchase_id)
  from purchase_requests_of(allocated) r
  join allocation a on a.purchase_id = r.purchase_id and a.status <> 'ended'
  order by a.id;

  return query
    select u.id, 'ended' from purchase u
    where u.id = any (purchase_ids) and u.status not in ('pending', 'attention', 'active');
end
$$;

-- Step 3: fills each allocation up to a number of future sessions, one a day from tomorrow on, never beyond the course.
-- All at once, but for allocations of one trainer: each takes times that the next one then skips.
create or replace function schedule_sessions(purchase_ids uuid[], up_to int, at timestamptz)
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
declare
  -- variables, so that no plan can read the index of who holds a course whole
  unfinished constant text[] := '{pending,attention}';
  going_on   constant text[] := '{pending,attention,active}';
  at_once    uuid[];
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
  insert
  into event (type, subject_id, correlation_id, body)
  select 'sessions.scheduled', s.id, r.correlation_id, '{}'
  from purchase_requests_of(purchase_ids) r
  join scheduled s on s.id = r.purchase_id
  on conflict do nothing;
  perform enqueue_notification('sessions.scheduled', purchase_ids);

  return query
    select u.id, case when u.status in ('pending', 'attention') then 'no-session' else 'ended' end
    from purchase u
    where u.id = any (purchase_ids) and u.status <> 'active';
end
$$;

-- Moves purchases from one of some statuses to their last: future sessions cancelled, allocation ended, the trainer's place free.
-- The caller has locked payments and trainers.
create or replace function end_purchases(purchase_ids uuid[], from_statuses text[], to_status text, at timestamptz) returns void
  language plpgsql
as
$$
begin
  update purchase u
  set status = to_status, waiting_for_trainer_since = null
  where u.id = any (purchase_ids)
    and u.status = any (from_statuses);

  update course_session c
  set status = 'cancelled'
  from allocation a
  where a.purchase_id = any (purchase_ids)
    and a.status <> 'ended'
    and c.allocation_id = a.id
    and c.status = 'scheduled'
    and c.starts_at > end_purchases.at;

  with freed as (
    update allocation a
      set status = 'ended', ended_at = end_purchases.at
      where a.purchase_id = any (purchase_ids) and a.status <> 'ended'
      returning a.trainer_id)
  update trainer t
  set load = t.load - n.places
  from (select f.trainer_id, count(*) as places from freed f group by f.trainer_id) n
  where t.vendor_id = n.trainer_id;
  perform enqueue_trainer_free(array(
    select a.trainer_id from allocation a where a.purchase_id = any (purchase_ids) and a.ended_at = end_purchases.at));
end
$$;

-- Cancels purchases in whatever step they are, also before the first. One that is over already stays what it is.
create or replace function cancel_purchases(purchase_ids uuid[], at timestamptz) returns void
  language plpgsql
as
$$
begin
  perform record_payments(purchase_ids);
  perform lock_payments(purchase_ids);
  perform lock_trainers(purchase_ids);
  perform end_purchases(purchase_ids, array ['pending', 'attention', 'active'], 'cancelled', cancel_purchases.at);

  -- Also where no purchase was ever made, so that what was taken in is seen to have ended.
  insert into event (type, subject_id, correlation_id)
  select 'purchase.cancelled', r.purchase_id, r.correlation_id
  from purchase_requests_of(purchase_ids) r
  left join purchase u on u.id = r.purchase_id
  where (u.id is null or u.status = 'cancelled')
    and not exists (select from event e where e.type = 'purchase.refunded' and e.subject_id = r.purchase_id)
  order by r.purchase_id
  on conflict do nothing;
  perform stop_messages(purchase_ids);
  perform enqueue_notification('purchase.cancelled', purchase_ids);
end
$$;

-- Each step looks up a few rows by key, whatever the tables hold. So it is planned once a session rather than at every call
-- (which would cost more than the step), and so that a plan made on tables never analyzed serves them full; not one made on tables
-- analyzed while empty (decision 004).
do
$$
declare
  step text;
begin
  foreach step in array array ['purchase_requests_of', 'create_purchases', 'allocate_trainers', 'schedule_sessions', 'cancel_purchases'] loop
    execute format(
      'alter function %I set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off '
        'set enable_mergejoin = off set enable_memoize = off set jit = off', step);
  end loop;
end
$$;
