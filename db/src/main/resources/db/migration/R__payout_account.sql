-- Where vendors are paid.

-- Sets the payout account of a vendor. The first one is no change. Another one replaces it only if the caller may: payouts are then held
-- for a while. Returns set, replaced, same or refused; null if there is no such vendor.
create or replace function set_payout_account(of_vendor uuid, new_account text, may_replace boolean, by text, correlation text) returns text
  language plpgsql
as
$$
declare
  held   vendor;
  result text;
begin
  select * into held from vendor v where v.id = of_vendor for no key update;
  result := case
              when held.id is null then null
              when held.payout_account is null then 'set'
              when held.payout_account = new_account then 'same'
              when may_replace then 'replaced'
              else 'refused'
            end;
  if result in ('set', 'replaced') then
    update vendor v
    set payout_account     = new_account,
        account_changed_at = case result when 'replaced' then now() else v.account_changed_at end,
        changed_by         = set_payout_account.by,
        changed_at         = now()
    where v.id = of_vendor;
  end if;
  if result = 'replaced' then
    perform emit_event('vendor.account-changed', of_vendor, correlation, jsonb_build_object('by', set_payout_account.by), true);
  end if;
  return result;
end
$$;
