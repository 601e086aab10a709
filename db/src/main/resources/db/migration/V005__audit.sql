-- Who did what, when and why, refused attempts too. Only ever added to: the application's role may insert what happened and read it,
-- and sets neither the order nor the time of a row. Partitioned by month, because it grows without end.
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

comment on column audit_event.by is 'the operator, person or system; the owner of the API key that was used';
comment on column audit_event.subject is 'the business key: a workflow''s id, a schedule''s, ...';
comment on column audit_event.detail is 'why it was refused, or what it was about beyond the reason';

create index audit_event_in_order on audit_event (xid, id);
create index audit_event_of_subject on audit_event (subject, id);

-- What seals the log: each block has the hash of its rows, in the order (xid, id), and of the block before.
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

comment on column audit_block.last_id is 'with last_xid the last row that the block holds; the next one begins behind it';
comment on column audit_block.first_at is 'the earliest time of its rows, which tells whether their month may have been dropped';

revoke insert, update, delete on audit_event, audit_block from mainstay_app;
grant insert (id, by, action, subject, subject_id, reason, outcome, detail, correlation_id) on audit_event to mainstay_app;
