-- Each time that a provider is asked to pay a payout: committed before it is asked, so that no transfer is ever forgotten.
create table payout_attempt
(
  payout_id   uuid        not null references payout,
  attempt     int         not null check (attempt >= 1),
  destination text,
  status      text        not null default 'asked' check (status in ('asked', 'released', 'accepted', 'refused')),
  answer      text,
  asked_at    timestamptz not null default now(),
  answered_at timestamptz,
  primary key (payout_id, attempt),
  check (answered_at is not null or status = 'asked')
);

comment on table payout_attempt is 'payout and attempt make the provider''s idempotency key';
comment on column payout_attempt.destination is
  'the vendor''s payout account as it was then, said again whenever this attempt is asked again; null: it had none, and nobody was asked';
comment on column payout_attempt.status is
  'asked: it may have happened; released: the provider certainly has not heard of it; refused: it certainly did not happen';
comment on column payout_attempt.answer is 'the provider''s code, for a person to read';

-- Only the last attempt of a payout can be in doubt.
create unique index payout_attempt_in_doubt on payout_attempt (payout_id) where status in ('asked', 'released');

revoke delete on payout_attempt from mainstay_app;

-- What the provider says of transfers, by an event or in a list.
create table transfer
(
  id             text primary key check (length(id) between 1 and 100),
  payout_id      uuid        not null,
  amount_minor   bigint      not null check (amount_minor > 0),
  currency       char(3)     not null,
  reversed_minor bigint      not null default 0 check (reversed_minor between 0 and amount_minor),
  made_at        timestamptz not null,
  recorded_at    timestamptz not null default now()
);

comment on column transfer.id is 'the provider''s';
comment on column transfer.payout_id is 'as the transfer''s metadata names it: no payout of ours has to have it';

create index transfer_of_payout on transfer (payout_id);
create index transfer_by_time on transfer (made_at);

revoke delete on transfer from mainstay_app;
