-- How many times a row is claimed before it needs an operator.
create function max_claims() returns smallint
  language sql immutable parallel safe
as
$$
select 3::smallint
$$;

-- Every process starts as one row in this table. The insert acknowledges the request and deduplicates it.
create table intake
(
  id             uuid primary key     default new_id(),
  kind           text        not null,
  source         text        not null,
  key            text        not null,
  body_hash      bytea       not null,
  business_id    uuid        not null,
  body           jsonb       not null,
  client         text,
  correlation_id text        not null,
  received_at    timestamptz not null default now(),
  claim_id       uuid,
  claims         smallint    not null default 0 check (claims between 0 and 3),
  leased_until   timestamptz,
  done_at        timestamptz,
  constraint intake_taken_in_once unique (source, key),
  check ((claims = 0) = (claim_id is null)),
  check ((claim_id is null) = (leased_until is null))
);

comment on column intake.source is 'the scope in which the key is unique, such as a payment provider';
comment on column intake.business_id is 'the id of the object that the process creates, such as purchase.id';
comment on column intake.client is 'owner of the API key; null if a webhook or a step wrote the row';
comment on column intake.leased_until is 'until this time the host that claimed the row may start its run';
comment on column intake.done_at is 'set by the first step of the run, in that step''s transaction';

-- The drainer looks for waiting rows by kind, so that ten thousand rows of one kind do not slow down the search for another kind.
create index intake_waiting_of_kind on intake (kind, id) where done_at is null;
create unique index intake_business on intake (business_id, kind);
