-- Reference data: customers, vendors, courses and trainers. Zones are IANA regions, which the API validates.
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
  created_at     timestamptz not null default now(),
  erased_at      timestamptz,
  -- An erased customer remains as an id, because money rows refer to it, and can never get a name again.
  constraint customer_erased check (
    erased_at is null
      or (name = '' and email is null and phone is null and locale = 'und' and zone = 'UTC' and preferred_time is null
        and push_tokens = '{}'))
);

-- Finds the sender of a text message by the phone number.
create index customer_by_phone on customer (phone) where phone is not null;
create index customer_by_push_token on customer using gin (push_tokens);

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
  push_tokens    text[]      not null default '{}',
  changed_by     text        not null default 'mainstay',
  changed_at     timestamptz not null default now()
);

comment on column vendor.changed_by is 'owner of the API key that last changed the vendor';

create index vendor_by_push_token on vendor using gin (push_tokens);
create index vendor_of_cadence on vendor (cadence, id);

create table course
(
  id              uuid primary key,
  title           text        not null,
  sessions        smallint    not null check (sessions between 1 and 1000),
  session_minutes smallint    not null check (session_minutes between 5 and 720),
  price_minor     bigint      not null check (price_minor >= 0),
  currency        char(3)     not null
);

create table trainer
(
  vendor_id         uuid primary key references vendor,
  capacity          int         not null check (capacity >= 0),
  load              int         not null default 0,
  last_allocated_at timestamptz,
  constraint trainer_within_capacity check (load between 0 and capacity)
);

comment on column trainer.load is 'the number of students: approved and active allocations';

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

comment on column trainer_holiday.day is 'in the vendor''s zone';

-- In the vendor's zone. A trainer without rows teaches at any hour.
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
comment on column trainer_hours.to_time is '24:00 means the end of the day';
