-- Token buckets that all hosts share: how many messages a channel's gateway takes in a time.
create table rate_limit
(
  id    text primary key,
  state bytea
);

comment on column rate_limit.id is '{channel}/{messages a second}';
comment on column rate_limit.state is 'Bucket4j''s own; a row that is deleted is a full bucket';
