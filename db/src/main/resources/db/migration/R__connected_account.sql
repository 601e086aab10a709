-- The state of the accounts that vendors are paid to.

-- Why an account cannot be paid; null if nothing is known against it. A payout that failed counts until a later sign that payouts arrive.
create or replace function connected_account_problem(a connected_account) returns text
  language sql immutable
as
$$
select case
         when not a.transfers_active then 'transfers-inactive'
         when not a.payouts_enabled then 'payouts-disabled'
         when a.failed_at >= coalesce(a.sound_at, '-infinity') then 'payout-failed'
       end
$$;

-- Why a vendor's account cannot be paid.
create or replace function payout_account_problem(of_vendor uuid) returns text
  language sql stable
as
$$
select connected_account_problem(a)
from vendor v
join connected_account a on a.account = v.payout_account
where v.id = of_vendor
$$;

-- Locks an account, so that its events are recorded one after the other.
create or replace function lock_connected_account(of_account text) returns connected_account
  language plpgsql
as
$$
declare
  held connected_account;
begin
  insert into connected_account (account) values (of_account) on conflict do nothing;
  select * into held from connected_account a where a.account = of_account for update;
  return held;
end
$$;

-- Emits an event for each vendor of an account whose problem is another one than before, or gone.
create or replace function emit_account_problem(before connected_account, correlation text) returns void
  language plpgsql
as
$$
declare
  after   connected_account;
  vendors uuid[];
begin
  select * into after from connected_account a where a.account = before.account;
  if connected_account_problem(after) is distinct from connected_account_problem(before) then
    -- A repeatable event needs its subject locked.
    vendors := array(
      select l.id
      from (select v.id from vendor v where v.payout_account = before.account order by v.id for no key update) l);
    perform emit_events(
      'vendor.account-status', vendors, array_fill(correlation, array [cardinality(vendors)]),
      array_fill(
        jsonb_build_object('account', after.account, 'problem', connected_account_problem(after), 'disabledReason', after.disabled_reason,
                           'failedPayout', after.failed_payout, 'failureCode', after.failure_code),
        array [cardinality(vendors)]),
      true);
  end if;
end
$$;

-- Records a description of an account. It is sound if nothing in it keeps payouts from the bank.
create or replace function record_account_state(
  of_account text, enabled boolean, active boolean, why text, sound boolean, said_at timestamptz, correlation text) returns void
  language plpgsql
as
$$
declare
  before constant connected_account := lock_connected_account(of_account);
begin
  update connected_account a
  set payouts_enabled  = enabled,
      transfers_active = active,
      disabled_reason  = why,
      described_at     = said_at,
      sound_at         = case when sound then greatest(a.sound_at, said_at) else a.sound_at end
  where a.account = of_account
    and said_at >= coalesce(a.described_at, '-infinity');
  perform emit_account_problem(before, correlation);
end
$$;

-- Records a payout of an account to its bank: one that was paid, or one that failed with a code.
create or replace function record_account_payout(of_account text, payout text, code text, said_at timestamptz, correlation text) returns void
  language plpgsql
as
$$
declare
  before constant connected_account := lock_connected_account(of_account);
begin
  if code is null then
    update connected_account a set sound_at = greatest(a.sound_at, said_at) where a.account = of_account;
  else
    update connected_account a
    set failed_payout = payout,
        failure_code  = code,
        failed_at     = said_at
    where a.account = of_account
      and said_at >= coalesce(a.failed_at, '-infinity');
  end if;
  perform emit_account_problem(before, correlation);
end
$$;
