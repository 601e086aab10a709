-- Bookings: one-off services of a vendor for a customer. Paid and completed are separate facts with their own times; the status shows the
-- most advanced one.
create table booking
(
  id             uuid primary key     default new_id(),
  customer_id    uuid        not null references customer,
  vendor_id      uuid        not null references vendor,
  service        text        not null,
  subject        text,
  place          text,
  starts_at      timestamptz not null,
  zone           text        not null,
  price_minor    bigint      not null check (price_minor >= 0),
  currency       char(3)     not null,
  payment_due_at timestamptz,
  payment_stage  text check (payment_stage in ('due-soon', 'overdue')),
  reminded_for   timestamptz,
  status         text        not null default 'open' check (status in ('open', 'paid', 'completed', 'cancelled')),
  paid_at        timestamptz,
  delivered_at   timestamptz,
  cancelled_at   timestamptz,
  imported       boolean     not null default false,
  test_data      boolean     not null default false,
  client         text        not null,
  correlation_id text        not null,
  created_at     timestamptz not null default now(),
  check ((status = 'completed') = (delivered_at is not null)),
  check ((status = 'cancelled') = (cancelled_at is not null)),
  check ((status in ('open', 'paid') and (status = 'paid') = (paid_at is not null)) or status in ('completed', 'cancelled'))
);

comment on column booking.subject is 'whom or what the service is for, such as a pet or a car';
comment on column booking.zone is 'of the place: messages show the booking''s time in this zone';
comment on column booking.payment_stage is 'the last stage for which a payment reminder was written or suppressed';
comment on column booking.reminded_for is 'the start for which the reminder was written or suppressed';
comment on column booking.imported is 'imported from another system: may be in the past and sends no messages';
comment on column booking.client is 'owner of the API key that created the booking';

create trigger booking_moves before update of status on booking
  for each row when (old.status <> new.status) execute function check_status_move(
    'open > paid', 'open > completed', 'open > cancelled',
    'paid > completed', 'paid > cancelled');

create index booking_of_customer on booking (customer_id, id);
create index booking_of_vendor on booking (vendor_id, id);
create index booking_by_status on booking (status, id);
create index booking_of_client on booking (client, id);

-- Each booking records the start or the payment stage of its last reminder, so that a run reads only new ones. A rescheduled booking is
-- new again.
create index booking_to_remind on booking (starts_at, id)
  where status in ('open', 'paid') and not imported and reminded_for is distinct from starts_at;
create index booking_due_soon on booking (payment_due_at, id)
  where paid_at is null and status <> 'cancelled' and not imported and payment_stage is null;
create index booking_overdue on booking (payment_due_at, id)
  where paid_at is null and status <> 'cancelled' and not imported and payment_stage is distinct from 'overdue';
