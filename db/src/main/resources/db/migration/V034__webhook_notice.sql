-- Events of a provider that are acknowledged and not acted on because something is configured in another way than they need.
create table webhook_notice
(
  provider  text        not null,
  reason    text        not null,
  count     bigint      not null default 1,
  first_at  timestamptz not null default now(),
  last_at   timestamptz not null default now(),
  last_type text        not null check (length(last_type) <= 100),
  primary key (provider, reason)
);

comment on column webhook_notice.reason is 'other-mode, thin-event: see SetAside';
