-- Refunds that operators request: the request, its attempts at the provider, and their outcomes. All functions that change a request lock
-- its payment first, as every refund does.

-- The amount of a purchase's payment that can still be refunded: without booked refunds, and without open requests that are not facts yet.
-- It records and locks the payment.
create or replace function lock_refundable(of_purchase uuid)
  returns table (payment_id uuid, provider text, provider_payment_id text, refundable_minor bigint, currency char(3))
  language plpgsql
as
$$
begin
  perform record_payments(array [of_purchase]);
  perform lock_payments(array [of_purchase]);
  return query
    select p.id, p.provider, p.provider_payment_id,
           greatest(0, p.amount_minor - greatest(p.refunded_minor, coalesce(t.amount_minor, 0)) - q.open_minor)::bigint, p.currency
    from purchase_requests_of(array [of_purchase]) r
    join payment p
      on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id
      -- The money of a payment for something else is not the purchase's to return.
      and p.booking_id is null
      and p.same_as is null
    left join lateral refund_totals(p.provider, p.provider_payment_id) t on t.currency = p.currency
    cross join lateral (
      select coalesce(sum(o.amount_minor - o.replaces_minor), 0) as open_minor
      from refund_request o
      where o.payment_id = p.id
        and o.status in ('pending', 'accepted')
        and not exists (
          select
          from refund_fact f
          where f.provider = p.provider
            and f.provider_payment_id = p.provider_payment_id
            and f.kind = 'refund'
            and f.provider_id = o.provider_refund_id
            and f.status = 'succeeded')) q;
end
$$;

-- Writes a refund request and enqueues it. Without a correlation id it uses the purchase's. Returns the id of the request.
create or replace function insert_refund_request(wanted refund_request, by_client text, correlation text) returns uuid
  language plpgsql
as
$$
begin
  insert into refund_request (id, purchase_id, payment_id, amount_minor, currency, requested_by, reason, replaces_minor)
  values (wanted.id, wanted.purchase_id, wanted.payment_id, wanted.amount_minor, wanted.currency, wanted.requested_by, wanted.reason,
          coalesce(wanted.replaces_minor, 0));

  perform enqueue('refund', 'refund', concat_ws('/', p.provider, p.provider_payment_id, wanted.id), wanted.id,
                  jsonb_build_object('provider', p.provider, 'providerPaymentId', p.provider_payment_id, 'purchaseId', wanted.purchase_id,
                                     'requestId', wanted.id, 'amountMinor', wanted.amount_minor, 'currency', wanted.currency),
                  by_client,
                  coalesce(correlation, (select r.correlation_id from purchase_requests_of(array [wanted.purchase_id]) r)))
  from payment p
  where p.id = wanted.payment_id;
  return wanted.id;
end
$$;

-- Requests a refund. Without an amount it requests everything that is left. Returns the id of the request, or null if nothing is left or the
-- amount is too large; then it writes nothing.
create or replace function request_refund(
  of_purchase uuid, minor_amount bigint, requester text, given_reason text, by_client text, correlation text)
  returns uuid
  language plpgsql
as
$$
declare
  left_over record;
  wanted    refund_request;
begin
  select * into left_over from lock_refundable(of_purchase);
  if left_over.refundable_minor is null
     or left_over.refundable_minor = 0
     or coalesce(minor_amount, 1) not between 1 and left_over.refundable_minor then
    return null;
  end if;

  wanted.id := new_id();
  wanted.purchase_id := of_purchase;
  wanted.payment_id := left_over.payment_id;
  wanted.amount_minor := coalesce(minor_amount, left_over.refundable_minor);
  wanted.currency := left_over.currency;
  wanted.requested_by := requester;
  wanted.reason := given_reason;
  return insert_refund_request(wanted, by_client, correlation);
end
$$;

-- Requests the refund of an attention item again, as far as its money is with the platform: what of it is booked, and what is left of the
-- payment. Returns the id of the request, or null if there is nothing; then it writes nothing.
create or replace function request_refund_again(
  of_purchase uuid, item_key text, requester text, given_reason text, by_client text, correlation text)
  returns uuid
  language plpgsql
as
$$
declare
  left_over record;
  failed    record;
  wanted    refund_request;
begin
  select * into left_over from lock_refundable(of_purchase);
  select f.amount_minor, least(f.amount_minor, t.returned_minor) as booked_minor
  into failed
  from refund_fact f
  join refund_totals(left_over.provider, left_over.provider_payment_id) t on t.currency = f.currency
  where f.provider = left_over.provider
    and f.provider_payment_id = left_over.provider_payment_id
    and f.kind = 'refund'
    and f.status = 'failed'
    and concat_ws('/', 'refund', f.provider, f.provider_payment_id, f.provider_id) = item_key;

  wanted.id := new_id();
  wanted.purchase_id := of_purchase;
  wanted.payment_id := left_over.payment_id;
  wanted.amount_minor := failed.booked_minor + least(failed.amount_minor - failed.booked_minor, left_over.refundable_minor);
  wanted.currency := left_over.currency;
  wanted.requested_by := requester;
  wanted.reason := given_reason;
  wanted.replaces_minor := failed.booked_minor;
  if coalesce(wanted.amount_minor, 0) = 0 then
    return null;
  end if;
  return insert_refund_request(wanted, by_client, correlation);
end
$$;

-- Claims the next attempt of a request before the provider is asked: from now on the provider may have received it. An attempt with an
-- unknown outcome is claimed again, with the same key. After a refusal it is the next attempt. No row if the request is not pending.
create or replace function claim_refund(of_request uuid) returns table (attempt int, in_doubt boolean)
  language plpgsql
as
$$
declare
  last refund_attempt;
begin
  perform from refund_request r where r.id = of_request and r.status = 'pending' for no key update;
  if not found then
    return;
  end if;

  select a.* into last from refund_attempt a where a.request_id = of_request order by a.attempt desc limit 1;
  in_doubt := coalesce(last.status = 'asked', false);
  if last.status in ('asked', 'released') then
    attempt := last.attempt;
    update refund_attempt a
    set status = 'asked', asked_at = now(), answered_at = null, answer = null
    where a.request_id = of_request and a.attempt = last.attempt;
  else
    attempt := coalesce(last.attempt, 0) + 1;
    insert into refund_attempt (request_id, attempt) values (of_request, claim_refund.attempt);
  end if;
  return next;
end
$$;

-- Records the outcome of an attempt. Accepted always counts. The others count only while the attempt is in doubt: refused is definite, void
-- is a stored response of an attempt that did not happen, and released means that the provider was not called.
create or replace function record_refund_answer(
  of_request uuid, of_attempt int, outcome text, said text, refund_id text, refund_status text) returns void
  language plpgsql
as
$$
declare
  requested refund_request;
  paid      payment;
begin
  -- The payment first, as every refund does.
  select p.*
  into paid
  from payment p
  where p.id = (select r.payment_id from refund_request r where r.id = of_request)
  for no key update;
  select * into requested from refund_request r where r.id = of_request for no key update;

  update refund_attempt a
  set status      = case outcome when 'accepted' then 'accepted' when 'released' then 'released' else 'refused' end,
      answer      = said,
      answered_at = now()
  where a.request_id = of_request
    and a.attempt = of_attempt
    and (a.status = 'asked' or outcome = 'accepted' and a.status <> 'accepted');
  if outcome <> 'accepted' then
    -- While it was in doubt, the total of the charge did not count.
    perform enqueue_refund(paid.provider, paid.provider_payment_id, paid.currency, concat_ws('-', of_request, of_attempt),
                           'refund/' || of_request);
    return;
  end if;

  update refund_request r
  set status = 'accepted', provider_refund_id = refund_id
  where r.id = of_request and r.status = 'pending';
  perform record_refund_status(of_request, refund_id, refund_status, '');
end
$$;

-- Records what the provider says of the refund that it made for a request. The run of the request books it, unless the request was cancelled.
create or replace function record_refund_status(of_request uuid, refund_id text, refund_status text, why text) returns void
  language plpgsql
as
$$
declare
  requested refund_request;
  paid      payment;
begin
  select p.*
  into paid
  from payment p
  where p.id = (select r.payment_id from refund_request r where r.id = of_request)
  for no key update;
  select * into requested from refund_request r where r.id = of_request;

  if refund_status = 'failed' or requested.status = 'cancelled' then
    perform record_refund_fact(paid.provider, paid.provider_payment_id, 'refund', refund_id, requested.amount_minor, requested.currency,
                               refund_status, of_request, why, 'refund/' || of_request);
  else
    perform insert_refund_fact(paid.provider, paid.provider_payment_id, 'refund', refund_id, requested.amount_minor, requested.currency,
                               refund_status);
    -- An event that said so came before the provider's answer.
    if exists (
      select
      from refund_fact f
      where f.provider = paid.provider
        and f.provider_payment_id = paid.provider_payment_id
        and f.kind = 'refund'
        and f.provider_id = refund_id
        and f.status = 'failed') then
      perform fail_refund(paid, refund_id, of_request, 'see the events of the provider');
    end if;
  end if;
end
$$;

-- Cancels a request, unless the provider may still be working on it: it was asked less than a minute ago, and its answer is not known.
-- Returns whether the request is cancelled.
create or replace function cancel_refund(of_request uuid) returns boolean
  language plpgsql
as
$$
declare
  paid payment;
begin
  select p.*
  into paid
  from payment p
  where p.id = (select r.payment_id from refund_request r where r.id = of_request)
  for no key update;
  update refund_request r
  set status = 'cancelled'
  where r.id = of_request
    and r.status = 'pending'
    and not exists (
      select
      from refund_attempt a
      where a.request_id = r.id and a.status = 'asked' and a.asked_at > now() - interval '1 minute');
  if found then
    -- What it held back of the total counts now, and what it was to replace stays booked.
    perform enqueue_refund(paid.provider, paid.provider_payment_id, paid.currency, of_request::text, 'refund/' || of_request);
  end if;
  return exists (select from refund_request r where r.id = of_request and r.status = 'cancelled');
end
$$;

select pin_plans('request_refund', 'request_refund_again', 'claim_refund', 'record_refund_answer', 'record_refund_status', 'cancel_refund');
