-- Attempts to refund, and refunds that the provider accepted and that did not arrive.
create table refund_attempt
(
  request_id  uuid        not null references refund_request,
  attempt     int         not null check (attempt >= 1),
  status      text        not null default 'asked' check (status in ('asked', 'released', 'accepted', 'refused')),
  answer      text,
  asked_at    timestamptz not null default now(),
  answered_at timestamptz,
  primary key (request_id, attempt),
  check (answered_at is not null or status = 'asked')
);

comment on table refund_attempt is 'request and attempt form the idempotency key for the provider';
comment on column refund_attempt.status is
  'asked: the refund may have happened; released: the provider was not called; refused: the refund did not happen';
comment on column refund_attempt.asked_at is 'the last time that the provider was called with this key';
comment on column refund_attempt.answer is 'the provider''s response code';

-- Only the last attempt of a request can have an unknown outcome.
create unique index refund_attempt_in_doubt on refund_attempt (request_id) where status in ('asked', 'released');

revoke delete on refund_attempt from mainstay_app;

insert into refund_attempt (request_id, attempt, status, asked_at, answered_at)
select q.id, 1, case q.status when 'accepted' then 'accepted' else 'asked' end, q.asked_at, case q.status when 'accepted' then q.asked_at end
from refund_request q
where q.asked_at is not null;

alter table refund_request
  drop column asked_at,
  add column replaces_minor bigint not null default 0 check (replaces_minor between 0 and amount_minor),
  drop constraint refund_request_status_check,
  add constraint refund_request_status_check check (status in ('pending', 'accepted', 'failed', 'cancelled')),
  drop constraint refund_request_check,
  add constraint refund_request_accepted check ((status in ('accepted', 'failed')) = (provider_refund_id is not null));

comment on column refund_request.status is
  'accepted: the provider makes the refund, whether or not it has arrived; failed: the provider accepted it, and it did not arrive';
comment on column refund_request.replaces_minor is
  'how much of it is booked already, because another refund failed after it was booked';

create unique index refund_request_of_refund on refund_request (payment_id, provider_refund_id);

create trigger refund_request_moves before update of status on refund_request
  for each row when (old.status <> new.status) execute function check_status_move(
    'pending > accepted', 'pending > cancelled', 'accepted > failed');

alter table refund_fact
  add column status         text   not null default 'succeeded' check (status in ('pending', 'succeeded', 'failed')),
  add column returned_minor bigint not null default 0 check (returned_minor between 0 and amount_minor),
  add constraint refund_fact_only_refunds_fail check (kind = 'refund' or status = 'succeeded'),
  add constraint refund_fact_returned check (returned_minor = 0 or status = 'failed');

comment on column refund_fact.status is 'of a refund: it only ever moves from pending to succeeded to failed, so the order of events does not matter';
comment on column refund_fact.returned_minor is 'how much of a failed refund was booked: the platform has this money again';

drop function if exists insert_refund_fact(text, text, text, text, bigint, text);
drop function if exists record_refund_fact(text, text, text, text, bigint, text, text);
