-- A customer who was erased stays as an id, which money rows refer to, and can never again be given a name.
alter table customer add column erased_at timestamptz;
alter table customer add constraint customer_erased_for_ever check (
  erased_at is null
    or (name = '' and email is null and phone is null and locale = 'und' and zone = 'UTC' and preferred_time is null and push_tokens = '{}'));

-- What was erased of whom: the certificate.
create table erasure
(
  customer_id    uuid primary key references customer,
  at             timestamptz not null,
  by             text        not null,
  correlation_id text        not null,
  counts         jsonb       not null
);

comment on column erasure.counts is 'rows that were deleted or emptied, by table';

revoke update, delete on erasure from mainstay_app;
