-- Events in a readable order: by the writing transaction, then by id. A reader sees only rows below
-- pg_snapshot_xmin(pg_current_snapshot()), so that no row appears later at a position that the reader has passed.
create table event
(
  id             uuid primary key     default new_id(),
  xid            xid8        not null default pg_current_xact_id(),
  type           text        not null,
  subject_id     uuid        not null,
  ordinal        int         not null default 1,
  body           jsonb       not null default '{}',
  correlation_id text        not null,
  at             timestamptz not null default now(),
  constraint event_happened_once unique (type, subject_id, ordinal)
);

create index event_in_order on event (xid, id);
create index event_of_subject on event (subject_id);
-- For readers that follow the events of one type.
create index event_by_type on event (type, xid, id);

revoke update, delete on event from mainstay_app;
