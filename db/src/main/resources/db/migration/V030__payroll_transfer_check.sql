-- A restored backup does not know what was paid after it was made. So each transfer names the installation that made it, and a run looks for
-- transfers that the database does not know before it pays.

-- The identity of this installation. Every backup contains it, and another installation that uses the same provider's account has another.
create table installation
(
  id       uuid    not null default gen_random_uuid(),
  the_only boolean primary key default true check (the_only)
);

comment on column installation.id is 'in the metadata of each transfer; it never changes';

insert into installation default values;

revoke insert, update, delete on installation from mainstay_app;

-- Transfers of this installation that the database did not know when a run was about to pay.
create table unknown_transfer
(
  id                text primary key check (length(id) between 1 and 100),
  payout_id         uuid        not null,
  cadence           text        not null,
  period_start      date        not null,
  destination       text        not null,
  amount_minor      bigint      not null check (amount_minor > 0),
  currency          char(3)     not null,
  reversed_minor    bigint      not null check (reversed_minor between 0 and amount_minor),
  made_at           timestamptz not null,
  found_at          timestamptz not null default now(),
  decision          text check (decision in ('adopted', 'not-ours')),
  adopted_payout_id uuid unique references payout,
  decided_by        text,
  decision_reason   text,
  decided_at        timestamptz,
  check (num_nonnulls(decision, decided_by, decision_reason, decided_at) in (0, 4)),
  check ((adopted_payout_id is not null) = (decision is not distinct from 'adopted'))
);

comment on column unknown_transfer.id is 'the provider''s id';
comment on column unknown_transfer.payout_id is 'from the transfer''s metadata; the database has no such payout to pay';
comment on column unknown_transfer.decision is 'null: a run that ended its period before the transfer was made waits for a decision';
comment on column unknown_transfer.adopted_payout_id is 'the payout that it paid';

create index unknown_transfer_undecided on unknown_transfer (made_at, id) where decision is null;

revoke delete on unknown_transfer from mainstay_app;

comment on column transfer.payout_id is 'from the transfer''s metadata, or the payout that adopted the transfer; the payout may not exist';

alter table payroll_run add column transfers_checked_at timestamptz;

comment on column payroll_run.transfers_checked_at is 'when the provider''s list had no unknown transfer; a run pays nothing before';

update payroll_run set transfers_checked_at = now() where status in ('paying', 'completed');

alter table payroll_run add constraint payroll_run_transfers_checked
  check (transfers_checked_at is not null or status not in ('paying', 'completed'));
