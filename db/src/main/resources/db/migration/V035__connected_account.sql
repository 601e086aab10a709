-- The accounts that vendors are paid to, as Stripe last described them.
create table connected_account
(
  account          text primary key check (length(account) between 1 and 100),
  payouts_enabled  boolean,
  transfers_active boolean,
  disabled_reason  text check (length(disabled_reason) <= 100),
  described_at     timestamptz,
  failed_payout    text check (length(failed_payout) <= 100),
  failure_code     text check (length(failure_code) <= 100),
  failed_at        timestamptz,
  sound_at         timestamptz,
  constraint connected_account_failure_has_time check ((failed_payout is null) = (failed_at is null))
);

comment on table connected_account is 'also of accounts that no vendor has, or not yet';
comment on column connected_account.payouts_enabled is 'whether Stripe pays it out to its bank; null if nobody said';
comment on column connected_account.transfers_active is 'whether it may receive transfers; null if nobody said';
comment on column connected_account.described_at is 'Stripe''s time of the latest description. Events may arrive late: an older one changes nothing';
comment on column connected_account.failed_payout is 'the latest payout to its bank that failed, as Stripe names it';
comment on column connected_account.sound_at is 'Stripe''s time of the latest sign that its bank takes payouts: one that was paid, or a description without faults';

create index vendor_of_account on vendor (payout_account) where payout_account is not null;

