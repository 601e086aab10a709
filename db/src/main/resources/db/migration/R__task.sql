-- User tasks. A writer of personal data locks the customer's row first, so that it runs either before an erasure or after it.

-- Locks a customer against erasure until the transaction ends. False if there is no such customer, or an erased one.
create or replace function lock_customer(of_customer uuid) returns boolean
  language plpgsql
as
$$
begin
  perform from customer c where c.id = of_customer and c.erased_at is null for key share;
  return found;
end
$$;

-- Starts a task, also again; locks its customer and then the task. Returns its status, which is not running if the task has ended.
create or replace function start_task(of_task uuid, at timestamptz) returns text
  language plpgsql
as
$$
declare
  now_is text;
begin
  perform lock_customer((select t.customer_id from task t where t.id = of_task));
  update task t
  set status = 'running', started_at = coalesce(t.started_at, start_task.at)
  where t.id = of_task and t.status in ('pending', 'running');
  select t.status into now_is from task t where t.id = of_task;
  return now_is;
end
$$;

-- Plans the message of a task, once, and returns it.
create or replace function plan_task_message(of_task uuid, of_kind text) returns uuid
  language plpgsql
as
$$
declare
  planned uuid;
begin
  insert into message (event_id, event, kind, purpose, channel, recipient_kind, recipient_id, subject_kind, subject_id, status,
                       reason, correlation_id)
  select of_kind || '/' || t.id, 'task.started', of_kind, 'transactional', 'email', 'customer', t.customer_id, 'task', t.id,
         case when s.may then 'waiting' else 'suppressed' end, case when s.may then t.type else 'no-consent' end, t.correlation_id
  from task t
  cross join lateral (select has_consent(t.customer_id, 'email', 'transactional') as may) s
  where t.id = of_task
  on conflict on constraint message_sent_once do nothing;

  select m.id into planned from message m where m.subject_id = of_task and m.kind = of_kind;
  return planned;
end
$$;

-- Ends a task with the outcome of its message, once that does not wait any more. Returns the task's status.
create or replace function end_task_by_message(of_task uuid, at timestamptz) returns text
  language plpgsql
as
$$
declare
  now_is text;
begin
  update task t
  set status   = case when m.status in ('sent', 'delivered') then 'completed' else 'failed' end,
      reason   = case
                   when m.status in ('sent', 'delivered') then null
                   when m.status = 'unknown' then 'not-known-whether-sent'
                   else m.reason
                 end,
      ended_at = end_task_by_message.at
  from message m
  where t.id = of_task
    and t.status = 'running'
    and m.subject_id = t.id
    and m.status <> 'waiting';
  select t.status into now_is from task t where t.id = of_task;
  return now_is;
end
$$;

-- Ends a task early and suppresses its message. Returns its status, also if it had ended in another way.
create or replace function end_task(of_task uuid, new_status text, given_reason text, at timestamptz) returns text
  language plpgsql
as
$$
declare
  now_is text;
begin
  update task t
  set status = new_status, reason = given_reason, ended_at = end_task.at
  where t.id = of_task and t.status in ('pending', 'running');
  if found then
    perform suppress_messages(array(select m.id from message m where m.subject_id = of_task), given_reason);
  end if;
  select t.status into now_is from task t where t.id = of_task;
  return now_is;
end
$$;

-- Uses a token for a new password, once. It also invalidates the other tokens of its task. Returns the customer, or null if the token is
-- unknown, expired or used. Concurrent calls with tokens of the same task wait for the task's row.
create or replace function use_reset_token(of_hash bytea, at timestamptz) returns uuid
  language plpgsql
as
$$
declare
  asked task;
begin
  select t.*
  into asked
  from link_token k
  join task t on t.id = k.task_id
  where k.hash = of_hash and k.purpose = 'password-reset'
  for no key update of t;

  update link_token k
  set used_at = use_reset_token.at
  where k.task_id = asked.id
    and k.used_at is null
    and exists (
      select
      from link_token c
      where c.hash = of_hash and c.used_at is null and c.expires_at > use_reset_token.at);
  return case when found then asked.customer_id end;
end
$$;

-- Invariants, which afterMigrate__invariant_violation.sql joins.
create or replace view invariant_violation_task (rule, subject_id, detail) as
select 'task-without-mail', t.id, t.type || ' is completed, but its mail was not sent'
from task t
where t.status = 'completed'
  and not exists (select from message m where m.subject_id = t.id and m.status in ('sent', 'delivered'));

-- Unfinished tasks, which afterMigrate__all_unfinished.sql joins.
create or replace view unfinished_task (kind, business_id, subject_id, since, due, runs) as
select 'task', t.id, t.id, t.created_at, coalesce(t.not_before, t.created_at) + interval '12 hours', array ['task/' || t.id]
from task t
where t.status in ('pending', 'running');
