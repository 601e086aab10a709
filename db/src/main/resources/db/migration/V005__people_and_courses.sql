-- Who buys, who delivers, what is taught. Zones are IANA regions, checked where they come in.
create table customer
(
  id             uuid primary key,
  name           text        not null,
  email          text,
  phone          text,
  locale         text        not null,
  zone           text        not null,
  preferred_time time,
  push_tokens    text[]      not null default '{}',
  test_data      boolean     not null default false,
  created_at     timestamptz not null default now()
);

create table vendor
(
  id             uuid primary key,
  name           text        not null,
  email          text,
  phone          text,
  locale         text        not null,
  zone           text        not null,
  cadence        text        not null check (cadence in ('weekly', 'monthly')),
  currency       char(3)     not null,
  payout_account text,
  created_at     timestamptz not null default now()
);

create table course
(
  id              uuid primary key,
  title           text        not null,
  sessions        smallint    not null check (sessions between 1 and 1000),
  session_minutes smallint    not null check (session_minutes between 5 and 720),
  price_minor     bigint      not null check (price_minor >= 0),
  currency        char(3)     not null,
  created_at      timestamptz not null default now()
);

create table trainer
(
  vendor_id         uuid primary key references vendor,
  capacity          int         not null check (capacity >= 0),
  load              int         not null default 0,
  last_allocated_at timestamptz,
  created_at        timestamptz not null default now(),
  constraint trainer_never_over_capacity check (load between 0 and capacity)
);

comment on column trainer.load is 'how many students the trainer has: allocations that are approved or active';

create table trainer_course
(
  course_id  uuid not null references course,
  trainer_id uuid not null references trainer,
  primary key (course_id, trainer_id)
);

create index trainer_course_of_trainer on trainer_course (trainer_id);

create table trainer_holiday
(
  trainer_id uuid not null references trainer,
  day        date not null,
  primary key (trainer_id, day)
);

comment on column trainer_holiday.day is 'local to the vendor''s zone';

-- Local to the vendor's zone. A trainer without a row teaches at any hour.
create table trainer_hours
(
  trainer_id uuid     not null references trainer,
  weekday    smallint not null check (weekday between 1 and 7),
  from_time  time     not null,
  to_time    time     not null,
  primary key (trainer_id, weekday, from_time),
  check (from_time < to_time)
);

comment on column trainer_hours.weekday is 'ISO: Monday is 1';
comment on column trainer_hours.to_time is '24:00 is the end of the day';
