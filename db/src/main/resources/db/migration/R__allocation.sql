-- Allocation decides which trainer gets a purchase. The functions of the first part are the policy: which trainers qualify, which are free,
-- and in which order they are chosen. PostgreSQL inlines those that are called in "from". The second part applies the policy.

-- Which trainers qualify: the trainers of the course.
create or replace function qualified_trainers(for_course uuid) returns setof uuid
  language sql stable
as
$$
select q.trainer_id
from trainer_course q
where q.course_id = for_course
$$;

-- Whether a trainer has room for one more student.
create or replace function has_place(t trainer) returns boolean
  language sql immutable
as
$$
select t.load < t.capacity
$$;

-- In which order: the least loaded trainer first, then the one that has been idle longest. The ids are an array because they come from an
-- index alone. "offset 0" makes PostgreSQL sort the trainers before it examines any of them, so it rarely examines more than the first one.
create or replace function trainers_in_order(for_course uuid) returns setof trainer
  language sql stable
as
$$
select t.*
from trainer t
where t.vendor_id = any (array(select q from qualified_trainers(for_course) q))
  and has_place(t)
order by t.load, t.last_allocated_at nulls first, t.vendor_id
offset 0
$$;

-- Whether a trainer is free at a time of day: returns the allocations of other students that overlap with the slot.
create or replace function allocations_in_slot(for_trainer uuid, slot_minute int, minutes int) returns setof uuid
  language sql stable
as
$$
select a.id
from allocation a
where a.trainer_id = for_trainer
  and a.status <> 'ended'
  and (mod(a.slot_minute - allocations_in_slot.slot_minute + 1440, 1440) < minutes
    or mod(allocations_in_slot.slot_minute - a.slot_minute + 1440, 1440) < a.session_minutes)
$$;

-- Whether a trainer is free on a day: returns the holidays that overlap with a lesson, in wall-clock time of the trainer's zone.
create or replace function holidays_during(for_trainer uuid, lesson tsrange) returns setof date
  language sql stable
as
$$
select h.day
from trainer_holiday h
where h.trainer_id = for_trainer
  and tsrange(h.day, h.day + 1) && lesson
$$;

-- The working hours of a trainer on a day and the next day, in wall-clock time of the trainer's zone. Adjacent hours form one range, also
-- across midnight. A trainer without any rows works at all hours.
create or replace function working_hours(for_trainer uuid, on_day date) returns table (hours tsmultirange)
  language sql stable
as
$$
select range_agg(tsrange(w.day + h.from_time, w.day + h.to_time))
from (values (on_day), (on_day + 1)) w (day)
join trainer_hours h on h.weekday = extract(isodow from w.day)
where h.trainer_id = for_trainer
$$;

-- A scheduled session of a trainer that overlaps with a time, except for the session that is being moved. Sessions of one trainer do not
-- overlap (course_session_trainer_in_one_place), so only the last session that starts before the end can be in the way.
create or replace function conflicting_session(for_trainer uuid, begins timestamptz, ends timestamptz, moved_session uuid)
  returns setof uuid
  language sql stable
as
$$
select c.id
from (
  select c.id, c.ends_at
  from course_session c
  where c.trainer_id = for_trainer
    and c.status = 'scheduled'
    and c.starts_at < ends
    and c.id is distinct from moved_session
  order by c.starts_at desc
  limit 1) c
where c.ends_at > begins
$$;

-- The first days on which a trainer can teach at a local time: not on weekends in the student's zone, not on the given days, and only when
-- the trainer is free. The query examines one day after the other until it has enough. Ordering by the position of the series needs no
-- sort, and "offset 0" keeps PostgreSQL from computing a value again for each condition.
create or replace function available_slots(
  for_trainer uuid, local_time time, in_zone text, minutes int, first_day date, days int, at_most int, not_on date[])
  returns table (day date, starts_at timestamptz, ends_at timestamptz)
  -- Expensive, with few rows: the planner calls it last.
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
      and not exists (select from holidays_during(for_trainer, tsrange(s.begins, s.begins + length)))
      and (
        at_any_hour
        or tsrange(s.begins, s.begins + length) <@ (select w.hours from working_hours(for_trainer, s.begins::date) w))
      and not exists (select from conflicting_session(for_trainer, s.starts_at, s.starts_at + length, null))
    order by n.place
    limit at_most;
end
$$;

-- Why a trainer is not free at a given time. Null if the trainer is free.
create or replace function unavailability_reason(
  for_trainer uuid, begins timestamptz, ends timestamptz, moved_session uuid) returns text
  language sql stable
as
$$
select case
         when exists (select from holidays_during(for_trainer, t.lesson)) then 'trainer-on-holiday'
         when exists (select from trainer_hours h where h.trainer_id = for_trainer)
           and not coalesce(t.lesson <@ (select w.hours from working_hours(for_trainer, lower(t.lesson)::date) w), false)
           then 'outside-hours'
         when exists (select from conflicting_session(for_trainer, begins, ends, moved_session)) then 'trainer-taken'
       end
from vendor v
cross join lateral (
  select tsrange(begins at time zone v.zone, (begins at time zone v.zone) + (ends - begins)) as lesson) t
where v.id = for_trainer
$$;

-- The allocation of a purchase, without its trainer.
create or replace function draft_allocation(p purchase, at timestamptz) returns allocation
  language sql volatile
as
$$
select row (
  new_id(), p.id, p.student_id, p.course_id, null, 'active', p.preferred_time, p.zone,
  extract(epoch from local_instant((draft_allocation.at at time zone p.zone)::date + 1 + p.preferred_time, p.zone))::bigint / 60 % 1440,
  p.session_minutes, p.sessions, null, draft_allocation.at, null)::allocation
$$;

-- Allocates the trainer of the draft to its purchase. False if the trainer has no free place.
create or replace function reserve_place(draft allocation) returns boolean
  language plpgsql
as
$$
begin
  update trainer t
  set load = t.load + 1, last_allocated_at = clock_timestamp()
  where t.vendor_id = draft.trainer_id and has_place(t);
  if found then
    insert into allocation values (draft.*);
  end if;
  return found;
end
$$;

-- Step 2: the built-in allocator. The trainer must be free at the preferred time on a day within four weeks. Purchases are allocated one
-- after the other, because each choice changes the loads that the next one reads.
create or replace function allocate_trainers(purchase_ids uuid[], at timestamptz)
  returns table (refused_id uuid, reason text)
  language plpgsql
as
$$
declare
  -- A variable, so that no plan scans the whole index of course holders.
  unfinished constant text[] := array ['pending', 'attention'];
  locked     uuid[];
  wanted     record;
  draft      allocation;
  allocated  uuid[] := array []::uuid[];
begin
  perform lock_payments(purchase_ids);

  -- The ids are an array: they come from an index alone, and the trainers are then locked in order.
  select array_agg(t.vendor_id)
  into locked
  from (
    select t.vendor_id
    from trainer t
    where has_place(t)
      and t.vendor_id = any (array(
        select distinct q.trainer_id
        from purchase u
        cross join lateral qualified_trainers(u.course_id) as q (trainer_id)
        where u.id = any (purchase_ids)
          and u.status = any (unfinished)
          and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')))
    order by t.vendor_id
    for no key update) t;

  for wanted in
    select draft_allocation(u, allocate_trainers.at) as draft, (allocate_trainers.at at time zone u.zone)::date + 1 as tomorrow,
           u.waiting_for_trainer_since is not null as is_waiting
    from purchase u
    where u.id = any (purchase_ids)
      and u.status = any (unfinished)
      and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')
    order by u.id
  loop
    draft := wanted.draft;
    select t.vendor_id
    into draft.trainer_id
    from trainers_in_order(draft.course_id) t
    where t.vendor_id = any (locked)
      and not exists (select from allocations_in_slot(t.vendor_id, draft.slot_minute, draft.session_minutes))
      and exists (
        select
        from available_slots(t.vendor_id, draft.preferred_time, draft.zone, draft.session_minutes, wanted.tomorrow, 28, 1, '{}'))
    limit 1;

    if draft.trainer_id is null then
      perform start_trainer_wait(draft.purchase_id, allocate_trainers.at);
      refused_id := draft.purchase_id;
      reason := 'no-trainer';
      return next;
    else
      perform reserve_place(draft);
      if wanted.is_waiting then
        perform end_trainer_wait(draft.purchase_id);
      end if;
      allocated := allocated || draft.purchase_id;
    end if;
  end loop;

  perform emit_events('trainer.allocated', array_agg(a.purchase_id), array_agg(r.correlation_id),
                      array_agg(jsonb_build_object('trainerId', a.trainer_id)), true)
  from purchase_requests_of(allocated) r
  join allocation a on a.purchase_id = r.purchase_id and a.status <> 'ended';

  return query
    select u.id, 'ended' from purchase u
    where u.id = any (purchase_ids) and u.status not in ('pending', 'attention', 'active');
end
$$;

-- Allocates the trainer that an operator or the admin service chose. The caller has locked the purchase's payment and checked that it has
-- no trainer. Returns null, or why the trainer cannot have the place.
create or replace function allocate_place(for_purchase uuid, chosen uuid, allocation_status text, external_id text, at timestamptz)
  returns text
  language plpgsql
as
$$
declare
  draft allocation;
begin
  draft := (
    select draft_allocation(u, allocate_place.at)
    from purchase u
    where u.id = for_purchase);
  draft.trainer_id := chosen;
  draft.status := allocation_status;
  draft.admin_service_id := external_id;
  if not reserve_place(draft) then
    return 'no-capacity';
  end if;

  perform end_trainer_wait(for_purchase);
  perform emit_event('trainer.allocated', r.purchase_id, r.correlation_id, jsonb_build_object('trainerId', chosen), true)
  from purchase_requests_of(array [for_purchase]) r;
  return null;
end
$$;

-- Records the decision of the admin service: the trainer, and whether the allocation is approved or active. Both hold a place, and an
-- active allocation stays active. Returns null, or why the decision cannot be recorded.
create or replace function record_allocation(for_purchase uuid, chosen uuid, allocation_status text, external_id text, at timestamptz)
  returns text
  language plpgsql
as
$$
declare
  held record;
begin
  perform lock_payments(array [for_purchase]);
  if not exists (select from purchase u where u.id = for_purchase and u.status in ('pending', 'attention', 'active')) then
    return 'ended';
  end if;

  select a.id, a.trainer_id into held from allocation a where a.purchase_id = for_purchase and a.status <> 'ended';
  if held.id is null then
    if not exists (select from trainer t where t.vendor_id = chosen) then
      return 'unknown-trainer';
    end if;
    return allocate_place(for_purchase, chosen, allocation_status, external_id, record_allocation.at);
  elsif held.trainer_id <> chosen then
    return 'has-trainer';
  end if;

  update allocation a
  set status = 'active'
  where a.id = held.id and a.status = 'approved' and allocation_status = 'active';
  return null;
end
$$;

-- Assigns the trainer that an operator chose to a purchase without one. The trainer must qualify and have a free place, but may be busy at
-- the preferred time. Returns null, or why the trainer cannot be assigned.
create or replace function assign_trainer(for_purchase uuid, chosen uuid, at timestamptz) returns text
  language plpgsql
as
$$
declare
  wanted record;
  held   uuid;
begin
  perform lock_payments(array [for_purchase]);

  select u.status, u.course_id
  into wanted
  from purchase u
  where u.id = for_purchase;
  if wanted.status is null or wanted.status not in ('pending', 'attention', 'active') then
    return 'ended';
  end if;

  select a.trainer_id into held from allocation a where a.purchase_id = for_purchase and a.status <> 'ended';
  if held is not null then
    return case when held <> chosen then 'has-trainer' end;
  end if;
  if not exists (select from vendor v where v.id = chosen) then
    return 'unknown-vendor';
  end if;
  if not exists (select from qualified_trainers(wanted.course_id) q where q = chosen) then
    return 'not-qualified';
  end if;

  return allocate_place(for_purchase, chosen, 'active', null, assign_trainer.at);
end
$$;

create or replace function end_trainer_wait(of_purchase uuid) returns void
  language plpgsql
as
$$
begin
  update purchase u
  set waiting_for_trainer_since = null
  where u.id = of_purchase and u.waiting_for_trainer_since is not null;
end
$$;

create or replace function start_trainer_wait(for_purchase uuid, at timestamptz) returns void
  language plpgsql
as
$$
begin
  update purchase u
  set waiting_for_trainer_since = start_trainer_wait.at
  where u.id = for_purchase and u.waiting_for_trainer_since is null;
  if found then
    perform emit_event('trainer.unavailable', r.purchase_id, r.correlation_id)
    from purchase_requests_of(array [for_purchase]) r;
    perform enqueue_notification('trainer.unavailable', array [for_purchase]);
  end if;
end
$$;

-- Call this in the transaction that frees a place or a time of these trainers, with their rows locked. It writes an intake row for a
-- trainer who has a free place, if a purchase waits for one of the trainer's courses. A row that nobody has claimed covers this place too:
-- it is locked without waiting, so that nobody claims it before the place is visible. The run of a row that is already claimed may have
-- looked too early, so it does not cover this place.
create or replace function enqueue_trainer_free(trainer_ids uuid[]) returns void
  language plpgsql
as
$$
declare
  free uuid;
  id   uuid;
begin
  for free in
    select t.vendor_id
    from trainer t
    where t.vendor_id = any (trainer_ids)
      and has_place(t)
      and exists (
        select
        from trainer_course q
        join purchase u on u.course_id = q.course_id
        where q.trainer_id = t.vendor_id
          and u.waiting_for_trainer_since is not null
          and u.status = 'pending')
    order by t.vendor_id
  loop
    perform
    from intake i
    where i.kind = 'trainer-free'
      and i.done_at is null
      and i.body ->> 'trainerId' = free::text
      and i.claims = 0
    order by i.id
    limit 1
    for no key update skip locked;
    continue when found;

    id := new_id();
    perform enqueue('trainer-free', 'trainer-free', id::text, id, jsonb_build_object('trainerId', free), null, 'trainer-free/' || id);
  end loop;
end
$$;

-- The purchases that have waited longest for one of this trainer's courses. None if the trainer has no free place. Purchases that wait for
-- an operator are left out.
create or replace function waiting_for_trainer(free_trainer uuid, at_most int)
  returns table (provider text, provider_payment_id text)
  language plpgsql stable
as
$$
begin
  return query
    select p.provider, p.provider_payment_id
    from trainer t
    join trainer_course q on q.trainer_id = t.vendor_id
    cross join lateral (
      select u.id, u.payment_id, u.waiting_for_trainer_since
      from purchase u
      where u.course_id = q.course_id
        and u.waiting_for_trainer_since is not null
        and u.status = 'pending'
      order by u.waiting_for_trainer_since, u.id
      limit at_most) u
    join payment p on p.id = u.payment_id
    where t.vendor_id = free_trainer
      and has_place(t)
    order by u.waiting_for_trainer_since, u.id
    limit at_most;
end
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_allocation (rule, subject_id, detail) as
select 'purchase-without-trainer', u.id, u.status || ' since ' || u.created_at || ' without an allocation, and not waiting for a trainer'
from purchase u
where u.status in ('pending', 'active')
  and u.created_at < now() - interval '5 minutes'
  and not coalesce(u.waiting_for_trainer_since > now() - interval '25 hours', false)
  and not exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended')
  and not exists (select from attention t where t.subject_id = u.id and t.status = 'open')
union all
select 'trainer-wait-without-event', u.id,
       'waits for a trainer since ' || u.waiting_for_trainer_since || ', without the event trainer.unavailable'
from purchase u
where u.waiting_for_trainer_since is not null
  and not exists (select from event e where e.type = 'trainer.unavailable' and e.subject_id = u.id)
union all
select 'trainer-wait-obsolete', u.id, 'waits for a trainer, but is ' || u.status || ' or has a trainer'
from purchase u
where u.waiting_for_trainer_since is not null
  and (u.status not in ('pending', 'attention')
    or exists (select from allocation a where a.purchase_id = u.id and a.status <> 'ended'))
union all
select 'allocation-never-active', a.id, 'approved since ' || a.allocated_at || ', not active, and without an attention item'
from allocation a
where a.status = 'approved'
  and a.allocated_at < now() - interval '25 hours'
  and not exists (select from attention t where t.subject_id = a.purchase_id and t.status = 'open')
union all
select 'allocation-of-ended-purchase', a.id, 'not ended, but its purchase is ' || u.status
from allocation a
join purchase u on u.id = a.purchase_id
where a.status <> 'ended'
  and u.status in ('refunded', 'cancelled', 'completed')
union all
select 'trainer-load', t.vendor_id, 'load ' || t.load || ', but ' || n.held || ' allocations'
from trainer t
cross join lateral (
  select count(*) as held from allocation a where a.trainer_id = t.vendor_id and a.status <> 'ended') n
where t.load <> n.held;

select pin_plans('allocate_trainers', 'start_trainer_wait', 'enqueue_trainer_free', 'waiting_for_trainer');
