-- Every breach of what must always hold, of all capabilities. An empty answer is the definition of "nothing lost".
-- What is merely under way has 5 minutes; what waits for a trainer has the 24 hours after which it is an attention item, and one
-- to spare; what waits for an operator has an open attention item.
--
-- Each capability has a view of its own, invariant_violation_{capability} (rule, subject_id, detail), also one that another module on
-- the class path brings. Flyway runs this file after each migration; the view is only made anew where there are others than it names.
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
  named constant text   := 'every row of ' || array_to_string(views, ', ');
begin
  if obj_description(to_regclass('public.invariant_violation'), 'pg_class') is distinct from named then
    execute 'create or replace view public.invariant_violation (rule, subject_id, detail) as '
      || (select string_agg(format('select v.rule, v.subject_id, v.detail from public.%I v', view), ' union all ' order by view)
          from unnest(views) view);
    execute format('comment on view public.invariant_violation is %L', named);
  end if;
end
$$;
