-- The inbox is read in the order in which items were opened, also of one process, or of one kind of failure.
create index attention_inbox on attention (status, opened_at, id);
create index attention_inbox_of_process on attention (process, status, opened_at, id);
create index attention_inbox_of_fingerprint on attention (fingerprint, status, opened_at, id);
drop index attention_by_process;
