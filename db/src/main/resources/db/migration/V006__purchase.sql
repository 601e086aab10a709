create table payment
(
  id                  uuid primary key     default new_id(),
  provider            text        not null,
  provider_payment_id text        not null check (length(provider_payment_id) between 1 and 100),
  amount_minor        bigint      not null check (amount_minor >= 0),
  currency            char(3)     not null,
  recorded_at         timestamptz not null default now(),
  constraint payment_recorded_once unique (provider, provider_payment_id)
);

create table purchase
(
  id                        uuid primary key,
  student_id                uuid        not null references customer,
  course_id                 uuid        not null references course,
  payment_id                uuid        not null unique references payment,
  status                    text        not null check (status in
    ('pending', 'active', 'attention', 'refunded', 'cancelled', 'completed')),
  preferred_time            time        not null,
  zone                      text        not null,
  waiting_for_trainer_since timestamptz,
  created_at                timestamptz not null default now()
);

comment on column purchase.zone is 'of the preferred time and of the sessions'' dates; the student''s unless the payment said its own';

create unique index purchase_student_holds_course_once on purchase (student_id, course_id)
  where status in ('pending', 'active', 'attention');
create index purchase_of_student on purchase (student_id, id);
create index purchase_by_status on purchase (status, id);

create sequence invoice_number;

create table invoice
(
  id           uuid primary key     default new_id(),
  purchase_id  uuid        not null unique references purchase,
  number       bigint      not null unique default nextval('invoice_number'),
  amount_minor bigint      not null,
  currency     char(3)     not null,
  issued_at    timestamptz not null default now()
);

-- Money that came in or went out at the provider.
create table transaction
(
  id           uuid primary key     default new_id(),
  payment_id   uuid        not null references payment,
  kind         text        not null check (kind in ('charge')),
  amount_minor bigint      not null,
  currency     char(3)     not null,
  at           timestamptz not null default now(),
  unique (payment_id, kind)
);

-- What a purchase was asked to be, as it was taken in.
create view purchase_request as
select i.business_id                           as purchase_id,
       i.body ->> 'provider'                   as provider,
       i.body ->> 'providerPaymentId'          as provider_payment_id,
       (i.body ->> 'studentId')::uuid          as student_id,
       (i.body ->> 'courseId')::uuid           as course_id,
       (i.body ->> 'amountMinor')::bigint      as amount_minor,
       (i.body ->> 'currency')::char(3)        as currency,
       (i.body ->> 'preferredTime')::time      as preferred_time,
       i.body ->> 'zone'                       as zone,
       i.client,
       i.correlation_id,
       i.received_at
from intake i
where i.kind = 'purchase';
