-- Foundation: ids, local times, pages, pinned plans, and the rights of the application's role.

create extension if not exists btree_gist;

alter default privileges in schema public grant select, insert, update, delete on tables to mainstay_app;
alter default privileges in schema public grant usage on sequences to mainstay_app;

-- Generates a UUID v7 (RFC 9562, method 3: the 12 bits behind the version hold the microseconds). Ids rise with time, so rows that are
-- written together lie together in the index. PostgreSQL 15 to 17 have no uuidv7().
create function new_id() returns uuid
  language plpgsql volatile parallel safe
as
$$
declare
  micros bigint := extract(epoch from clock_timestamp()) * 1000000;
begin
  return encode(
    overlay(
      uuid_send(gen_random_uuid())
      placing int8send((micros / 1000) << 16 | 28672 | ((micros % 1000) * 4096 / 1000))
      from 1 for 8),
    'hex')::uuid;
end
$$;

-- Generates an id with the time of another one, so that a row that replaces another keeps its place in the order of ids.
create function monotonic_id(id uuid) returns uuid
  language sql volatile parallel safe
as
$$
select encode(overlay(uuid_send(gen_random_uuid()) placing substring(uuid_send(id) from 1 for 8) from 1 for 8), 'hex')::uuid
$$;

-- Returns the instant of a local time. A time that a daylight-saving change skips moves forward by the gap; of an ambiguous time it
-- takes the earlier instant, where PostgreSQL takes the later. java.time's LocalDateTime.atZone gives the same results.
create function local_instant(local_time timestamp, zone text) returns timestamptz
  language plpgsql stable parallel safe
as
$$
declare
  later           constant timestamptz := local_time at time zone zone;
  before          constant timestamptz := later - interval '6 hours';
  offset_before   constant interval    := (before at time zone zone) - (before at time zone 'UTC');
  earlier         constant timestamptz := (local_time - offset_before) at time zone 'UTC';
begin
  if earlier < later and earlier at time zone zone = local_time then
    return earlier;
  end if;
  return later;
end
$$;

-- Makes PostgreSQL plan the statements of these functions once a session, and only by index. Each of these functions looks up a few rows
-- by key, however large the tables are: planning at every call would cost more than the call, and a plan made on empty tables has to
-- serve full ones (decision 004). "create or replace" resets it, so each file calls this function at its end.
create function pin_plans(variadic functions text[]) returns void
  language plpgsql
as
$$
declare
  pinned text;
begin
  foreach pinned in array functions loop
    execute format(
      'alter function %I set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off '
        'set enable_mergejoin = off set enable_memoize = off set jit = off', pinned);
  end loop;
end
$$;

-- Cuts an ordered list of keys into pages. Returns the last key of each page, its position in the list, and the number of keys on the
-- page. Equal keys stay on one page, the page of the last of them.
create function page_boundaries(keys anyarray, page_size int) returns table (up_to anyelement, place int, items int)
  language sql immutable
as
$$
select (array_agg(k.key order by k.place desc))[1], max(k.place)::int, sum(k.items)::int
from (
  select u.key, count(*) as items, max(u.place) as place
  from unnest(keys) with ordinality as u (key, place)
  group by u.key) k
group by (k.place - 1) / page_size
order by max(k.place)
$$;

-- Refuses a status that may not follow the current one. The arguments of each table's trigger list the allowed transitions, such as
-- 'open > paid'. The Java enum lists the same ones, and a test compares the two.
create function check_status_move() returns trigger
  language plpgsql
as
$$
begin
  if old.status || ' > ' || new.status <> all (tg_argv) then
    raise exception '% % cannot become % from %', replace(tg_table_name, '_', ' '), old.id, new.status, old.status
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;
