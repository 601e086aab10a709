-- Vendors' e-mail addresses over time. A change of a payout account is reported to the address of three days before, so that the report
-- does not reach a thief who has changed both.
create table vendor_email
(
  vendor_id uuid        not null references vendor,
  since     timestamptz not null,
  email     text,
  primary key (vendor_id, since)
);

comment on column vendor_email.email is 'null: the vendor had no address';

insert into vendor_email (vendor_id, since, email)
select v.id, '-infinity', v.email
from vendor v;

-- Only the trigger writes it.
revoke insert, update, delete on vendor_email from mainstay_app;

create function keep_vendor_email() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
as
$$
begin
  insert into vendor_email (vendor_id, since, email)
  values (new.id, now(), new.email)
  on conflict (vendor_id, since) do update set email = excluded.email;
  return null;
end
$$;

create trigger vendor_email_begins after insert on vendor
  for each row execute function keep_vendor_email();

create trigger vendor_email_changes after update of email on vendor
  for each row when (old.email is distinct from new.email) execute function keep_vendor_email();

-- Payout accounts that replaced another one.
create table payout_account_change
(
  id         uuid primary key     default new_id(),
  vendor_id  uuid        not null references vendor,
  account    text        not null,
  replaced   text        not null,
  changed_by text        not null,
  changed_at timestamptz not null default now(),
  check (account <> replaced)
);

comment on column payout_account_change.replaced is 'the account before';

create index payout_account_change_of_vendor on payout_account_change (vendor_id, id);

revoke update, delete on payout_account_change from mainstay_app;

alter table message
  drop constraint message_subject_kind_check,
  add constraint message_subject_kind_check check (subject_kind in
    ('booking', 'purchase', 'session', 'payout', 'payout-account', 'task', 'customer', 'stock'));

comment on column message.subject_id is 'of the subject kind payout-account: the change of the account';
