-- The processes that the worker hosts run. Each host writes them at its start, so that health works while Temporal is unavailable.
create table process
(
  name    text primary key,
  enabled boolean not null,
  kinds   text[]  not null
);

comment on column process.name is 'as in mainstay.features.<name>.enabled';
comment on column process.kinds is 'the kinds of intake rows that start its runs';

-- Definitions of Schedules. Temporal knows whether a Schedule is paused and what it did.
create table schedule
(
  id               text primary key,
  process          text not null references process,
  workflow_id      text not null,
  timing           text not null,
  zone             text not null,
  catch_up_seconds int  not null,
  timeout_seconds  int  not null,
  note             text not null
);

comment on column schedule.workflow_id is 'without the nominal time, which Temporal appends';
comment on column schedule.timing is 'in words, such as "every 6 hours"';

create index schedule_of_process on schedule (process);

-- Runs of sweeps. Health shows them, and how long ago each sweep last succeeded.
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

comment on column sweep_run.run_id is 'Temporal''s run id; the first one if the run was continued as new';
comment on column sweep_run.nominal_at is 'the time for which the Schedule started the run, also if the run started late';

create index sweep_run_latest on sweep_run (sweep, id);
create index sweep_run_running on sweep_run (sweep) where status = 'running';

-- Worker hosts and their heartbeats.
create table worker_host
(
  identity          text primary key,
  backend           text        not null,
  queues            text[]      not null,
  modules           text[]      not null,
  started_at        timestamptz not null,
  last_heartbeat_at timestamptz not null,
  stopped_at        timestamptz,
  done              bigint      not null,
  failed            bigint      not null
);

comment on column worker_host.done is 'steps that succeeded since the host started';
comment on column worker_host.stopped_at is 'set by a host that shuts down; a host that crashed only stops its heartbeats';

create index worker_host_by_heartbeat on worker_host (last_heartbeat_at);

-- Token buckets that all hosts share, such as the messages that a channel's gateway accepts per second.
create table rate_limit
(
  id    text primary key,
  state bytea
);

comment on column rate_limit.id is '{channel}/{messages per second}';
comment on column rate_limit.state is 'Bucket4j''s state; deleting the row refills the bucket';
