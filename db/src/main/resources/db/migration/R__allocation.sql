-- A purchase's trainer: chosen by us, by an operator or by the admin service; and what happens as long as there is none.

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
  unfinished    constant text[] := array ['pending', 'attention'];
  locked        uuid[];
  wanted        record;
  found_trainer uuid;
  allocated     uuid[] := array []::uuid[];
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

  perform emit_events('trainer.allocated', array_agg(a.purchase_id order by a.purchase_id), array_agg(r.correlation_id order by a.purchase_id),
                      array_agg(jsonb_build_object('trainerId', a.trainer_id) order by a.purchase_id), true)
  from purchase_requests_of(allocated) r
  join allocation a on a.purchase_id = r.purchase_id and a.status <> 'ended';

  return query
    select u.id, 'ended' from purchase u
    where u.id = any (purchase_ids) and u.status not in ('pending', 'attention', 'active');
end
$$;

-- A trainer whom somebody else chose, an operator or the admin service: one more student, the allocation, the event. The caller has
-- locked the purchase's payment and seen that it has no trainer. Null where the trainer has the place now, else why not.
create or replace function allocate_place(for_purchase uuid, chosen uuid, allocation_status text, external_id text, at timestamptz) returns text
  language plpgsql
as
$$
begin
  update trainer t
  set load = t.load + 1, last_allocated_at = clock_timestamp()
  where t.vendor_id = chosen and t.load < t.capacity;
  if not found then
    return 'no-capacity';
  end if;

  insert into allocation (purchase_id, student_id, course_id, trainer_id, status, preferred_time, zone, slot_minute, session_minutes,
                          sessions, allocated_at, admin_service_id)
  select u.id, u.student_id, u.course_id, chosen, allocation_status, u.preferred_time, u.zone,
         extract(epoch from local_instant((allocate_place.at at time zone u.zone)::date + 1 + u.preferred_time, u.zone))::bigint / 60 % 1440,
         c.session_minutes, c.sessions, allocate_place.at, external_id
  from purchase u
  join course c on c.id = u.course_id
  where u.id = for_purchase;
  update purchase u
  set waiting_for_trainer_since = null
  where u.id = for_purchase and u.waiting_for_trainer_since is not null;
  perform emit_event('trainer.allocated', r.purchase_id, r.correlation_id, jsonb_build_object('trainerId', chosen), true)
  from purchase_requests_of(array [for_purchase]) r;
  return null;
end
$$;

-- Records what the admin service decided: who teaches, and whether that is approved or active; both are held, and active stays so.
-- Null where it stands here now, else why it cannot.
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

-- Gives a purchase that has no trainer the one whom an operator chose: qualified and below capacity, but not necessarily free at the
-- preferred time, as the operator has asked. Null where the purchase has the trainer now, else why it cannot be.
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
  if not exists (select from trainer_course q where q.trainer_id = chosen and q.course_id = wanted.course_id) then
    return 'not-qualified';
  end if;

  return allocate_place(for_purchase, chosen, 'active', null, assign_trainer.at);
end
$$;

create or replace function begin_trainer_wait(for_purchase uuid, at timestamptz) returns void
  language plpgsql
as
$$
begin
  update purchase u
  set waiting_for_trainer_since = begin_trainer_wait.at
  where u.id = for_purchase and u.waiting_for_trainer_since is null;
  if found then
    perform emit_event('trainer.unavailable', r.purchase_id, r.correlation_id)
    from purchase_requests_of(array [for_purchase]) r;
    perform enqueue_notification('trainer.unavailable', array [for_purchase]);
  end if;
end
$$;

-- Called inside the transaction that frees a place or a time of these trainers, whose rows it has locked. Writes a row for a trainer
-- below capacity, and only if somebody waits for one of the trainer's courses. A row that nobody has claimed yet speaks for this
-- place too: it is locked, which never waits, so that nobody claims it before the place is seen to be free. One that is claimed
-- already may have looked too early, and says nothing of this place.
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
      and t.load < t.capacity
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

-- Whose purchases have waited longest for a trainer of one of this trainer's courses; nobody's where the trainer has no place left.
-- Who waits for an operator is not woken.
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
      and t.load < t.capacity
    order by u.waiting_for_trainer_since, u.id
    limit at_most;
end
$$;

-- What must always hold: see afterMigrate__invariant_violation.sql.
create or replace view invariant_violation_allocation (rule, subject_id, detail) as
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
where t.load <> n.held;

select pin_plans('allocate_trainers', 'begin_trainer_wait', 'enqueue_trainer_free', 'waiting_for_trainer');
