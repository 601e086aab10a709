-- Moves an open gift to a status, and returns whether it has that status now. The first move marks the intake row as done.
create or replace function move_gift(gift_id uuid, new_status text) returns boolean
  language sql volatile as
$$
update intake set done_at = now() where business_id = gift_id and kind = 'gift' and done_at is null;
update gift set status = new_status where id = gift_id and status in ('requested', 'reserved');
select status = new_status from gift where id = gift_id
$$;

-- The mail to the recipient, as long as the gift is reserved.
create or replace view gift_mail as
select g.id as gift_id, coalesce(r.email, '') as address, f.name || ' gives you the course "' || c.title || '".' as text
from gift g join customer f on f.id = g.giver_id join customer r on r.id = g.recipient_id join course c on c.id = g.course_id
where g.status = 'reserved';

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_gift (rule, subject_id, detail) as
select 'gift-stuck', g.id, g.status || ' since ' || g.requested_at || ', without an attention item' from gift g
where g.status in ('requested', 'reserved') and g.requested_at < now() - interval '5 minutes' and not exists (
  select from attention a where a.subject_id = g.id and coalesce(a.resolved_at, now()) > now() - interval '5 minutes');
