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

  select u.status, u.student_id, u.course_id, u.preferred_time, u.zone, c.sessions, c.session_minutes, r.correlation_id,
         (assign_trainer.at at time zone u.zone)::date + 1 as tomorrow
  into wanted
  from purchase u
  join purchase_request r on r.purchase_id = u.id
  join course c on c.id = u.course_id
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

  update trainer t
  set load = t.load + 1, last_allocated_at = clock_timestamp()
  where t.vendor_id = chosen and t.load < t.capacity;
  if not found then
    return 'no-capacity';
  end if;

  insert into allocation (purchase_id, student_id, course_id, trainer_id, status, preferred_time, zone, slot_minute, session_minutes,
                          sessions, allocated_at)
  values (for_purchase, wanted.student_id, wanted.course_id, chosen, 'active', wanted.preferred_time, wanted.zone,
          extract(epoch from local_instant(wanted.tomorrow + wanted.preferred_time, wanted.zone))::bigint / 60 % 1440,
          wanted.session_minutes, wanted.sessions, assign_trainer.at);
  update purchase u
  set waiting_for_trainer_since = null
  where u.id = for_purchase and u.waiting_for_trainer_since is not null;
  insert into event (type, subject_id, correlation_id, body, ordinal)
  select 'trainer.allocated', for_purchase, wanted.correlation_id, jsonb_build_object('trainerId', chosen), 1 + count(*)
  from event e
  where e.type = 'trainer.allocated' and e.subject_id = for_purchase;
  return null;
end
$$;
