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
  workflow_type    text not null,
  workflow_id      text not null,
  task_queue       text not null,
  timing           text not null,
  zone             text not null,
  catch_up_seconds int  not null,
  timeout_seconds  int  not null,
  note             text not null
);

comment on column schedule.workflow_id is 'without the nominal time that Temporal appends';
comment on column schedule.timing is 'in words, as "every 6 hours"';

create index schedule_of_process on schedule (process);
