-- What happened, in an order that can be read: by the writing transaction, then by id. A reader sees only rows below
-- pg_snapshot_xmin(pg_current_snapshot()), so that no row ever appears before one that was already read.
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
-- Who follows the events of one type reads them by key, too.
create index event_by_type on event (type, xid, id);

revoke update, delete on event from mainstay_app;
