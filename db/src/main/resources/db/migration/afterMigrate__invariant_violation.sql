-- All violations of invariants. An empty result is the definition of "nothing lost". A step in progress has 5 minutes. A purchase that
-- waits for a trainer has 24 hours until it becomes an attention item, and one more. A process that waits for an operator has an open
-- attention item.
--
-- Each capability has a view invariant_violation_{capability} (rule, subject_id, detail), and other modules on the class path can add
-- theirs. Flyway runs this file after each migration; it rebuilds the view only if the list of views has changed.
do
$$
declare
  views constant text[] := array(
    select c.relname::text
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind = 'v'
      and starts_with(c.relname, 'invariant_violation_')
    order by c.relname);
  named constant text   := 'joins ' || array_to_string(views, ', ');
begin
  if obj_description(to_regclass('public.invariant_violation'), 'pg_class') is distinct from named then
    execute 'create or replace view public.invariant_violation (rule, subject_id, detail) as '
      || (select string_agg(format('select v.rule, v.subject_id, v.detail from public.%I v', view), ' union all ' order by view)
          from unnest(views) view);
    execute format('comment on view public.invariant_violation is %L', named);
  end if;
end
$$;
