-- Only these two functions make and drop monthly partitions. They run as the migration role, because the application's role owns nothing.
-- No purchase waits for them.

-- Makes the missing partitions, {table}_{year}_{month}, from this month on. Returns their number. A partition is created and then attached,
-- so that readers and writers of the table do not wait. The default is a year ahead, so that a log works for a year if nobody calls this.
create or replace function make_partitions(parent regclass, months_ahead int default 12) returns int
  language plpgsql volatile security definer set search_path = public, pg_temp
as
$$
declare
  month date;
  name  text;
  made  int := 0;
begin
  for month in
    select date_trunc('month', now() at time zone 'UTC') + make_interval(months => n)
    from generate_series(0, months_ahead) n
  loop
    name := (select c.relname from pg_class c where c.oid = parent) || to_char(month, '_YYYY_MM');
    continue when to_regclass(name) is not null;
    execute format('create table %I (like %s including defaults including constraints)', name, parent);
    -- Access goes through the parent table and its rights.
    execute format('revoke all on table %I from mainstay_app', name);
    execute format(
      'alter table %s attach partition %I for values from (%L) to (%L)',
      parent, name, month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    made := made + 1;
  end loop;
  return made;
end
$$;

-- Drops partitions whose month ended more than a number of months ago. Returns their number. The audit log keeps a minimum, and is sealed
-- first, so that its chain still proves what the dropped rows were.
create or replace function drop_partitions(parent regclass, months_kept int) returns int
  language plpgsql volatile security definer set search_path = public, pg_temp
as
$$
declare
  oldest text := (select c.relname from pg_class c where c.oid = parent)
    || to_char((now() at time zone 'UTC') - make_interval(months => months_kept), '_YYYY_MM');
  name   text;
  gone   int  := 0;
begin
  if parent = 'audit_event'::regclass then
    if months_kept < audit_months_kept() then
      raise exception 'The audit log is kept for % months at least', audit_months_kept();
    end if;
    perform seal_audit();
  end if;
  for name in
    select c.relname
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent and c.relname < oldest
    order by c.relname
  loop
    execute format('drop table %I', name);
    gone := gone + 1;
  end loop;
  return gone;
end
$$;

revoke execute on function make_partitions(regclass, int), drop_partitions(regclass, int) from public;
grant execute on function make_partitions(regclass, int), drop_partitions(regclass, int) to mainstay_app;

select make_partitions('audit_event');
