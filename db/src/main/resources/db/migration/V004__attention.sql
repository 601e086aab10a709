-- Attention items: steps that used up their attempts, or that need a decision, and wait for an operator.
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

comment on column attention.business_key is 'the id of the waiting workflow';
comment on column attention.subject_id is 'the object that the item is about, such as a purchase or a payout';
comment on column attention.fingerprint is 'the same for failures of one kind, so that an operator can retry them together';
comment on column attention.retry_effect is 'describes what a retry does again';

create unique index attention_open on attention (business_key, step) where status = 'open';
create index attention_of_subject on attention (subject_id);

-- The inbox lists items in the order in which they were opened: all of them, those of one process, or those of one kind of failure.
create index attention_inbox on attention (status, opened_at, id);
create index attention_inbox_of_process on attention (process, status, opened_at, id);
create index attention_inbox_of_fingerprint on attention (fingerprint, status, opened_at, id);
