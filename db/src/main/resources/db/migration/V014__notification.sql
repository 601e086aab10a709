-- Messages: one row per event, channel and recipient. A row holds no address and no text: the text is rendered from current data when the
-- message is sent.

create table consent
(
  customer_id uuid        not null references customer,
  channel     text        not null check (channel in ('email', 'sms', 'push')),
  purpose     text        not null check (purpose in ('transactional', 'reminder', 'marketing')),
  granted     boolean     not null,
  at          timestamptz not null default now(),
  primary key (customer_id, channel, purpose)
);

comment on table consent is 'without a row, transactional messages are allowed and others are not';

create table message
(
  id             uuid primary key     default new_id(),
  event_id       text        not null,
  event          text        not null,
  kind           text        not null,
  purpose        text        not null check (purpose in ('transactional', 'reminder', 'marketing')),
  channel        text        not null check (channel in ('email', 'sms', 'push')),
  recipient_kind text        not null check (recipient_kind in ('customer', 'vendor', 'store')),
  recipient_id   uuid        not null,
  subject_kind   text        not null check (subject_kind in
    ('booking', 'purchase', 'session', 'payout', 'task', 'customer', 'stock')),
  subject_id     uuid        not null,
  status         text        not null check (status in
    ('waiting', 'sent', 'delivered', 'suppressed', 'failed', 'unknown')),
  reason         text        not null,
  hold_until     timestamptz,
  tries          smallint    not null default 0 check (tries >= 0),
  sending_since  timestamptz,
  possibly_duplicate    boolean     not null default false,
  provider_id    text,
  correlation_id text        not null,
  created_at     timestamptz not null default now(),
  sent_at        timestamptz,
  delivered_at   timestamptz,
  constraint message_sent_once unique (event_id, channel, recipient_kind, recipient_id),
  constraint message_sent_has_time check ((status in ('sent', 'delivered')) <= (sent_at is not null))
);

comment on column message.event_id is '{kind}/{subject}, plus the stage for a reminder; a message is sent once per event id';
comment on column message.event is 'the event or sweep that planned the message, such as booking.created';
comment on column message.reason is 'why the message is sent or not: no-consent, no-address, cancelled, ...';
comment on column message.hold_until is 'do not send before this time (quiet hours)';
comment on column message.sending_since is 'since then a provider may have received the message, but its response was lost';
comment on column message.possibly_duplicate is 'sent again because a response was lost and the provider has no lookup';

create index message_of_subject on message (subject_id, id);
create index message_to_recipient on message (recipient_id, id);
create index message_waiting on message (channel, id) where status = 'waiting';
create index message_of_provider on message (provider_id) where provider_id is not null;
create index message_reminder_waiting on message (event, channel, id) where status = 'waiting' and purpose = 'reminder';
