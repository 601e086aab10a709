-- What a provider of text messages tells us: what became of one, and what people write back.

-- A message was delivered, or was not. Never backwards: what has been told once stays, and what was never sent is not told of. One that
-- waits because its answer was lost is known by this to have been sent. Whether it changed anything.
create or replace function record_sms_status(message uuid, provider text, arrived boolean, because text) returns boolean
  language plpgsql
as
$$
begin
  update message m
  set status        = case when arrived then 'delivered' else 'failed' end,
      reason        = case when arrived then m.reason else because end,
      provider_id   = coalesce(m.provider_id, provider),
      sent_at       = coalesce(m.sent_at, now()),
      delivered_at  = case when arrived then now() end,
      sending_since = null
  where m.id = record_sms_status.message
    and m.channel = 'sms'
    and (m.status in ('sent', 'unknown') or m.status = 'waiting' and m.sending_since is not null)
    -- Of one that was sent twice the other may still arrive
    and (arrived or coalesce(m.provider_id, provider) = provider);
  return found;
end
$$;

-- Everybody with this number is sent no more text messages, whatever for. How many that are.
create or replace function stop_sms(from_phone text) returns int
  language sql volatile
as
$$
with theirs as (
  select c.id
  from customer c
  where c.phone = from_phone
  order by c.id),
withdrawn as (
  select withdraw_consent(t.id, 'sms')
  from theirs t)
select count(*)::int
from withdrawn
$$;

-- Who had stopped is sent text messages again: what is transactional, and reminders, but no marketing, to which one word is no
-- consent. Somebody who had not stopped, and writes YES, has agreed to nothing.
create or replace function start_sms(from_phone text) returns int
  language sql volatile
as
$$
with stopped as (
  select k.customer_id
  from customer c
  join consent k on k.customer_id = c.id
  where c.phone = from_phone and k.channel = 'sms' and k.purpose = 'transactional' and not k.granted
  order by k.customer_id),
given as (
  update consent k
    set granted = true, at = now()
    from stopped s
    where k.customer_id = s.customer_id
      and k.channel = 'sms'
      and k.purpose in ('transactional', 'reminder')
    returning k.customer_id)
select count(distinct g.customer_id)::int
from given g
$$;
