-- Payments that a client asserts and the provider has not confirmed yet. All payments so far were taken in as received.
alter table payment
  add column confirmed_at timestamptz,
  add column same_as      uuid references payment;

update payment set confirmed_at = recorded_at;

comment on column payment.confirmed_at is 'when it was certain that the money was received; null as long as only a client says so';
comment on column payment.same_as is
  'the payment that the provider also knows by this id, such as the payment intent of a Checkout session. This row pays for nothing';

grant update (confirmed_at) on payment to mainstay_app;

create index payment_unconfirmed on payment (recorded_at) where confirmed_at is null;

alter table earning
  drop constraint earning_held_check,
  add constraint earning_held_check check (held in ('test-data', 'unpaid', 'unverified-payment'));

drop function if exists pay_booking(uuid, text, text, timestamptz, timestamptz, text);
drop function if exists purchase_requests_of(uuid[]);
