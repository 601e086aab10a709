-- Gives a purchase that has no trainer the one whom an operator chose: qualified and below capacity, but not necessarily free at the
-- preferred time, as the operator has asked. Null where the purchase has the trainer now, else why it cannot be.
create or replace function assign_trainer(for_purchase uuid, chosen uuid, at timestamptz) returns text
  language plpgsql
as
$$
declare
  wanted record;
  held   uuid;
begin
  perform lock_payments(array [for_purchase]);

  select u.status, u.course_id
  into wanted
  from purchase u
  where u.id = for_purchase;
  if wanted.status is null or wanted.status not in ('pending', 'attention', 'active') then
    return 'ended';
  end if;

  select a.trainer_id into held from allocation a where a.purchase_id = for_purchase and a.status <> 'ended';
  if held is not null then
    return case when held <> chosen then 'has-trainer' end;
  end if;
  if not exists (select from vendor v where v.id = chosen) then
    return 'unknown-vendor';
  end if;
  if not exists (select from trainer_course q where q.trainer_id = chosen and q.course_id = wanted.course_id) then
    return 'not-qualified';
  end if;

  return allocate_place(for_purchase, chosen, 'active', null, assign_trainer.at);
end
$$;
