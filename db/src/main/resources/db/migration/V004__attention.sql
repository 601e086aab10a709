-- A step that gave up its automatic retries, or met what only a person can decide, and waits for an operator.
create table attention
(
  id           uuid primary key     default new_id(),
  process      text        not null,
  business_key text        not null,
  subject_id   uuid        not null,
  step         text        not null,
  reason       text        not null,
  error        text        not null,
  fingerprint  text        not null,
  retry_effect text        not null,
  actions      text[]      not null,
  amount_minor bigint,
  currency     char(3),
  opened_at    timestamptz not null default now(),
  status       text        not null default 'open' check (status in ('open', 'resolved')),
  resolved_at  timestamptz,
  resolution   text,
  resolved_by  text,
  resolution_reason text,
  check ((amount_minor is null) = (currency is null)),
  check ((status = 'resolved') = (resolved_at is not null)),
  check ((status = 'resolved') = (resolution is not null))
);

comment on column attention.business_key is 'the id of the workflow that waits';
comment on column attention.subject_id is 'what it is about: the purchase, the payout, ...';
comment on column attention.fingerprint is 'equal for failures of the same kind, so that they can be retried together';
comment on column attention.retry_effect is 'what a retry would do again, in words';

create unique index attention_open on attention (business_key, step) where status = 'open';
create index attention_of_subject on attention (subject_id);

-- The inbox is read in the order in which items were opened, also of one process, or of one kind of failure.
create index attention_inbox on attention (status, opened_at, id);
create index attention_inbox_of_process on attention (process, status, opened_at, id);
create index attention_inbox_of_fingerprint on attention (fingerprint, status, opened_at, id);
