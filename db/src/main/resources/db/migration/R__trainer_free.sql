-- No trainer is free: since when a purchase waits, the event that tells it (once a purchase), and who is told when a place falls free.

create or replace function begin_trainer_wait(for_purchase uuid, at timestamptz) returns void
  language plpgsql
as
$$
begin
  update purchase u
  set waiting_for_trainer_since = begin_trainer_wait.at
  where u.id = for_purchase and u.waiting_for_trainer_since is null;
  if found then
    insert into event (type, subject_id, correlation_id)
    select 'trainer.unavailable', r.purchase_id, r.correlation_id
    from purchase_requests_of(array [for_purchase]) r
    on conflict do nothing;
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

    insert into intake (kind, source, key, body_hash, business_id, body, correlation_id)
    select 'trainer-free', 'trainer-free', n.id::text, sha256(convert_to(b.body::text, 'UTF8')), n.id, b.body, 'trainer-free/' || n.id
    from (select new_id() as id) n
    cross join (select jsonb_build_object('trainerId', free) as body) b;
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

-- Planned once a session, by key: see R__purchase_steps.sql.
do
$$
declare
  step text;
begin
  foreach step in array array ['begin_trainer_wait', 'enqueue_trainer_free', 'waiting_for_trainer'] loop
    execute format(
      'alter function %I set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off '
        'set enable_mergejoin = off set jit = off', step);
  end loop;
end
$$;
