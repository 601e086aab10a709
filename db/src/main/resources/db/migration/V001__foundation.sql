-- What every other migration stands on: ids, local times, and what the application's role may do.

create extension if not exists btree_gist;

alter default privileges in schema public grant select, insert, update, delete on tables to mainstay_app;
alter default privileges in schema public grant usage on sequences to mainstay_app;

-- UUID v7 (RFC 9562, method 3: the 12 bits behind the version hold the microseconds), so that rows written together lie
-- together in the index and ids rise with time. Hand-written because PostgreSQL 15 to 17 have no uuidv7().
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

-- An id that sorts where another one does among those of other times: what takes the place of something waits no longer than it.
create function monotonic_id(id uuid) returns uuid
  language sql volatile parallel safe
as
$$
select encode(overlay(uuid_send(gen_random_uuid()) placing substring(uuid_send(id) from 1 for 8) from 1 for 8), 'hex')::uuid
$$;

-- The instant of a local time: one that a daylight-saving change skips moves by the gap, an ambiguous one is the earlier
-- (PostgreSQL alone takes the later). The same answers as java.time's LocalDateTime.atZone.
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
