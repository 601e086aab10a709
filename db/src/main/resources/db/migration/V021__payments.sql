-- Keys that may assert that money was received, and the payments of bookings.
alter table api_key
  drop constraint api_key_roles_check,
  add constraint api_key_roles_check check (roles <@ array ['starter', 'payments', 'operator', 'finance', 'approver', 'auditor']);

-- A payment has one row, whatever it pays for. So the constraint payment_recorded_once also decides between a purchase and a booking.
alter table payment add column booking_id uuid references booking;

comment on column payment.booking_id is 'the booking that it pays for; null if it pays for a purchase. It never changes';

revoke update on payment from mainstay_app;
grant update (refunded_minor) on payment to mainstay_app;

create unique index payment_of_booking on payment (booking_id) where booking_id is not null;

drop function if exists pay_booking(uuid, timestamptz, timestamptz, text);
