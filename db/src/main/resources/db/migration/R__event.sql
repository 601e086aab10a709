-- Events. They are written only here, and read by position.

-- Emits an event for each subject. A repeatable event is emitted again, another one only the first time. A caller that repeats an event has
-- locked its subject, so that nobody else uses the same ordinal.
create or replace function emit_events(
  of_type text, subjects uuid[], correlations text[], bodies jsonb[] default null, repeatable boolean default false) returns void
  language plpgsql
as
$$
declare
  written int;
begin
  insert into event (type, subject_id, ordinal, correlation_id, body)
  select of_type, e.subject,
         case
           when repeatable then (select 1 + count(*) from event p where p.type = of_type and p.subject_id = e.subject)
           else 1
         end,
         e.correlation, coalesce(e.body, '{}')
  from unnest(subjects, correlations, bodies) e (subject, correlation, body)
  order by e.subject
  on conflict on constraint event_happened_once do nothing;
  get diagnostics written = row_count;
  if repeatable and written < cardinality(subjects) then
    raise exception 'two events % of one subject at once', of_type using errcode = 'unique_violation';
  end if;
end
$$;

-- Emits an event for one subject.
create or replace function emit_event(
  of_type text, subject uuid, correlation text, body jsonb default '{}', repeatable boolean default false) returns void
  language sql volatile
as
$$
select emit_events(of_type, array [subject], array [correlation], array [body], repeatable)
$$;

select pin_plans('emit_events');

-- A position is the xid8 of the writing transaction, as text, and the id of the event.

-- No transaction below this xid can still write an event.
create or replace function oldest_open_xid() returns text
  language sql stable
as
$$
select pg_snapshot_xmin(pg_current_snapshot())::text
$$;

-- Events after a position, up to a number. A reader sees the events of its own requests and of those without a client, such as webhooks;
-- null sees all events. The last row shows where reading ended, even if the reader may not see it. A reader that sees few events examines
-- 2,000 events at a time.
create or replace function read_events(after_xid text, after_id uuid, of_type text, reader text, most int)
  returns table
          (
            xid            text,
            id             uuid,
            type           text,
            subject_id     uuid,
            at             timestamptz,
            correlation_id text,
            body           jsonb,
            visible        boolean
          )
  language plpgsql stable
as
$$
declare
  line  constant xid8 := oldest_open_xid()::xid8;
  looks constant int  := case when reader is null then most else greatest(most, 2000) end;
begin
  return query
    with looked as materialized (
      (select e.*
       from event e
       where of_type is null
         and (e.xid, e.id) > (after_xid::xid8, after_id)
         and e.xid < line
       order by e.xid, e.id
       limit looks)
      union all
      (select e.*
       from event e
       where e.type = of_type
         and (e.xid, e.id) > (after_xid::xid8, after_id)
         and e.xid < line
       order by e.xid, e.id
       limit looks)),
    ended as (
      select l.xid, l.id
      from looked l
      order by l.xid desc, l.id desc
      limit 1),
    seen as (
      select l.*, reader is null or coalesce(
        (select bool_and(i.client is null or i.client = reader)
         from intake i
         where i.business_id = any (array [
           l.subject_id,
           -- An invalid id in a body must not stop the feed.
           case when l.body ->> 'purchaseId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (l.body ->> 'purchaseId')::uuid end])),
        (select b.client = reader from booking b where b.id = l.subject_id),
        false) as visible
      from looked l)
    select s.xid::text, s.id, s.type, s.subject_id, s.at, s.correlation_id, s.body, s.visible
    from seen s
    where s.visible
       or (s.xid, s.id) = (select e.xid, e.id from ended e)
    order by s.xid, s.id
    limit most;
end
$$;
