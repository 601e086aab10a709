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
  insert into event (type, subject_id, correlation_id, body, ordinal)
  select 'trainer.allocated', r.purchase_id, r.correlation_id, jsonb_build_object('trainerId', chosen),
         1 + (select count(*) from event e where e.type = 'trainer.allocated' and e.subject_id = r.purchase_id)
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
