create table allocation
(
  id              uuid primary key     default new_id(),
  purchase_id     uuid        not null references purchase,
  student_id      uuid        not null,
  course_id       uuid        not null,
  trainer_id      uuid        not null references trainer,
  status          text        not null check (status in ('approved', 'active', 'ended')),
  preferred_time  time        not null,
  zone            text        not null,
  slot_minute     smallint    not null check (slot_minute between 0 and 1439),
  session_minutes smallint    not null,
  sessions        smallint    not null,
  allocated_at    timestamptz not null default now(),
  ended_at        timestamptz,
  check ((status = 'ended') = (ended_at is not null))
);

comment on column allocation.slot_minute is 'minute of the UTC day at which a session begins, as of the allocation';
comment on column allocation.sessions is 'how many sessions the course had when it was bought';

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
  constraint course_session_within_course check (ordinal between 1 and total),
  check (starts_at < ends_at),
  constraint course_session_trainer_in_one_place
    exclude using gist (trainer_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'scheduled')
);

create unique index course_session_once on course_session (allocation_id, scheduled_date, scheduled_time)
  where status <> 'cancelled';
create unique index course_session_ordinal_once on course_session (allocation_id, ordinal) where status <> 'cancelled';
create index course_session_of_allocation on course_session (allocation_id);
