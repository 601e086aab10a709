-- All work that is not over, although no intake row will start it any more: a run carries it, or it was lost. Only Temporal knows which.
--
-- Each keyed process has a view unfinished_{process} (kind, business_id, subject_id, since, due, runs), and other modules on the class path
-- can add theirs:
--   kind, business_id  the intake row that starts the process
--   subject_id         what it is about
--   due                when it is over, or with an operator, if all is well; null for no limit
--   runs               ids of the workflows that may carry it; the first one if it runs alone
-- Rows whose claims are exhausted belong to it too, since only an operator has them claimed again; each has an attention item.
--
-- Flyway runs this file after each migration; it rebuilds the view only if the list of views has changed.
do
$$
declare
  views constant text[] := array(
    select c.relname::text
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind = 'v'
      and starts_with(c.relname, 'unfinished_')
    order by c.relname);
  named constant text   := 'joins ' || array_to_string(views, ', ');
begin
  if obj_description(to_regclass('public.unfinished'), 'pg_class') is distinct from named then
    execute
      'create or replace view public.unfinished (intake_id, process, kind, subject_id, since, due, runs) as '
        'select i.id, u.process, u.kind, u.subject_id, u.since, u.due, u.runs from ('
        || (select string_agg(
                     format('select %L::text as process, v.kind, v.business_id, v.subject_id, v.since, v.due, v.runs from public.%I v',
                            replace(substring(view from length('unfinished_') + 1), '_', '-'), view),
                     ' union all ' order by view)
            from unnest(views) view)
        || ') u left join public.intake i on i.business_id = u.business_id and i.kind = u.kind'
        ' where i.id is null or i.done_at is not null'
        ' union all '
        'select i.id, i.kind, i.kind, i.business_id, i.received_at, null, ''{}''::text[]'
        ' from public.intake i where i.done_at is null and i.leased_until = ''infinity''';
    execute format('comment on view public.unfinished is %L', named);
  end if;
end
$$;

-- An invariant for each of these processes. What an operator or a restart has just moved has an hour.
create or replace view invariant_violation_unfinished (rule, subject_id, detail) as
select u.process || '-unfinished', u.subject_id,
       coalesce(u.runs[1], u.kind) || ' is unfinished since ' || u.since || ', without an attention item'
from unfinished u
left join intake i on i.id = u.intake_id
where u.due < now()
  and coalesce(i.restarted_at < now() - interval '1 hour', true)
  and not exists (
    select
    from attention a
    where a.subject_id in (u.subject_id, i.business_id)
      and coalesce(a.resolved_at, now()) > now() - interval '1 hour');
