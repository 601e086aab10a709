-- Payments that a client asserts and the provider has to confirm.

-- Enqueues the check of a payment. The subject is the purchase or the booking that it pays for.
create or replace function enqueue_payment_check(
  subject uuid, of_provider text, of_payment text, minor_amount bigint, in_currency text, by_client text, correlation text) returns void
  language plpgsql
as
$$
begin
  perform enqueue('payment-check', 'payment-check', of_provider || '/' || of_payment, subject,
                  jsonb_build_object('provider', of_provider, 'providerPaymentId', of_payment, 'amountMinor', minor_amount, 'currency',
                                     in_currency),
                  by_client, correlation);
end
$$;

-- Records that the provider has received a payment, and sets the holds of its earnings again. known_as is the id under which the provider
-- received it, which is another one if the payment was named by its Checkout session. Returns null, or why it is not possible.
create or replace function confirm_payment(
  subject uuid, of_provider text, of_payment text, known_as text, minor_amount bigint, in_currency text, at timestamptz) returns text
  language plpgsql
as
$$
declare
  held payment;
begin
  -- The first step of the purchase may come later.
  perform record_payments(array [subject]);
  -- The deliveries of a booking lock it, and those of a purchase lock its payment: none is recorded with a hold that has just ended.
  perform b.id
  from booking b
  join payment p on p.booking_id = b.id
  where p.provider = of_provider and p.provider_payment_id = of_payment
  for no key update of b;
  select * into held
  from payment p
  where p.provider = of_provider and p.provider_payment_id = of_payment
  for no key update;
  if (held.amount_minor, held.currency::text) is distinct from (minor_amount, in_currency) then
    return 'amount-differs';
  end if;

  if known_as <> of_payment then
    insert into payment (provider, provider_payment_id, amount_minor, currency, same_as, confirmed_at)
    select of_provider, known_as, minor_amount, in_currency, held.id, confirm_payment.at
    where not exists (select from intake i where i.source = of_provider and i.key = known_as)
    on conflict on constraint payment_recorded_once do nothing;
    if not exists (
      select
      from payment p
      where p.provider = of_provider and p.provider_payment_id = known_as and p.same_as = held.id) then
      return 'taken-otherwise';
    end if;
  end if;

  update payment p set confirmed_at = confirm_payment.at where p.id = held.id and p.confirmed_at is null;
  perform update_earning_holds('booking', array_remove(array [held.booking_id], null));
  perform update_earning_holds('session', array(
    select s.id
    from purchase u
    join allocation a on a.purchase_id = u.id
    join course_session s on s.allocation_id = a.id
    where u.payment_id = held.id));
  return null;
end
$$;

-- Unfinished checks, which afterMigrate__all_unfinished.sql joins: payments that nobody has confirmed, unless an operator has ended the
-- check.
create or replace view unfinished_payment_check (kind, business_id, subject_id, since, due, runs) as
select 'payment-check', i.business_id, i.business_id, p.recorded_at, p.recorded_at + interval '1 hour', array [c.run]
from payment p
cross join lateral (select concat_ws('/', 'payment-check', p.provider, p.provider_payment_id) as run) c
left join intake i on i.source = 'payment-check' and i.key = p.provider || '/' || p.provider_payment_id
where p.confirmed_at is null
  and not exists (select from audit_event e where e.subject = c.run and e.action = 'cancel' and e.outcome = 'done');
