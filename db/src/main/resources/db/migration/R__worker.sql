-- The health of each process: one row per Schedule, and per process that starts from the intake alone. A scheduled run counts as running
-- until its timeout, because only the next run learns that a run was terminated. The success rate covers the last 100 ended runs.
create or replace view process_health as
select coalesce(s.id, p.name) as name,
       p.enabled,
       case
         when s.id is null
           then exists (
             select from intake i where i.kind = any (p.kinds) and i.done_at is null and i.leased_until > now())
         else exists (
           select
           from sweep_run r
           where r.sweep = s.id
             and r.status = 'running'
             and r.started_at > now() - make_interval(secs => s.timeout_seconds))
       end as is_running,
       l.started_at as last_at,
       l.status as last_result,
       l.counts as last_counts,
       extract(epoch from l.ended_at - l.started_at)::float8 as last_seconds,
       l.error as last_error,
       (select avg(e.completed)::float8
        from (
          select (r.status = 'completed')::int as completed
          from sweep_run r
          where r.sweep = s.id and r.status <> 'running'
          order by r.id desc
          limit 100) e) as success_rate
from process p
left join schedule s on s.process = p.name
left join lateral (
  select r.*
  from sweep_run r
  where r.sweep = s.id and r.status <> 'running'
  order by r.id desc
  limit 1) l on true
where s.id is not null
   or cardinality(p.kinds) > 0;
