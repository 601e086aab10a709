-- Certificates of erased customers.
create table erasure
(
  customer_id    uuid primary key references customer,
  at             timestamptz not null,
  by             text        not null,
  correlation_id text        not null,
  counts         jsonb       not null
);

comment on column erasure.counts is 'the number of rows deleted or emptied, by table';

revoke update, delete on erasure from mainstay_app;
