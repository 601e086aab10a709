-- What waits is looked for kind by kind, so that ten thousand rows of one kind are not read to find one of another.
create index intake_waiting_of_kind on intake (kind, id) where done_at is null;
drop index intake_waiting;
