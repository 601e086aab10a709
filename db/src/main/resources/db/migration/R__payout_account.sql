-- Where vendors are paid.

-- Sets the payout account of a vendor. The first one is no change. Another one replaces it only if the caller may: payouts are then held
-- for a while, and the vendor is told. Returns set, replaced, same or refused; null if there is no such vendor.
create or replace function set_payout_account(of_vendor uuid, new_account text, may_replace boolean, by text, correlation text) returns text
  language plpgsql
as
$$
declare
  held   vendor;
  change uuid;
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
    insert into payout_account_change (vendor_id, account, replaced, changed_by)
    values (of_vendor, new_account, held.payout_account, set_payout_account.by)
    returning id into change;
    perform emit_event('vendor.account-changed', change, correlation,
                       jsonb_build_object('vendorId', of_vendor, 'by', set_payout_account.by));
    perform enqueue_notification('vendor.account-changed', array [change]);
  end if;
  return result;
end
$$;
