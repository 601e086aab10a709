-- Facts about refunded money. Rows are only added; a total may only rise.
create table refund_fact
(
  provider            text        not null,
  provider_payment_id text        not null check (length(provider_payment_id) between 1 and 100),
  kind                text        not null check (kind in ('refund', 'total', 'dispute')),
  provider_id         text        not null check (length(provider_id) between 1 and 100),
  amount_minor        bigint      not null check (amount_minor > 0),
  currency            char(3)     not null,
  recorded_at         timestamptz not null default now(),
  constraint refund_fact_recorded_once primary key (provider, provider_payment_id, kind, provider_id)
);

comment on table refund_fact is 'includes payments that are not recorded yet, and payments that belong to other systems';
comment on column refund_fact.kind is 'refund: one successful refund; total: all refunds of a charge so far; dispute: a lost dispute';
comment on column refund_fact.provider_id is 'the provider''s id of the refund, the charge or the dispute';

-- The refunded total of each payment. Single refunds and the total of a charge describe the same money; a lost dispute is additional money.
create view refund_total as
select f.provider, f.provider_payment_id, f.currency,
       (greatest(coalesce(sum(f.amount_minor) filter (where f.kind = 'refund'), 0),
                 coalesce(max(f.amount_minor) filter (where f.kind = 'total'), 0))
         + coalesce(sum(f.amount_minor) filter (where f.kind = 'dispute'), 0))::bigint as amount_minor,
       max(f.recorded_at) as recorded_at
from refund_fact f
group by f.provider, f.provider_payment_id, f.currency;

create sequence credit_note_number;

create table credit_note
(
  id             uuid primary key     default new_id(),
  invoice_id     uuid        not null references invoice,
  transaction_id uuid        not null unique references transaction,
  number         bigint      not null unique default nextval('credit_note_number'),
  amount_minor   bigint      not null check (amount_minor > 0),
  currency       char(3)     not null,
  issued_at      timestamptz not null default now()
);

create index credit_note_of_invoice on credit_note (invoice_id);

-- Refunds that an operator requested, and the provider's response.
create table refund_request
(
  id                 uuid primary key     default new_id(),
  purchase_id        uuid        not null,
  payment_id         uuid        not null references payment,
  amount_minor       bigint      not null check (amount_minor > 0),
  currency           char(3)     not null,
  requested_by       text        not null,
  reason             text        not null,
  status             text        not null default 'pending' check (status in ('pending', 'accepted', 'cancelled')),
  provider_refund_id text,
  requested_at       timestamptz not null default now(),
  asked_at           timestamptz,
  check ((status = 'accepted') = (provider_refund_id is not null))
);

comment on column refund_request.purchase_id is 'the requested purchase: a duplicate payment has none';

comment on column refund_request.asked_at is 'since then the provider may have received the request';

create index refund_request_of_purchase on refund_request (purchase_id, id);
create index refund_request_of_payment on refund_request (payment_id);
