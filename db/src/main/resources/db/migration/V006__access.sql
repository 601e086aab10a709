create table api_key
(
  id         uuid primary key     default new_id(),
  owner      text        not null,
  hash       bytea       not null unique,
  roles      text[]      not null check (roles <@ array ['starter', 'operator', 'finance', 'approver', 'auditor']),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);

comment on column api_key.hash is 'SHA-256 of the key, which is 256 random bits and needs no salt';

-- The first response to a request with an Idempotency-Key. A repeated request gets the same response.
create table idempotency_key
(
  client     text        not null,
  key        text        not null check (length(key) between 1 and 255),
  request    bytea       not null,
  answer     jsonb       not null,
  created_at timestamptz not null default now(),
  primary key (client, key)
);

comment on column idempotency_key.request is 'SHA-256 of method, path and body';

create index idempotency_key_by_age on idempotency_key (created_at);
