-- An id that sorts where another one does among those of other times: what takes the place of something waits no longer than it.
create function monotonic_id(id uuid) returns uuid
  language sql volatile parallel safe
as
$$
select encode(overlay(uuid_send(gen_random_uuid()) placing substring(uuid_send(id) from 1 for 8) from 1 for 8), 'hex')::uuid
$$;
