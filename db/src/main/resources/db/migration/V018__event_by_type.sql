-- Who follows the events of one type reads them by key, too.
create index event_by_type on event (type, xid, id);
