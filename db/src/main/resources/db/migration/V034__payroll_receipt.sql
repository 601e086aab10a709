-- Receipts: what a payout was made of, as its vendor got it. Written once, of money that was sent and can no longer change.
create sequence receipt_number;

create table receipt
(
  payout_id uuid primary key references payout,
  number    bigint      not null unique,
  issued_at timestamptz not null,
  locale    text        not null,
  pdf       bytea       not null
);

comment on column receipt.number is 'unique and rising, gaps allowed; stands in the PDF, too';
comment on column receipt.locale is 'IETF tag of what the PDF is written in';

-- A PDF is compressed already
alter table receipt alter column pdf set storage external;

revoke update, delete on receipt from mainstay_app;

-- A letter may have a file that goes with it.
drop function if exists message_facts(uuid[]);
