-- Checks every PL/pgSQL function of a migrated database: each statement is planned, also those on paths that no test takes.
-- A trigger function is checked once for each table that it stands on. Errors fail; warnings are printed.
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
set client_min_messages = warning;
create extension if not exists plpgsql_check;
create temporary table checked as
  select distinct p.oid::regprocedure as function, t.tgrelid::regclass as relation
  from pg_proc p
  join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
  left join pg_trigger t on t.tgfoid = p.oid and not t.tgisinternal and t.tgparentid = 0
  where p.pronamespace = 'public'::regnamespace;
create temporary table finding as
  select c.function, c.relation, f.*
  from checked c
  cross join lateral plpgsql_check_function_tb(c.function, coalesce(c.relation, 0), fatal_errors => false, extra_warnings => true) f;
select concat(upper(level), ' ', function, ' on ' || relation, ', line ' || lineno, ': ', message, ' (' || detail || ')', ' in: ' || query)
from finding
order by level, function::text, lineno;
select concat(count(distinct function), ' functions checked on PostgreSQL ', current_setting('server_version')) from checked;
do $$
begin
  if not exists (select from checked) or exists (select from finding where level = 'error') then
    raise exception 'No function was checked, or a function has an error: see above';
  end if;
end
$$;
