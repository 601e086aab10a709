-- Courses that one customer gives to another.
create table gift
(
  id           uuid primary key,
  giver_id     uuid        not null references customer,
  recipient_id uuid        not null references customer,
  course_id    uuid        not null references course,
  client       text        not null,
  status       text        not null default 'requested' check (status in ('requested', 'reserved', 'delivered', 'cancelled')),
  requested_at timestamptz not null default now()
);
