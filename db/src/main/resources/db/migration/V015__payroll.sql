-- Payroll: a run for each cadence and period, with a payout per vendor and currency. A run first settles the money and then pays it.
create table payout_minimum
(
  currency      char(3) primary key,
  minimum_minor bigint      not null check (minimum_minor >= 0),
  changed_by    text        not null default 'mainstay',
  changed_at    timestamptz not null default now()
);

comment on table payout_minimum is 'payouts in a currency without a row are carried until somebody sets its minimum';

insert into payout_minimum (currency, minimum_minor)
values ('USD', 5000), ('EUR', 5000), ('GBP', 5000), ('CHF', 5000), ('CAD', 5000), ('AUD', 5000), ('JPY', 5000);

create table payroll_run
(
  id                uuid primary key     default new_id(),
  cadence           text        not null check (cadence in ('weekly', 'monthly')),
  period_start      date        not null,
  period_end        date        not null,
  zone              text        not null,
  starts_at         timestamptz not null,
  ends_at           timestamptz not null,
  approval_required boolean     not null default false,
  status            text        not null default 'freezing'
    check (status in ('awaiting-approval', 'freezing', 'frozen', 'paying', 'paused', 'completed', 'cancelled')),
  hash              text,
  pause_reason      text,
  requested_by      text        not null,
  correlation_id    text        not null,
  requested_at      timestamptz not null default now(),
  started_at          timestamptz,
  frozen_at         timestamptz,
  completed_at      timestamptz,
  constraint payroll_period_valid check (
    case cadence
      when 'weekly' then extract(isodow from period_start) = 1 and period_end = period_start + 7
      else extract(day from period_start) = 1 and period_end = (period_start + interval '1 month')::date end),
  check (starts_at < ends_at),
  check ((status = 'paused') = (pause_reason is not null)),
  check ((status = 'completed') = (completed_at is not null)),
  check (hash is not null or status in ('awaiting-approval', 'freezing', 'cancelled')),
  unique (id, cadence, period_start)
);

comment on column payroll_run.period_end is 'the first day after the period';
comment on column payroll_run.starts_at is 'the first midnight of the period in its zone; ends_at is exclusive';
comment on column payroll_run.hash is 'hash over all payouts, set when they are frozen';
comment on column payroll_run.requested_by is 'owner of the API key, or the Schedule';
comment on column payroll_run.started_at is 'when the first step recorded whether the run needs approval';

create unique index payroll_run_once on payroll_run (cadence, period_start) where status <> 'cancelled';

create table payout
(
  id                   uuid primary key     default new_id(),
  run_id               uuid        not null,
  vendor_id            uuid        not null references vendor,
  cadence              text        not null,
  period_start         date        not null,
  currency             char(3)     not null,
  earnings             int         not null check (earnings > 0),
  gross_minor          bigint      not null,
  commission_minor     bigint      not null,
  amount_minor         bigint      not null,
  digest               bytea       not null default sha256(''),
  status               text        not null
    check (status in ('frozen', 'paying', 'paid', 'carried', 'unknown', 'failed', 'cancelled')),
  reason               text,
  provider_transfer_id text unique,
  created_at           timestamptz not null default now(),
  paid_at              timestamptz,
  foreign key (run_id, cadence, period_start) references payroll_run (id, cadence, period_start),
  check (gross_minor = commission_minor + amount_minor),
  check (amount_minor > 0 or status in ('carried', 'cancelled')),
  check ((status = 'paid') = (provider_transfer_id is not null)),
  check ((status = 'paid') = (paid_at is not null)),
  check (reason is not null or status not in ('carried', 'failed', 'cancelled'))
);

comment on column payout.amount_minor is 'net amount for the vendor; a carried payout leaves its earnings unsettled';
comment on column payout.digest is 'hash over the ids of its earnings at the time of the freeze';
comment on column payout.reason is 'why the payout is carried, failed, unknown or cancelled';

create unique index payout_once on payout (vendor_id, cadence, period_start, currency) where status <> 'cancelled';
create index payout_of_run on payout (run_id, id);
create index payout_of_vendor on payout (vendor_id, id);
create index payout_by_time on payout (paid_at) where paid_at is not null;
create index payout_open on payout (run_id) where status in ('frozen', 'paying', 'unknown');

-- Only a payout that was certainly not sent can be cancelled. A transfer that turns up later makes its payout paid.
create trigger payout_moves before update of status on payout
  for each row when (old.status <> new.status) execute function check_status_move(
    'frozen > paying', 'frozen > paid', 'frozen > cancelled',
    'paying > paid', 'paying > unknown', 'paying > failed', 'paying > frozen',
    'unknown > paid', 'unknown > failed', 'unknown > frozen',
    'failed > frozen', 'failed > paid', 'failed > cancelled',
    'carried > cancelled');

-- An earning is settled once: it leaves its payout only if that payout is cancelled.
create function earning_settled_once() returns trigger
  language plpgsql
as
$$
begin
  if new.payout_id is not null
    or not exists (select from payout p where p.id = old.payout_id and p.status = 'cancelled') then
    raise exception 'earning % is settled by payout %', old.id, old.payout_id using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger earning_settled_once before update of payout_id on earning
  for each row when (old.payout_id is not null and new.payout_id is distinct from old.payout_id) execute function earning_settled_once();

grant update (payout_id) on earning to mainstay_app;
revoke delete on payroll_run, payout, payout_minimum from mainstay_app;

-- Proposals of a run and their approvals. The person who made the last change cannot approve it.
create table payroll_proposal
(
  run_id          uuid        not null references payroll_run,
  ordinal         int         not null check (ordinal > 0),
  hash            text        not null,
  pays            int         not null,
  carries         int         not null,
  last_changed_by text        not null,
  proposed_at     timestamptz not null default now(),
  primary key (run_id, ordinal),
  constraint payroll_proposal_as_approved unique (run_id, ordinal, hash, last_changed_by)
);

comment on column payroll_proposal.hash is 'hash over all payouts, paid and carried, as in the preview';
comment on column payroll_proposal.last_changed_by is
  'the last person to change the set: an earning, a vendor, a minimum, or the request for the run';

create table payroll_approval
(
  id              uuid primary key     default new_id(),
  run_id          uuid        not null,
  ordinal         int         not null,
  hash            text        not null,
  last_changed_by text        not null,
  approved_by     text        not null,
  approved_at     timestamptz not null default now(),
  unique (run_id, ordinal),
  foreign key (run_id, ordinal, hash, last_changed_by) references payroll_proposal (run_id, ordinal, hash, last_changed_by),
  constraint payroll_approved_by_another_person check (approved_by <> last_changed_by)
);

revoke update, delete on payroll_proposal, payroll_approval from mainstay_app;

create trigger payroll_run_moves before update of status on payroll_run
  for each row when (old.status <> new.status) execute function check_status_move(
    'freezing > awaiting-approval', 'freezing > frozen',
    'awaiting-approval > freezing', 'awaiting-approval > cancelled',
    'frozen > paying', 'frozen > paused',
    'paying > paused', 'paying > completed',
    'paused > paying');

-- Refuses to freeze a run that needs approval and does not have it.
create function check_payroll_approval() returns trigger
  language plpgsql
as
$$
declare
  approved text;
begin
  if old.approval_required and not new.approval_required then
    raise exception 'payroll run % has to be approved', old.id using errcode = 'check_violation';
  end if;
  if new.approval_required and new.status not in ('awaiting-approval', 'paused', 'cancelled') then
    select a.hash
    into approved
    from payroll_proposal p
    left join payroll_approval a on a.run_id = p.run_id and a.ordinal = p.ordinal
    where p.run_id = new.id
    order by p.ordinal desc
    limit 1;
    if approved is null or new.hash <> approved then
      raise exception 'payroll run % is not approved as %', old.id, new.hash using errcode = 'check_violation';
    end if;
  end if;
  return new;
end
$$;

create trigger payroll_run_approved before update on payroll_run
  for each row execute function check_payroll_approval();

-- Attempts to pay a payout. A row is committed before the provider is called, so that no transfer is forgotten.
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

comment on table payout_attempt is 'payout and attempt form the idempotency key for the provider';
comment on column payout_attempt.destination is
  'the payout account at that time, reused when this attempt is repeated; null: the vendor had none and the provider was not called';
comment on column payout_attempt.status is
  'asked: the transfer may have happened; released: the provider was not called; refused: the transfer did not happen';
comment on column payout_attempt.answer is 'the provider''s response code';

-- Only the last attempt of a payout can have an unknown outcome.
create unique index payout_attempt_in_doubt on payout_attempt (payout_id) where status in ('asked', 'released');

revoke delete on payout_attempt from mainstay_app;

-- Transfers as the provider reports them, by an event or in a list.
create table transfer
(
  id             text primary key check (length(id) between 1 and 100),
  payout_id      uuid        not null,
  amount_minor   bigint      not null check (amount_minor > 0),
  currency       char(3)     not null,
  reversed_minor bigint      not null default 0 check (reversed_minor between 0 and amount_minor),
  made_at        timestamptz not null
);

comment on column transfer.id is 'the provider''s id';
comment on column transfer.payout_id is 'from the transfer''s metadata; the payout may not exist';

create index transfer_of_payout on transfer (payout_id);
create index transfer_by_time on transfer (made_at);

revoke delete on transfer from mainstay_app;

-- Receipts of payouts, as sent to the vendor. A receipt is written once, after the money was sent.
create sequence receipt_number;

create table receipt
(
  payout_id uuid primary key references payout,
  number    bigint      not null unique,
  issued_at timestamptz not null,
  locale    text        not null,
  pdf       bytea       not null
);

comment on column receipt.number is 'unique and rising, gaps allowed; printed in the PDF';
comment on column receipt.locale is 'IETF language tag of the PDF';

-- A PDF is already compressed.
alter table receipt alter column pdf set storage external;

revoke update, delete on receipt from mainstay_app;

-- Differences between our ledger, the runs and the provider's transfers, from when they are found until they are gone.
create table payroll_difference
(
  id          uuid primary key     default new_id(),
  kind        text        not null check (kind in
    ('transfer-missing', 'amount-differs', 'transfer-reversed', 'transfer-not-ours', 'earnings-differ', 'run-completed-early')),
  run_id      uuid references payroll_run,
  payout_id   uuid        not null,
  transfer_id text,
  ours        text        not null,
  theirs      text        not null,
  found_at    timestamptz not null default now(),
  resolved_at timestamptz
);

comment on column payroll_difference.payout_id is 'as the transfer names it; the payout may not exist';
comment on column payroll_difference.ours is 'describes our side of the difference';

create unique index payroll_difference_open on payroll_difference (kind, payout_id, coalesce(transfer_id, '')) where resolved_at is null;

revoke delete on payroll_difference from mainstay_app;
