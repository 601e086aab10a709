-- The steps of a booking: paid, completed, cancelled. Each is one call in its own transaction. If a step is not possible it returns the
-- reason and changes nothing. Reporting the same fact again succeeds. The steps lock the booking first and its intake row after it.

-- Emits an event of a booking and enqueues its messages, unless the booking was imported.
create or replace function emit_booking_event(booking_id uuid, event_type text, details jsonb, correlation text) returns void
  language plpgsql
as
$$
declare
  held booking;
begin
  select * into held from booking b where b.id = emit_booking_event.booking_id;
  perform emit_event(
    event_type, held.id, correlation,
    jsonb_build_object('customerId', held.customer_id, 'vendorId', held.vendor_id, 'status', held.status) || details);
  if not held.imported then
    perform enqueue_notification(event_type, array [held.id]);
  end if;
end
$$;

-- Records the payment of a booking, also after its completion. A null time means now. A payment that a provider knows pays for one booking
-- or one purchase: the constraint payment_recorded_once decides. A purchase that is taken in has priority, though its payment's row is
-- written later. With to_check the provider still has to confirm the payment.
create or replace function pay_booking(
  booking_id uuid, of_provider text, of_payment text, to_check boolean, paid timestamptz, at timestamptz, correlation text, by text)
  returns text
  language plpgsql
as
$$
declare
  held        booking;
  new_payment uuid;
begin
  select * into held from booking b where b.id = pay_booking.booking_id for no key update;
  if held.status = 'cancelled' then
    return 'cancelled';
  elsif held.paid_at is not null then
    return case
             when paid <> held.paid_at
               or of_provider is not null
                 and not exists (
                   select
                   from payment p
                   where p.booking_id = held.id and p.provider = of_provider and p.provider_payment_id = of_payment)
               then 'paid'
           end;
  elsif paid > pay_booking.at then
    return 'paid-in-the-future';
  end if;

  if of_provider is not null then
    insert into payment (provider, provider_payment_id, amount_minor, currency, booking_id, confirmed_at)
    select of_provider, of_payment, held.price_minor, held.currency, held.id, case when not to_check then pay_booking.at end
    where not exists (select from intake i where i.source = of_provider and i.key = of_payment)
    on conflict on constraint payment_recorded_once do nothing
    returning id into new_payment;
    if new_payment is null then
      return 'payment-taken-otherwise';
    end if;
    insert into transaction (payment_id, kind, amount_minor, currency) values (new_payment, 'charge', held.price_minor, held.currency);
    -- A refund may have been reported before.
    perform book_refunds(array [new_payment], pay_booking.at);
    if to_check then
      perform enqueue_payment_check(held.id, of_provider, of_payment, held.price_minor, held.currency, held.client, correlation);
    end if;
  end if;

  update booking b
  set paid_at = coalesce(paid, pay_booking.at), paid_by = pay_booking.by, status = case b.status when 'open' then 'paid' else b.status end
  where b.id = held.id
  returning b.* into held;
  perform update_earning_holds('booking', array [held.id]);
  perform emit_booking_event(
    held.id, 'booking.paid',
    jsonb_build_object('paidAt', held.paid_at, 'amountMinor', held.price_minor, 'currency', held.currency), correlation);
  return null;
end
$$;

-- Records the delivery of a booking and its earning at the given commission. The delivery may be before the booking's start, if customer
-- and vendor agreed on that. A null time means now.
create or replace function complete_booking(
  booking_id uuid, delivered timestamptz, percent numeric, at timestamptz, correlation text, by text) returns text
  language plpgsql
as
$$
declare
  held booking;
begin
  select * into held from booking b where b.id = complete_booking.booking_id for no key update;
  if held.status = 'cancelled' then
    return 'cancelled';
  elsif held.delivered_at is not null then
    return case when delivered <> held.delivered_at then 'completed' end;
  elsif delivered > complete_booking.at then
    return 'delivered-in-the-future';
  end if;

  update booking b
  set delivered_at = coalesce(delivered, complete_booking.at), status = 'completed'
  where b.id = held.id
  returning b.* into held;
  perform record_earning(held.vendor_id, 'booking', held.id, held.price_minor, held.currency, held.delivered_at, percent,
                         complete_booking.by);
  perform reverse_earnings(array(select p.id from payment p where p.booking_id = held.id for share));
  perform emit_booking_event(held.id, 'booking.completed', jsonb_build_object('deliveredAt', held.delivered_at), correlation);
  return null;
end
$$;

-- Cancels a booking that was not delivered and stops its remaining messages. The marketplace refunds a paid booking itself.
create or replace function cancel_booking(booking_id uuid, given_reason text, at timestamptz, correlation text) returns text
  language plpgsql
as
$$
declare
  held booking;
begin
  select * into held from booking b where b.id = cancel_booking.booking_id for no key update;
  if held.status = 'completed' then
    return 'completed';
  elsif held.status = 'cancelled' then
    return null;
  end if;

  update booking b set status = 'cancelled', cancelled_at = cancel_booking.at where b.id = held.id;
  perform stop_messages(array [held.id]);
  perform emit_booking_event(held.id, 'booking.cancelled', jsonb_build_object('reason', given_reason), correlation);
  return null;
end
$$;

select pin_plans('emit_booking_event', 'pay_booking', 'complete_booking', 'cancel_booking');
