-- Everybody who changes what a payroll pays is kept, until somebody else has approved that it is paid.

-- Not the names of persons: nobody approves under them.
create function is_system_author(author text) returns boolean
  language sql immutable parallel safe
as
$$
select author in ('mainstay', 'temporal', 'payroll-weekly', 'payroll-monthly')
$$;

alter table api_key add constraint api_key_of_a_person check (not is_system_author(owner));

-- An earning leaves its payout only with it, so all its authors are known as long as it is unsettled.
alter table earning
  add column paid_by     text,
  add column returned_by text;

comment on column earning.recorded_by is 'owner of the API key that reported the delivery or requested the refund, or mainstay';
comment on column earning.paid_by is
  'owner of the API key that asserted the payment of the service; null if nobody did, as when the provider reported it';
comment on column earning.returned_by is 'who cancelled the last payout that settled it; null if nobody did';

grant update (paid_by, returned_by) on earning to mainstay_app;

alter table booking add column paid_by text;

comment on column booking.paid_by is 'owner of the API key that asserted the payment';

-- The other changes of what is payable. Rows are only added, and each is approved once.
create table payable_change
(
  id          uuid primary key     default new_id(),
  kind        text        not null check (kind in ('vendor', 'vendor-left', 'minimum')),
  vendor_id   uuid references vendor,
  cadence     text check (cadence in ('weekly', 'monthly')),
  changed_by  text        not null,
  changed_at  timestamptz not null default clock_timestamp(),
  approval_id uuid references payroll_approval,
  check ((vendor_id is not null) = (kind in ('vendor', 'vendor-left'))),
  check ((cadence is not null) = (kind in ('vendor-left', 'minimum')))
);

comment on column payable_change.kind is
  'vendor: cadence, currency or payout account, also of a new vendor; vendor-left: the cadence that a vendor had before';
comment on column payable_change.cadence is 'whose runs it changes; null: those of the vendor''s cadence';
comment on column payable_change.changed_at is 'after the changed row was locked';
comment on column payable_change.approval_id is
  'the first approval that counted and included the change: a payout to the vendor, or any payout of the cadence; null if there is none yet';

create index payable_change_of_vendor on payable_change (vendor_id) where approval_id is null;

-- Only the triggers write it.
revoke insert, update, delete on payable_change from mainstay_app;
grant update (approval_id) on payable_change to mainstay_app;

create function payable_change_approved_once() returns trigger
  language plpgsql
as
$$
begin
  raise exception 'change % is approved by %', old.id, old.approval_id using errcode = 'check_violation';
end
$$;

create trigger payable_change_approved_once before update of approval_id on payable_change
  for each row when (old.approval_id is not null) execute function payable_change_approved_once();

create function keep_vendor_change() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
as
$$
begin
  insert into payable_change (kind, vendor_id, changed_by) values ('vendor', new.id, new.changed_by);
  if tg_op = 'UPDATE' and new.cadence <> old.cadence then
    insert into payable_change (kind, vendor_id, cadence, changed_by) values ('vendor-left', new.id, old.cadence, new.changed_by);
  end if;
  return null;
end
$$;

create trigger vendor_change_begins after insert on vendor
  for each row execute function keep_vendor_change();

create trigger vendor_change_kept after update of cadence, currency, payout_account on vendor
  for each row when ((old.cadence, old.currency, old.payout_account) is distinct from (new.cadence, new.currency, new.payout_account))
  execute function keep_vendor_change();

create function keep_minimum_change() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
as
$$
begin
  insert into payable_change (kind, cadence, changed_by)
  select 'minimum', c.cadence, new.changed_by
  from unnest(array ['weekly', 'monthly']) c (cadence);
  return null;
end
$$;

create trigger minimum_change_kept after insert or update on payout_minimum
  for each row execute function keep_minimum_change();

insert into payable_change (kind, vendor_id, changed_by, changed_at)
select 'vendor', v.id, v.changed_by, v.changed_at
from vendor v;

insert into payable_change (kind, cadence, changed_by, changed_at)
select 'minimum', c.cadence, m.changed_by, m.changed_at
from payout_minimum m
cross join unnest(array ['weekly', 'monthly']) c (cadence);

-- A proposal has all authors, and none of them approves it.
alter table payroll_approval
  drop constraint payroll_approval_run_id_ordinal_hash_last_changed_by_fkey,
  drop constraint payroll_approved_by_another_person;
alter table payroll_proposal drop constraint payroll_proposal_as_approved;

alter table payroll_proposal add column changed_by text[];
update payroll_proposal set changed_by = array [last_changed_by];
alter table payroll_proposal
  alter column changed_by set not null,
  drop column last_changed_by,
  add constraint payroll_proposal_as_approved unique (run_id, ordinal, hash, changed_by);

comment on column payroll_proposal.changed_by is
  'everybody who has changed the set since it was last approved: an earning, a payment, a vendor, a minimum, a payout, or the request for the run';

alter table payroll_approval add column changed_by text[];
update payroll_approval set changed_by = array [last_changed_by];
alter table payroll_approval
  alter column changed_by set not null,
  drop column last_changed_by,
  add foreign key (run_id, ordinal, hash, changed_by) references payroll_proposal (run_id, ordinal, hash, changed_by),
  add constraint payroll_approved_by_another_person check (approved_by <> all (changed_by));

drop function if exists last_payroll_change(uuid);
drop function if exists cancel_payout(uuid);
drop function if exists pay_booking(uuid, text, text, boolean, timestamptz, timestamptz, text);
