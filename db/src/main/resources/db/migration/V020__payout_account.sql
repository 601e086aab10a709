-- Where a payout goes is frozen with it. A vendor whose account was replaced a short time before a run is carried.
alter table vendor add column account_changed_at timestamptz;

comment on column vendor.account_changed_at is 'when the payout account last replaced another one; null if it never did';

alter table payout add column account text;

comment on column payout.account is 'the vendor''s payout account at the time of the freeze; null if the payout is carried';

create function payout_account_frozen() returns trigger
  language plpgsql
as
$$
begin
  raise exception 'the account of payout % is frozen', old.id using errcode = 'check_violation';
end
$$;

create trigger payout_account_frozen before update of account on payout
  for each row when (old.account is distinct from new.account) execute function payout_account_frozen();

alter table payroll_run add column accounts_unchanged_since timestamptz;
update payroll_run set accounts_unchanged_since = requested_at - interval '72 hours';
alter table payroll_run alter column accounts_unchanged_since set not null;

comment on column payroll_run.accounts_unchanged_since is
  'payouts to accounts that were replaced after this time are carried; kept in the run, so that the hash does not depend on the clock';

-- Their parameters or results change.
drop function if exists payroll_due(text, date, timestamptz, uuid, uuid);
drop function if exists payroll_due_totals(text, date, timestamptz);
drop function if exists payout_hash(uuid, text, text, text, int, bigint, bigint, bigint, bytea);
drop function if exists preview_page(text, date, text, numeric, uuid, uuid);
drop function if exists read_preview(text, date, text, numeric, uuid, int);
drop function if exists request_payroll(text, date, text, text, text, timestamptz);
