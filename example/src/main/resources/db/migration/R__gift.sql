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

-- Gifts that are not over, which afterMigrate__all_unfinished.sql joins: a lost one starts again, and one that stands still is a violation.
create or replace view unfinished_gift (kind, business_id, subject_id, since, due, runs) as
select 'gift', g.id, g.id, g.requested_at, g.requested_at + interval '1 hour', array ['gift/' || g.id]
from gift g
where g.status in ('requested', 'reserved');
