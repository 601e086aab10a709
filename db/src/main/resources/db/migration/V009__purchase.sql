create table payment
(
  id                  uuid primary key     default new_id(),
  provider            text        not null,
  provider_payment_id text        not null check (length(provider_payment_id) between 1 and 100),
  amount_minor        bigint      not null check (amount_minor >= 0),
  currency            char(3)     not null,
  refunded_minor      bigint      not null default 0,
  recorded_at         timestamptz not null default now(),
  constraint payment_recorded_once unique (provider, provider_payment_id),
  constraint payment_refunded_within_amount check (refunded_minor between 0 and amount_minor)
);

comment on column payment.refunded_minor is 'the refunds that are booked so far';

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

comment on column purchase.zone is 'of the preferred time and the session dates; the student''s zone unless the payment names one';

create trigger purchase_moves before update of status on purchase
  for each row when (old.status <> new.status) execute function check_status_move(
    'pending > active', 'pending > attention', 'pending > refunded', 'pending > cancelled',
    'attention > pending', 'attention > active', 'attention > refunded', 'attention > cancelled',
    'active > refunded', 'active > cancelled', 'active > completed',
    'completed > refunded');

create unique index purchase_student_holds_course_once on purchase (student_id, course_id)
  where status in ('pending', 'active', 'attention');
create index purchase_of_student on purchase (student_id, id);
create index purchase_by_status on purchase (status, id);
-- Finds the purchases that wait for a trainer of a course, the longest wait first.
create index purchase_waiting_for_trainer on purchase (course_id, waiting_for_trainer_since, id)
  where waiting_for_trainer_since is not null;

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

-- Money that the provider received or paid out.
create table transaction
(
  id                   uuid primary key     default new_id(),
  payment_id           uuid        not null references payment,
  kind                 text        not null check (kind in ('charge', 'refund')),
  amount_minor         bigint      not null,
  currency             char(3)     not null,
  refunded_total_minor bigint,
  at                   timestamptz not null default now(),
  constraint transaction_total_of_refund
    check ((kind = 'refund') = (refunded_total_minor is not null) and amount_minor <= coalesce(refunded_total_minor, amount_minor))
);

comment on column transaction.refunded_total_minor is 'total of the payment''s refunds including this one; null for a charge';

create unique index transaction_charged_once on transaction (payment_id) where kind = 'charge';
create unique index transaction_refunded_once on transaction (payment_id, refunded_total_minor) where kind = 'refund';

-- Requests for purchases as the intake received them, and the claim that carries each.
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
       i.received_at,
       i.claim_id,
       i.done_at
from intake i
where i.kind = 'purchase';

-- These indexes find requests for purchases, also before the purchase itself exists.
create index intake_purchase_of_student on intake (((body ->> 'studentId')::uuid), business_id) where kind = 'purchase';
create index intake_purchase_by_payment on intake ((body ->> 'providerPaymentId'), business_id) where kind = 'purchase';
