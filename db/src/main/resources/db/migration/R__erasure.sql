-- Erasure removes personal data from every table. Money rows stay, under an id that belongs to nobody. The class PersonalData lists the
-- personal data of each table, and a test compares it with the schema.

-- The ids of everything that belongs to a customer: the customer, purchases and requests for them, refund requests, allocations, course
-- sessions, bookings and tasks.
create or replace function subjects_of_customer(of_customer uuid) returns setof uuid
  language sql stable
as
$$
with bought as (
  select r.purchase_id as id from purchase_request r where r.student_id = of_customer),
given as (
  select a.id from allocation a where a.purchase_id in (select b.id from bought b))
select of_customer
union all
select b.id from bought b
union all
select q.id from refund_request q where q.purchase_id in (select b.id from bought b)
union all
select g.id from given g
union all
select c.id from course_session c where c.allocation_id in (select g.id from given g)
union all
select b.id from booking b where b.customer_id = of_customer
union all
select t.id from task t where t.customer_id = of_customer
$$;

-- What prevents the erasure of a customer until it ends.
create or replace function erasure_blockers(of_customer uuid) returns table (kind text, id uuid)
  language sql stable
as
$$
select 'purchase', r.purchase_id
from purchase_request r
left join purchase u on u.id = r.purchase_id
where r.student_id = of_customer
  and coalesce(u.status in ('pending', 'active', 'attention'), r.done_at is null)
union all
select 'booking', b.id
from booking b
where b.customer_id = of_customer and b.status in ('open', 'paid')
union all
select 'refund', q.id
from refund_request q
join purchase_request r on r.purchase_id = q.purchase_id
where r.student_id = of_customer and q.status = 'pending'
union all
select 'attention', a.id
from attention a
where a.status = 'open' and a.subject_id in (select s from subjects_of_customer(of_customer) s)
$$;

-- Removes the free text from the events of an erased customer. It runs as the migration role, because the application's role may not change
-- events.
create or replace function redact_events(of_customer uuid) returns bigint
  language plpgsql security definer set search_path = public, pg_temp
as
$$
declare
  changed bigint;
begin
  update event e
  set body = e.body - 'reason'
  where e.subject_id in (select s from subjects_of_customer(of_customer) s)
    and e.body ? 'reason'
    and exists (select from customer c where c.id = of_customer and c.erased_at is not null);
  get diagnostics changed = row_count;
  return changed;
end
$$;

revoke execute on function redact_events(uuid) from public;
grant execute on function redact_events(uuid) to mainstay_app;

-- Erases a customer and writes the certificate. If something still needs the customer it returns what, and changes nothing. Erasing a
-- customer again changes nothing. It waits for a running task and cancels a task that has not ended.
create or replace function erase_customer(of_customer uuid, erased_by text, at timestamptz, correlation text)
  returns table (kind text, id uuid)
  language plpgsql
as
$$
declare
  subjects uuid[];
  counts   jsonb := jsonb '{}';
  changed  bigint;
begin
  perform from customer c where c.id = of_customer and c.erased_at is null for update;
  if not found then
    return;
  end if;

  return query select o.kind, o.id from erasure_blockers(of_customer) o order by o.kind, o.id;
  if found then
    return;
  end if;
  subjects := array(select s from subjects_of_customer(of_customer) s);

  update customer c
  set name = '', email = null, phone = null, locale = 'und', zone = 'UTC', preferred_time = null,
      erased_at = erase_customer.at
  where c.id = of_customer;
  counts := counts || jsonb_build_object('customer', 1);

  delete from push_token p where p.customer_id = of_customer;
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('push_token', changed);

  delete from consent c where c.customer_id = of_customer;
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('consent', changed);

  update booking b
  set subject = null, place = null
  where b.customer_id = of_customer and (b.subject is not null or b.place is not null);
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('booking', changed);

  -- The provider's id of a message identifies its recipient.
  update message m
  set status = case m.status when 'waiting' then 'suppressed' else m.status end,
      reason = case m.status when 'waiting' then 'erased' else m.reason end,
      sending_since = null, provider_id = null
  where m.recipient_kind = 'customer' and m.recipient_id = of_customer;
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('message', changed);

  delete from link_token k where k.task_id = any (subjects);
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('link_token', changed);

  delete from download d where d.customer_id = of_customer;
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('download', changed);

  update task t
  set status = 'cancelled', reason = 'erased', ended_at = erase_customer.at
  where t.customer_id = of_customer and t.status in ('pending', 'running');
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('task', changed);

  update refund_request q set reason = 'erased' where q.purchase_id = any (subjects);
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('refund_request', changed);

  update attention a
  set error = 'erased', resolution_reason = 'erased'
  where a.subject_id = any (subjects);
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('attention', changed);

  -- A stored response shows the original request's result.
  delete from idempotency_key k where k.answer ->> 'id' = any (subjects::text[]);
  get diagnostics changed = row_count;
  counts := counts || jsonb_build_object('idempotency_key', changed);

  counts := counts || jsonb_build_object('event', redact_events(of_customer));

  insert into erasure (customer_id, at, by, correlation_id, counts)
  values (of_customer, erase_customer.at, erased_by, correlation, counts);
end
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_erasure (rule, subject_id, detail) as
select 'erased-customer-with-data', c.id, 'erased, but personal data is left'
from customer c
where c.erased_at is not null
  and (exists (select from booking b where b.customer_id = c.id and (b.subject is not null or b.place is not null))
    or exists (select from push_token p where p.customer_id = c.id)
    or exists (select from download d where d.customer_id = c.id)
    or exists (select from link_token k join task t on t.id = k.task_id where t.customer_id = c.id)
    or exists (
      select from message m
      where m.recipient_kind = 'customer' and m.recipient_id = c.id and m.provider_id is not null)
    or not exists (select from erasure e where e.customer_id = c.id));
