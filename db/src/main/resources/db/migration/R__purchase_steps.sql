-- The steps of a purchase, each one call over a list of purchases, safe to run again, called inside the step's transaction.
-- Each locks the payments first, in order of id: whoever else touches one (a refund) does the same, so what is read stays true.
-- What a step cannot do for a purchase it returns as a row with its reason; an exception is an outage.

-- Step 1: payment, purchase, invoice and transaction, event purchase.created.
create or replace function create_purchases(purchase_ids uuid[])
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
begin
  -- Payment or refund, whoever comes first writes the payment's row.
  insert into payment (provider, provider_payment_id, amount_minor, currency)
  select r.provider, r.provider_payment_id, r.amount_minor, r.currency
  from purchase_request r
  where r.purchase_id = any (purchase_ids)
  order by r.provider, r.provider_payment_id
  on conflict do nothing;

  perform p.id
  from purchase_request r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  where r.purchase_id = any (purchase_ids)
  order by p.id
  for no key update of p;

  insert into purchase (id, student_id, course_id, payment_id, status, preferred_time, zone)
  select r.purchase_id, r.student_id, r.course_id, p.id, 'pending',
         coalesce(r.preferred_time, s.preferred_time, time '10:00'), coalesce(r.zone, s.zone)
  from purchase_request r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  join customer s on s.id = r.student_id
  join course c on c.id = r.course_id
  where r.purchase_id = any (purchase_ids)
  order by r.student_id, r.course_id
  on conflict do nothing;

  insert into transaction (payment_id, kind, amount_minor, currency)
  select p.id, 'charge', p.amount_minor, p.currency
  from purchase_request r
  join payment p on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
  where r.purchase_id = any (purchase_ids)
  on conflict do nothing;

  insert into invoice (purchase_id, amount_minor, currency)
  select u.id, p.amount_minor, p.currency
  from purchase u
  join payment p on p.id = u.payment_id
  where u.id = any (purchase_ids)
    and not exists (select from invoice v where v.purchase_id = u.id)
  order by u.id
  on conflict do nothing;

  insert into event (type, subject_id, correlation_id, body)
  select 'purchase.created', u.id, r.correlation_id,
         jsonb_build_object('studentId', u.student_id, 'courseId', u.course_id, 'paymentId', r.provider_payment_id)
  from purchase u
  join purchase_request r on r.purchase_id = u.id
  where u.id = any (purchase_ids)
  on conflict do nothing;

  return query
    select r.purchase_id,
           case
             when not exists (select from customer s where s.id = r.student_id) then 'unknown-student'
             when not exists (select from course c where c.id = r.course_id) then 'unknown-course'
             else 'duplicate-payment'
           end
    from purchase_request r
    where r.purchase_id = any (purchase_ids)
      and not exists (select from purchase u where u.id = r.purchase_id);
end
$$;

-- The days on which a trainer can teach at a local time, from a day on: not on weekends (the student's), holidays, outside
-- the trainer's hours (both the trainer's zone) or where the trainer is taken.
create or replace function teachable(
  for_trainer uuid, local_time time, in_zone text, minutes int, first_day date, days int)
  returns table (day date, starts_at timestamptz, ends_at timestamptz)
  language sql stable
as
$$
select d.day, s.starts_at, s.ends_at
from (select first_day + n as day from generate_series(0, days - 1) as n) d
cross join lateral (
  select i.starts_at, i.starts_at + make_interval(mins => minutes) as ends_at
  from (select local_instant(d.day + local_time, in_zone) as starts_at) i) s
join vendor v on v.id = for_trainer
cross join lateral (
  select s.starts_at at time zone v.zone as begins, s.ends_at at time zone v.zone as ends) l
where extract(isodow from d.day) < 6
  and not exists (
    select from trainer_holiday h where h.trainer_id = for_trainer and h.day = l.begins::date)
  and (
    not exists (select from trainer_hours h where h.trainer_id = for_trainer)
    or exists (
      select
      from trainer_hours h
      where h.trainer_id = for_trainer
        and h.weekday = extract(isodow from l.begins)
        and h.from_time <= l.begins::time
        and l.ends <= l.begins::date + h.to_time::interval))
  and not exists (
    select
    from course_session c
    where c.trainer_id = for_trainer
      and c.status = 'scheduled'
      and tstzrange(c.starts_at, c.ends_at) && tstzrange(s.starts_at, s.ends_at))
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
  wanted record;
  found_trainer uuid;
begin
  perform from payment p
  where p.id in (select u.payment_id from purchase u where u.id = any (purchase_ids))
  order by p.id
  for no key update;

  perform from trainer t
  where t.vendor_id in (
    select q.trainer_id
    from purchase u
    join trainer_course q on q.course_id = u.course_id
    where u.id = any (purchase_ids)
      and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended'))
  order by t.vendor_id
  for no key update;

  for wanted in
    select u.id, u.student_id, u.course_id, u.preferred_time, u.zone, c.sessions, c.session_minutes, d.tomorrow,
           extract(epoch from local_instant(d.tomorrow + u.preferred_time, u.zone))::bigint / 60 % 1440 as slot_minute,
           r.correlation_id
    from purchase u
    join purchase_request r on r.purchase_id = u.id
    join course c on c.id = u.course_id
    cross join lateral (select (allocate_trainers.at at time zone u.zone)::date + 1 as tomorrow) d
    where u.id = any (purchase_ids)
      and u.status in ('pending', 'attention')
      and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')
    order by u.id
  loop
    select t.vendor_id
    into found_trainer
    from (
      select t.vendor_id, t.load, t.last_allocated_at
      from trainer_course q
      join trainer t on t.vendor_id = q.trainer_id
      where q.course_id = wanted.course_id
        and t.load < t.capacity
        and not exists (
          select
          from allocation a
          where a.trainer_id = t.vendor_id
            and a.status <> 'ended'
            and (mod(a.slot_minute - wanted.slot_minute + 1440, 1440) < wanted.session_minutes
              or mod(wanted.slot_minute - a.slot_minute + 1440, 1440) < a.session_minutes))
      order by t.load, t.last_allocated_at nulls first, t.vendor_id
      -- so that the days below are looked up for the best trainer first, and seldom for a second
      offset 0) t
    where exists (
      select
      from teachable(t.vendor_id, wanted.preferred_time, wanted.zone, wanted.session_minutes, wanted.tomorrow, 28))
    limit 1;

    if found_trainer is null then
      update purchase u
      set waiting_for_trainer_since = coalesce(u.waiting_for_trainer_since, allocate_trainers.at)
      where u.id = wanted.id;
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
      update purchase u
      set waiting_for_trainer_since = null
      where u.id = wanted.id and u.waiting_for_trainer_since is not null;
      insert into event (type, subject_id, correlation_id, body, ordinal)
      select 'trainer.allocated', wanted.id, wanted.correlation_id, jsonb_build_object('trainerId', found_trainer),
             1 + count(*)
      from event e
      where e.type = 'trainer.allocated' and e.subject_id = wanted.id;
    end if;
  end loop;

  return query
    select u.id, 'ended' from purchase u
    where u.id = any (purchase_ids) and u.status not in ('pending', 'attention', 'active');
end
$$;

-- Step 3: fills each allocation up to a number of future sessions, one a day from tomorrow on, never beyond the course.
create or replace function schedule_sessions(purchase_ids uuid[], up_to int, at timestamptz)
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
declare
  added int;
begin
  perform from payment p
  where p.id in (select u.payment_id from purchase u where u.id = any (purchase_ids))
  order by p.id
  for no key update;

  perform from trainer t
  where t.vendor_id in (
    select a.trainer_id from allocation a where a.purchase_id = any (purchase_ids) and a.status <> 'ended')
  order by t.vendor_id
  for no key update;

  -- A time that another session takes first, be it of this very statement, is skipped by the insert and made up by the next round.
  loop
    insert into course_session (allocation_id, trainer_id, ordinal, total, scheduled_date, scheduled_time, zone,
                                starts_at, ends_at)
    select a.id, a.trainer_id, o.ordinal, a.sessions, f.day, (f.starts_at at time zone a.zone)::time, a.zone,
           f.starts_at, f.ends_at
    from purchase u
    join allocation a on a.purchase_id = u.id and a.status <> 'ended'
    cross join lateral (
      select up_to - count(*) as missing
      from course_session c
      where c.allocation_id = a.id and c.status = 'scheduled' and c.starts_at > schedule_sessions.at) m
    cross join lateral (
      select n as ordinal, row_number() over (order by n) as place
      from generate_series(1, a.sessions) n
      where not exists (
        select from course_session c where c.allocation_id = a.id and c.ordinal = n and c.status <> 'cancelled')
      order by n
      limit greatest(m.missing, 0)) o
    join lateral (
      select d.day, d.starts_at, d.ends_at, row_number() over (order by d.day) as place
      from (
        select d.day, d.starts_at, d.ends_at
        from teachable(a.trainer_id, a.preferred_time, a.zone, a.session_minutes,
                       (schedule_sessions.at at time zone a.zone)::date + 1, 91) d
        where not exists (
          select from course_session c where c.allocation_id = a.id and c.scheduled_date = d.day)
        order by d.day
        limit greatest(m.missing, 0)) d) f on f.place = o.place
    where u.id = any (purchase_ids)
      and u.status in ('pending', 'attention', 'active')
    order by a.trainer_id, f.starts_at
    on conflict do nothing;
    get diagnostics added = row_count;
    exit when added = 0;
  end loop;

  with scheduled as (
    update purchase u
      set status = 'active'
      where u.id = any (purchase_ids)
        and u.status in ('pending', 'attention')
        and exists (
          select
          from allocation a
          join course_session c on c.allocation_id = a.id and c.status <> 'cancelled'
          where a.purchase_id = u.id and a.status <> 'ended')
      returning u.id)
  insert
  into event (type, subject_id, correlation_id, body)
  select 'sessions.scheduled', s.id, r.correlation_id, '{}'
  from scheduled s
  join purchase_request r on r.purchase_id = s.id
  on conflict do nothing;

  return query
    select u.id, case when u.status in ('pending', 'attention') then 'no-session' else 'ended' end
    from purchase u
    where u.id = any (purchase_ids) and u.status <> 'active';
end
$$;

-- Ends purchases in whatever step they are: future sessions cancelled, allocation ended, the trainer's place free.
create or replace function cancel_purchases(purchase_ids uuid[], at timestamptz) returns void
  language plpgsql
as
$$
begin
  perform from payment p
  where p.id in (select u.payment_id from purchase u where u.id = any (purchase_ids))
  order by p.id
  for no key update;

  perform from trainer t
  where t.vendor_id in (
    select a.trainer_id from allocation a where a.purchase_id = any (purchase_ids) and a.status <> 'ended')
  order by t.vendor_id
  for no key update;

  update purchase u
  set status = 'cancelled', waiting_for_trainer_since = null
  where u.id = any (purchase_ids)
    and u.status in ('pending', 'attention', 'active');

  update course_session c
  set status = 'cancelled'
  from allocation a
  where a.purchase_id = any (purchase_ids)
    and a.status <> 'ended'
    and c.allocation_id = a.id
    and c.status = 'scheduled'
    and c.starts_at > cancel_purchases.at;

  with freed as (
    update allocation a
      set status = 'ended', ended_at = cancel_purchases.at
      where a.purchase_id = any (purchase_ids) and a.status <> 'ended'
      returning a.trainer_id)
  update trainer t
  set load = t.load - n.places
  from (select f.trainer_id, count(*) as places from freed f group by f.trainer_id) n
  where t.vendor_id = n.trainer_id;

  -- Also where no purchase was ever made, so that what was taken in is seen to have ended.
  insert into event (type, subject_id, correlation_id)
  select 'purchase.cancelled', r.purchase_id, r.correlation_id
  from purchase_request r
  where r.purchase_id = any (purchase_ids)
  on conflict do nothing;
end
$$;
