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
