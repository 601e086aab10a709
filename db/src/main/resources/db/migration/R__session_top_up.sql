-- The sweep session-top-up: every active allocation with too few future sessions is filled up. Its pages are ranges of trainers,
-- so that two pages never lock the same trainer, and a page's locks are few.

-- The next pages behind a trainer, of about page_size allocations each: a trainer's allocations stay together.
create or replace function plan_session_top_up(after_trainer uuid, page_size int, pages int)
  returns table (up_to uuid, items int)
  language sql stable
as
$$
with taken as (
  select a.trainer_id
  from allocation a
  where a.status <> 'ended'
    and a.trainer_id > after_trainer
  order by a.trainer_id
  limit page_size * pages),
of_trainer as (
  select t.trainer_id, count(*) as held, (sum(count(*)) over (order by t.trainer_id))::bigint as so_far
  from taken t
  group by t.trainer_id)
select (array_agg(o.trainer_id order by o.trainer_id desc))[1], sum(o.held)::int
from of_trainer o
group by (o.so_far - 1) / page_size
order by 1
$$;

-- The purchases of a page that are short of future sessions and have some left to be given, a trainer's together. Each allocation
-- costs a look at its next few sessions, whatever its course is long.
create or replace function allocations_short_of_sessions(
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
        and c.starts_at > allocations_short_of_sessions.at
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

-- Tops up a page, a few purchases in a transaction of their own, so that nobody waits long for the trainers that it locks: call it
-- outside of a transaction. What cannot be done is told with its reason, and holds up nothing else.
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
  from allocations_short_of_sessions(after_trainer, up_to_trainer, fewer_than, top_up_sessions.at) s;
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

-- Planned once a session, by key: see R__purchase_steps.sql. A procedure that commits cannot have settings of its own.
do
$$
declare
  step text;
begin
  foreach step in array array ['plan_session_top_up', 'allocations_short_of_sessions', 'future_sessions'] loop
    execute format(
      'alter function %I set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off '
        'set enable_mergejoin = off set jit = off', step);
  end loop;
end
$$;
