-- Months of a partitioned table are made and dropped by these two functions alone, which run as the migration's role: the application's
-- owns nothing. Neither is called by what a purchase waits for.

-- Makes the partitions, {table}_{year}_{month}, that are missing from this month on; how many it made. One is filled in by hand and then
-- attached, which others that read or write the table do not wait for. A year ahead: a log goes on though nobody calls for a year.
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
    -- rows are reached through the parent, with the rights on that
    execute format('revoke all on table %I from mainstay_app', name);
    execute format(
      'alter table %s attach partition %I for values from (%L) to (%L)',
      parent, name, month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    made := made + 1;
  end loop;
  return made;
end
$$;

-- Drops the partitions whose month ended more than so many months ago; how many. The audit log is kept for two years at least, and is
-- sealed first, so that its chain of blocks still proves what was there.
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
