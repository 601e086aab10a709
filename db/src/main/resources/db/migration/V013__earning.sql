-- Earnings of vendors. Rows are only added: a reversal is a row of its own.
create table earning
(
  id                 uuid primary key     default new_id(),
  vendor_id          uuid        not null references vendor,
  source_kind        text        not null check (source_kind in ('booking', 'session')),
  source_id          uuid        not null,
  kind               text        not null check (kind in ('delivery', 'reversal')),
  gross_minor        bigint      not null,
  commission_percent numeric     not null check (commission_percent between 0 and 100),
  commission_minor   bigint      not null,
  net_minor          bigint      not null,
  currency           char(3)     not null,
  earned_at          timestamptz not null,
  payout_id          uuid,
  recorded_by        text        not null default 'mainstay',
  recorded_at        timestamptz not null default now(),
  constraint earning_recorded_once unique (source_kind, source_id, kind),
  constraint earning_adds_up check (gross_minor = commission_minor + net_minor),
  constraint earning_sign check (case kind when 'delivery' then least(commission_minor, net_minor) >= 0
                                           else greatest(commission_minor, net_minor) <= 0 end)
);

comment on column earning.source_id is 'the id of the booking or the course session';
comment on column earning.kind is 'a reversal has the negative amounts of its delivery';
comment on column earning.commission_percent is 'the configured commission at the time of the earning';
comment on column earning.earned_at is 'when the service was delivered or refunded: this time decides the payroll period';
comment on column earning.recorded_by is 'owner of the API key that reported the delivery, or mainstay';
comment on column earning.payout_id is 'null until the earning is settled';

create index earning_unsettled on earning (vendor_id, currency, earned_at) where payout_id is null;
create index earning_of_payout on earning (payout_id) where payout_id is not null;

revoke update, delete on earning from mainstay_app;
