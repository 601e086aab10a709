-- Two halves of a payment that Stripe reports in two events: what it is for, which only its Checkout session says, and the money, which its
-- payment intent reports. Whichever comes second creates the purchase.
create table payment_announcement
(
  provider            text        not null,
  provider_payment_id text        not null check (length(provider_payment_id) between 1 and 100),
  announced_at        timestamptz,
  student_id          uuid,
  course_id           uuid,
  preferred_time      time,
  zone                text,
  problem             text,
  received_at         timestamptz,
  amount_minor        bigint check (amount_minor >= 0),
  currency            char(3),
  primary key (provider, provider_payment_id),
  check (announced_at is not null or received_at is not null),
  constraint payment_announcement_says_what
    check (announced_at is null or problem is not null or (student_id is not null and course_id is not null)),
  constraint payment_announcement_has_amount
    check ((received_at is null) = (amount_minor is null) and (received_at is null) = (currency is null))
);

comment on column payment_announcement.announced_at is 'when its session said what it is for; null if none has';
comment on column payment_announcement.problem is 'why no purchase can be created from the session''s metadata; null if one can';
comment on column payment_announcement.received_at is 'when its payment intent said that the money is here; null if it has not';

-- Payments that no session announces are other business of the account. They are kept for 30 days: Stripe repeats an event for three.
create index payment_announcement_foreign on payment_announcement (received_at) where announced_at is null;
create index payment_announcement_of_student on payment_announcement (student_id) where student_id is not null;
