-- A refund that an operator asked for, and what the provider said to it.
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

comment on column refund_request.purchase_id is 'as it was taken in: a duplicate payment has no purchase';

comment on column refund_request.asked_at is 'from then on the provider may have heard of it';

create index refund_request_of_purchase on refund_request (purchase_id, id);
create index refund_request_of_payment on refund_request (payment_id);
