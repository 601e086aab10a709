-- What the worker hosts run, as each writes it at its start, so that it can be told while Temporal is away.
create table process
(
  name    text primary key,
  enabled boolean not null,
  kinds   text[]  not null
);

comment on column process.name is 'as in mainstay.features.<name>.enabled';
comment on column process.kinds is 'the kinds of intake that its runs are started from';

-- Only the definition: whether it is paused, and what it did, is Temporal's to say.
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

comment on column schedule.workflow_id is 'without the nominal time that Temporal appends';
comment on column schedule.timing is 'in words, as "every 6 hours"';

create index schedule_of_process on schedule (process);

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

-- The worker hosts, by their heartbeats.
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

comment on column worker_host.done is 'steps that ended well since it started';
comment on column worker_host.stopped_at is 'set by a host that stopped in order; a lost one just falls silent';

create index worker_host_by_heartbeat on worker_host (last_heartbeat_at);

-- Token buckets that all hosts share: how many messages a channel's gateway takes in a time.
create table rate_limit
(
  id    text primary key,
  state bytea
);

comment on column rate_limit.id is '{channel}/{messages a second}';
comment on column rate_limit.state is 'Bucket4j''s own; a row that is deleted is a full bucket';
