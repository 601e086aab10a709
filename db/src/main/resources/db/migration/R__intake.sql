-- The intake: writing rows, claiming them, and giving up rows that cannot be started.

-- Writes rows of a kind; each starts a process. This is the only place where SQL writes intake rows. Returns the number of new rows: a row
-- with the same source and key is not written again. Rows without an id get a new one.
create or replace function enqueue_all(
  kind text, source text, keys text[], business_ids uuid[], bodies jsonb[], clients text[], correlation_ids text[],
  ids uuid[] default null) returns int
  language plpgsql
as
$$
declare
  inserted int;
begin
  insert into intake (id, kind, source, key, body_hash, business_id, body, client, correlation_id)
  select coalesce(r.id, new_id()), enqueue_all.kind, enqueue_all.source, r.key, sha256(convert_to(r.body::text, 'UTF8')), r.business_id,
         r.body, r.client, r.correlation_id
  from unnest(keys, business_ids, bodies, clients, correlation_ids, ids) r (key, business_id, body, client, correlation_id, id)
  order by r.key
  on conflict on constraint intake_taken_in_once do nothing;
  get diagnostics inserted = row_count;
  return inserted;
end
$$;

-- Writes one row. False if a row with the same source and key exists.
create or replace function enqueue(
  kind text, source text, key text, business_id uuid, body jsonb, client text, correlation_id text) returns boolean
  language sql volatile
as
$$
select enqueue_all(kind, source, array [key], array [business_id], array [body], array [client], array [correlation_id]) = 1
$$;

select pin_plans('enqueue_all');

-- Claims the oldest waiting rows of one of these kinds for a lease: at most as many as a run of that kind carries and as fit into the
-- search attribute Subjects. A row that was claimed before is claimed alone, so that a bad row does not hold up others. Rows that another
-- host is claiming are skipped. "between" and the order by kind make the index of waiting rows the only one in this order. With "="
-- PostgreSQL could use the primary key, which leads through all done rows (decision 004).

create or replace function claim_intake(claim uuid, lease interval, kinds text[], most int[])
  returns table (kind text, business_id uuid, body jsonb, correlation_id text, waited interval, restarted boolean)
  language sql volatile
as
$$
with oldest as materialized (
  select o.kind, o.again, case when o.again then 1 else k.most end as most
  from unnest(kinds, most) k (kind, most)
  cross join lateral (
    select i.id, i.kind, i.claims > 0 as again
    from intake i
    where i.kind between k.kind and k.kind
      and i.done_at is null
      and i.claims < max_claims()
      and (i.leased_until is null or i.leased_until < now())
    order by i.kind, i.id
    limit 1) o
  order by o.id
  limit 1),
waiting as materialized (
  select i.id, i.key
  from intake i
  where i.kind between (select o.kind from oldest o) and (select o.kind from oldest o)
    and i.done_at is null
    and i.claims < max_claims()
    and (i.leased_until is null or i.leased_until < now())
    and (i.claims > 0) = (select o.again from oldest o)
  order by i.kind, i.id
  limit (select o.most from oldest o)
  for update skip locked),
fitting as (
  -- 1,900 bytes of Subjects: visibility stores each id with quotes and a comma.
  select w.id
  from (select w.id, sum(octet_length(w.key) + 3) over (order by w.id) as bytes from waiting w) w
  where w.bytes <= 1900)
update intake i
set claim_id = claim, claims = i.claims + 1, leased_until = now() + lease
from fitting f
where i.id = f.id
returning i.kind, i.business_id, i.body, i.correlation_id, now() - coalesce(i.restarted_at, i.received_at), i.restarted_at is not null
$$;

-- Creates attention items for rows whose claims are exhausted. They are not claimed again.
create or replace function exhaust_intake(kinds text[]) returns int
  language sql volatile
as
$$
with stuck as (
  update intake i
    set leased_until = 'infinity'
    where i.id in (
      select s.id
      from intake s
      where s.kind = any(kinds) and s.done_at is null and s.claims = max_claims() and s.leased_until < now()
      for update skip locked)
    returning i.*),
told as (
  insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions,
                         amount_minor, currency)
    select s.kind, s.source || '/' || s.key, s.business_id, 'start', 'not-started',
           format('claimed %s times and never started', s.claims), s.kind || '/not-started', 'starts the process', '{retry}',
           (s.body ->> 'amountMinor')::bigint, (s.body ->> 'currency')::char(3)
    from stuck s
    on conflict do nothing
    returning 1)
select count(*)::int
from told
$$;
