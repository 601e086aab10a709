-- What a reminder was last written for, so that a run looks only at what is new: the start of the appointment as it was then, or the
-- stage of its payment. One that is moved is new again.
alter table booking
  add column reminded_for timestamptz,
  add column payment_stage text check (payment_stage in ('due-soon', 'overdue'));

alter table course_session
  add column reminded_for timestamptz,
  add column planned_at timestamptz not null default '-infinity';
alter table course_session alter column planned_at set default now();

comment on column booking.reminded_for is 'the start that the customer was reminded of, or was not to be';
comment on column booking.payment_stage is 'up to which the customer was reminded to pay, or was not to be';
comment on column course_session.reminded_for is 'the start that the student was reminded of, or was not to be';
comment on column course_session.planned_at is 'since when the student knows of it';

create index booking_to_remind on booking (starts_at, id)
  where status in ('open', 'paid') and not imported and reminded_for is distinct from starts_at;
create index course_session_to_remind on course_session (starts_at, id)
  where status = 'scheduled' and reminded_for is distinct from starts_at;
create index booking_due_soon on booking (payment_due_at, id)
  where paid_at is null and status <> 'cancelled' and not imported and payment_stage is null;
create index booking_overdue on booking (payment_due_at, id)
  where paid_at is null and status <> 'cancelled' and not imported and payment_stage is distinct from 'overdue';
create index message_reminder_waiting on message (event, channel, id) where status = 'waiting' and purpose = 'reminder';
