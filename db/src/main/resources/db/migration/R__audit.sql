-- The audit log is kept for at least this number of months.
create or replace function audit_months_kept() returns int
  language sql immutable parallel safe
as
$$
select 24
$$;

-- A field of an audit row in the form in which it is hashed: the length in bytes, a colon and the text, so that no two rows look the same.
-- A missing field is a hyphen.
create or replace function audit_field(field text) returns text
  language sql immutable parallel safe
as
$$
select coalesce(octet_length(field) || ':' || field, '-')
$$;

-- Seals the rows that were written since the last block and cannot be preceded by others any more: those below pg_snapshot_xmin. A block
-- has at most 10,000 rows. Returns the number of sealed rows. It locks only against another sealing, which waits. It runs as the migration
-- role, because the application's role may not write blocks.
create or replace function seal_audit() returns bigint
  language plpgsql volatile security definer set search_path = public, pg_temp
as
$$
declare
  last   audit_block;
  block  audit_block;
  sealed bigint := 0;
begin
  lock table audit_block in exclusive mode;
  loop
    select * into last from audit_block b order by b.number desc limit 1;

    with fresh as (
      select e.*
      from audit_event e
      where (e.xid, e.id) > (coalesce(last.last_xid, '0'::xid8), coalesce(last.last_id, '00000000-0000-0000-0000-000000000000'))
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.id
      limit 10000)
    select count(*), min(f.at), (array_agg(f.xid order by f.xid desc, f.id desc))[1], (array_agg(f.id order by f.xid desc, f.id desc))[1],
           sha256(string_agg(
             convert_to(
               audit_field(f.id::text) || audit_field(f.xid::text) ||
               audit_field((extract(epoch from f.at) * 1000000)::bigint::text) || audit_field(f.by) || audit_field(f.action) ||
               audit_field(f.subject) || audit_field(f.subject_id::text) || audit_field(f.reason) || audit_field(f.outcome) ||
               audit_field(f.detail) || audit_field(f.correlation_id), 'UTF8'),
             ''::bytea order by f.xid, f.id))
    into block.rows, block.first_at, block.last_xid, block.last_id, block.rows_hash
    from fresh f;

    exit when block.rows = 0;

    block.number := coalesce(last.number, 0) + 1;
    block.previous_hash := coalesce(last.hash, ''::bytea);
    block.hash := sha256(
      convert_to(
        audit_field(block.number::text) || audit_field(block.last_xid::text) || audit_field(block.last_id::text) ||
        audit_field((extract(epoch from block.first_at) * 1000000)::bigint::text) || audit_field(block.rows::text), 'UTF8')
        || block.rows_hash || block.previous_hash);
    insert into audit_block (number, last_xid, last_id, first_at, rows, rows_hash, previous_hash, hash)
    values (block.number, block.last_xid, block.last_id, block.first_at, block.rows, block.rows_hash, block.previous_hash, block.hash);
    sealed := sealed + block.rows;
  end loop;
  return sealed;
end
$$;

revoke execute on function seal_audit() from public;
grant execute on function seal_audit() to mainstay_app;
