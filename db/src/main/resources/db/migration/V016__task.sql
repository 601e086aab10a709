-- Tasks for one customer: a mail, an export of their data, a report.
create table task
(
  id              uuid primary key,
  type            text        not null check (type in
    ('welcome-email', 'password-reset-email', 'user-data-export', 'user-report')),
  customer_id     uuid        not null references customer,
  priority        text        not null check (priority in ('high', 'normal', 'low')),
  max_retries     smallint    not null check (max_retries between 0 and 20),
  timeout_seconds int check (timeout_seconds > 0),
  not_before      timestamptz,
  status          text        not null default 'pending' check (status in
    ('pending', 'running', 'completed', 'failed', 'cancelled')),
  reason          text,
  client          text        not null,
  correlation_id  text        not null,
  created_at      timestamptz not null default now(),
  started_at      timestamptz,
  ended_at        timestamptz,
  constraint task_ended check ((status in ('completed', 'failed', 'cancelled')) = (ended_at is not null)),
  constraint task_ended_with_reason check ((status in ('failed', 'cancelled')) = (reason is not null))
);

comment on column task.max_retries is 'in addition to the first try';
comment on column task.timeout_seconds is 'counted from the start of the task, after its delay; null for no timeout';
comment on column task.not_before is 'when the delay ends; null for no delay';
comment on column task.reason is 'why the task failed or was cancelled, such as timed-out, no-address or erased';
comment on column task.client is 'owner of the API key that created the task';

create trigger task_moves before update of status on task
  for each row when (old.status <> new.status) execute function check_status_move(
    'pending > running', 'pending > failed', 'pending > cancelled',
    'running > completed', 'running > failed', 'running > cancelled');

create index task_of_customer on task (customer_id, id);

-- Files that tasks produce, until they expire. A file is written and read in parts, so that it is never in memory as a whole.
create table download
(
  task_id     uuid primary key references task,
  customer_id uuid        not null references customer,
  file_name   text        not null,
  media_type  text        not null,
  made_at     timestamptz not null,
  expires_at  timestamptz not null check (expires_at > made_at)
);

create index download_of_customer on download (customer_id);
create index download_by_expiry on download (expires_at);

create table download_part
(
  task_id uuid  not null references download on delete cascade,
  ordinal int   not null,
  content bytea not null,
  primary key (task_id, ordinal)
);

-- Tokens for links in mails. A mail that is sent again gets a new token, because the database holds only the hash of the old one.
create table link_token
(
  hash       bytea primary key check (length(hash) = 32),
  task_id    uuid        not null references task,
  purpose    text        not null check (purpose in ('download', 'password-reset')),
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint link_token_used_once check (used_at is null or purpose = 'password-reset')
);

comment on column link_token.hash is 'SHA-256 of the token, which is 256 random bits and needs no salt';

create index link_token_of_task on link_token (task_id);
create index link_token_by_expiry on link_token (expires_at);
