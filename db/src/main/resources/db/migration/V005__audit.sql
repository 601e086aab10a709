-- The audit log: each action with its actor, time and reason, including refused attempts. The application's role may insert and read rows
-- but not change them, and it cannot set a row's order or time. The table is partitioned by month because it grows without end.
create table audit_event
(
  id             uuid        not null default new_id(),
  xid            xid8        not null default pg_current_xact_id(),
  at             timestamptz not null default now(),
  by             text        not null,
  action         text        not null,
  subject        text        not null,
  subject_id     uuid,
  reason         text,
  outcome        text        not null check (outcome in ('done', 'refused')),
  detail         text,
  correlation_id text        not null,
  primary key (id, at)
) partition by range (at);

comment on column audit_event.by is 'the actor: an operator, a system, or the owner of the API key';
comment on column audit_event.subject is 'the business key, such as the id of a workflow or a schedule';
comment on column audit_event.detail is 'why the action was refused, or details beyond the reason';

create index audit_event_in_order on audit_event (xid, id);
create index audit_event_of_subject on audit_event (subject, id);

-- Blocks seal the log: each block holds the hash of its rows, in the order (xid, id), and the hash of the previous block.
create table audit_block
(
  number        bigint primary key check (number > 0),
  last_xid      xid8        not null,
  last_id       uuid        not null,
  first_at      timestamptz not null,
  rows          int         not null check (rows > 0),
  rows_hash     bytea       not null,
  previous_hash bytea       not null,
  hash          bytea       not null unique
);

comment on column audit_block.last_id is 'with last_xid, the position of the last row of the block';
comment on column audit_block.first_at is 'the earliest time of its rows: older months may have been dropped';

revoke insert, update, delete on audit_event, audit_block from mainstay_app;
grant insert (id, by, action, subject, subject_id, reason, outcome, detail, correlation_id) on audit_event to mainstay_app;
