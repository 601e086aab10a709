-- How often a row is claimed before it is put before an operator.
create function max_claims() returns smallint
  language sql immutable parallel safe
as
$$
select 3::smallint
$$;

-- Everything that starts a process is first one row here. Inserting it is the acknowledgement and the dedupe.
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

comment on column intake.source is 'what the key is unique in: a payment provider, a kind of split-off, ...';
comment on column intake.business_id is 'the id of what the process makes, fixed here; purchase.id for a purchase';
comment on column intake.client is 'owner of the API key that brought it; null where a webhook or a step did';
comment on column intake.leased_until is 'until then the host that claimed it is trusted to start its run';
comment on column intake.done_at is 'set by the first step of the run, in its own transaction';

-- What waits is looked for kind by kind, so that ten thousand rows of one kind are not read to find one of another.
create index intake_waiting_of_kind on intake (kind, id) where done_at is null;
create unique index intake_business on intake (business_id, kind);
