-- Where two of our ledger, the runs and the provider's transfers do not agree: both sides, from when it was found until it was gone.
create table payroll_difference
(
  id          uuid primary key     default new_id(),
  kind        text        not null check (kind in
    ('transfer-missing', 'amount-differs', 'transfer-reversed', 'transfer-not-ours', 'earnings-differ', 'run-over-too-early')),
  run_id      uuid references payroll_run,
  payout_id   uuid        not null,
  transfer_id text,
  ours        text        not null,
  theirs      text        not null,
  found_at    timestamptz not null default now(),
  resolved_at timestamptz
);

comment on column payroll_difference.payout_id is 'as the transfer names it, where that is somebody else''s';
comment on column payroll_difference.ours is 'what the first of the two says, in words';

create unique index payroll_difference_open on payroll_difference (kind, payout_id, coalesce(transfer_id, '')) where resolved_at is null;
create index payout_by_time on payout (paid_at) where paid_at is not null;
create index payout_remains_open on payout (run_id) where status in ('frozen', 'paying', 'unknown');

revoke delete on payroll_difference from mainstay_app;
