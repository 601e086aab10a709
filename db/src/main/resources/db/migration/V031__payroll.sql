-- Payroll: a run for each cadence and period, and what it owes each vendor in each currency. Money is settled here and only sent later.
create table payout_minimum
(
  currency      char(3) primary key,
  minimum_minor bigint      not null check (minimum_minor >= 0),
  changed_by    text        not null default 'mainstay',
  changed_at    timestamptz not null default now()
);

comment on table payout_minimum is 'a currency that is not here is carried until somebody says what its least payout is';

insert into payout_minimum (currency, minimum_minor)
values ('USD', 5000), ('EUR', 5000), ('GBP', 5000), ('CHF', 5000), ('CAD', 5000), ('AUD', 5000), ('JPY', 5000);

create table payroll_run
(
  id                uuid primary key     default new_id(),
  cadence           text        not null check (cadence in ('weekly', 'monthly')),
  period_start      date        not null,
  period_end        date        not null,
  zone              text        not null,
  starts_at         timestamptz not null,
  ends_at           timestamptz not null,
  status            text        not null default 'freezing'
    check (status in ('awaiting-approval', 'freezing', 'frozen', 'paying', 'paused', 'completed', 'cancelled')),
  hash              text,
  pause_reason    text,
  requested_by      text        not null,
  correlation_id    text        not null,
  requested_at      timestamptz not null default now(),
  frozen_at         timestamptz,
  completed_at      timestamptz,
  constraint payroll_period_is_one check (
    case cadence
      when 'weekly' then extract(isodow from period_start) = 1 and period_end = period_start + 7
      else extract(day from period_start) = 1 and period_end = (period_start + interval '1 month')::date end),
  check (starts_at < ends_at),
  check ((status = 'paused') = (pause_reason is not null)),
  check ((status = 'completed') = (completed_at is not null)),
  check (hash is not null or status in ('awaiting-approval', 'freezing', 'cancelled')),
  unique (id, cadence, period_start)
);

comment on column payroll_run.period_end is 'the first day that is not of it';
comment on column payroll_run.starts_at is 'the first midnight of the period in its zone; half-open up to ends_at';
comment on column payroll_run.hash is 'over all its payouts, once they are frozen';
comment on column payroll_run.requested_by is 'the owner of the API key, or the Schedule';

create unique index payroll_run_once on payroll_run (cadence, period_start) where status <> 'cancelled';

create table payout
(
  id                   uuid primary key     default new_id(),
  run_id               uuid        not null,
  vendor_id            uuid        not null references vendor,
  cadence              text        not null,
  period_start         date        not null,
  currency             char(3)     not null,
  earnings             int         not null check (earnings > 0),
  gross_minor          bigint      not null,
  commission_minor     bigint      not null,
  amount_minor         bigint      not null,
  digest               bytea       not null default sha256(''),
  status               text        not null
    check (status in ('frozen', 'paying', 'paid', 'carried', 'unknown', 'failed', 'cancelled')),
  reason               text,
  provider_transfer_id text unique,
  created_at           timestamptz not null default now(),
  paid_at              timestamptz,
  foreign key (run_id, cadence, period_start) references payroll_run (id, cadence, period_start),
  check (gross_minor = commission_minor + amount_minor),
  check (amount_minor > 0 or status in ('carried', 'cancelled')),
  check ((status = 'paid') = (provider_transfer_id is not null)),
  check ((status = 'paid') = (paid_at is not null)),
  check (reason is not null or status not in ('carried', 'failed', 'cancelled'))
);

comment on column payout.amount_minor is 'net: what the vendor gets; of a carried one what would have been paid, its earnings stay unsettled';
comment on column payout.digest is 'over the ids of its earnings, as they were when it was frozen';
comment on column payout.reason is 'why it is carried, failed, unknown or cancelled';

create unique index payout_once on payout (vendor_id, cadence, period_start, currency) where status <> 'cancelled';
create index payout_of_run on payout (run_id, id);
create index payout_of_vendor on payout (vendor_id, id);

-- Money that was sent, or may have been, stays sent: only what certainly was not can be cancelled. A transfer that turns up is a fact,
-- whatever was thought of it.
create function payout_moves() returns trigger
  language plpgsql
as
$$
begin
  if not (case old.status
           when 'frozen' then new.status in ('paying', 'paid', 'cancelled')
           when 'paying' then new.status in ('paid', 'unknown', 'failed', 'frozen')
           when 'unknown' then new.status in ('paid', 'failed', 'frozen')
           when 'failed' then new.status in ('frozen', 'paid', 'cancelled')
           when 'carried' then new.status = 'cancelled'
           else false end) then
    raise exception 'payout % cannot become % from %', old.id, new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger payout_moves before update of status on payout
  for each row when (old.status <> new.status) execute function payout_moves();

-- An earning is settled once, for ever: it is taken out of its payout only by that payout being cancelled.
create function earning_stays_settled() returns trigger
  language plpgsql
as
$$
begin
  if new.payout_id is not null
    or not exists (select from payout p where p.id = old.payout_id and p.status = 'cancelled') then
    raise exception 'earning % is settled by payout %', old.id, old.payout_id using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger earning_stays_settled before update of payout_id on earning
  for each row when (old.payout_id is not null and new.payout_id is distinct from old.payout_id) execute function earning_stays_settled();

grant update (payout_id) on earning to mainstay_app;
revoke delete on payroll_run, payout, payout_minimum from mainstay_app;
