-- Allocations of trainers to purchases, and course sessions.
create table allocation
(
  id               uuid primary key     default new_id(),
  purchase_id      uuid        not null references purchase,
  student_id       uuid        not null,
  course_id        uuid        not null,
  trainer_id       uuid        not null references trainer,
  status           text        not null check (status in ('approved', 'active', 'ended')),
  preferred_time   time        not null,
  zone             text        not null,
  slot_minute      smallint    not null check (slot_minute between 0 and 1439),
  session_minutes  smallint    not null,
  sessions         smallint    not null,
  admin_service_id text,
  allocated_at     timestamptz not null default now(),
  ended_at         timestamptz,
  check ((status = 'ended') = (ended_at is not null))
);

comment on column allocation.slot_minute is 'minute of the UTC day at which a session starts, on the day of the allocation';
comment on column allocation.sessions is 'sessions of the course at the time of the purchase';
comment on column allocation.admin_service_id is 'the id at the admin service; null if the admin service did not make the allocation';

create unique index allocation_one_trainer on allocation (student_id, course_id) where status <> 'ended';
create index allocation_of_purchase on allocation (purchase_id);
create index allocation_of_trainer on allocation (trainer_id) where status <> 'ended';

create table course_session
(
  id             uuid primary key     default new_id(),
  allocation_id  uuid        not null references allocation,
  trainer_id     uuid        not null,
  ordinal        smallint    not null,
  total          smallint    not null,
  scheduled_date date        not null,
  scheduled_time time        not null,
  zone           text        not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  status         text        not null default 'scheduled' check (status in ('scheduled', 'completed', 'cancelled')),
  planned_at     timestamptz not null default now(),
  reminded_for   timestamptz,
  delivered_at   timestamptz,
  constraint course_session_within_course check (ordinal between 1 and total),
  constraint course_session_delivered check ((status = 'completed') = (delivered_at is not null)),
  check (starts_at < ends_at),
  constraint course_session_trainer_in_one_place
    exclude using gist (trainer_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'scheduled')
);

comment on column course_session.planned_at is 'when the session was planned: since then the student knows of it';
comment on column course_session.reminded_for is 'the start for which the reminder was written or suppressed';

create unique index course_session_once on course_session (allocation_id, scheduled_date, scheduled_time)
  where status <> 'cancelled';
create unique index course_session_ordinal_once on course_session (allocation_id, ordinal) where status <> 'cancelled';
create index course_session_of_allocation on course_session (allocation_id, starts_at);
-- Finds out whether a trainer is free. The GiST index of the exclusion constraint would read whole pages of keys.
create index course_session_of_trainer on course_session (trainer_id, starts_at) where status = 'scheduled';
create index course_session_to_remind on course_session (starts_at, id)
  where status = 'scheduled' and reminded_for is distinct from starts_at;

-- Finds a waiting row for a trainer, so that another free place of the same trainer needs no new row.
create index intake_trainer_free_waiting on intake ((body ->> 'trainerId'), id) where kind = 'trainer-free' and done_at is null;
