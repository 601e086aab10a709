-- Each run of a sweep, from its begin to its end: what health shows, and what says how long ago a sweep last succeeded.
create table sweep_run
(
  id          uuid primary key     default new_id(),
  sweep       text        not null,
  workflow_id text        not null,
  run_id      text        not null unique,
  nominal_at  timestamptz not null,
  started_at  timestamptz not null default now(),
  ended_at    timestamptz,
  status      text        not null default 'running' check (status in ('running', 'completed', 'failed')),
  counts      jsonb       not null default '{}',
  error       text,
  check ((status = 'running') = (ended_at is null)),
  check ((status = 'failed') = (error is not null))
);

comment on column sweep_run.run_id is 'Temporal''s, of the first run where one was continued as new';
comment on column sweep_run.nominal_at is 'the time that the Schedule meant, also where the run came late';

create index sweep_run_latest on sweep_run (sweep, id);
create index sweep_run_running on sweep_run (sweep) where status = 'running';
