-- Processes whose run was lost: terminated, timed out, failed, or gone with Temporal's database. Callers have asked Temporal that nothing
-- runs them. A run commits its outcome before it ends: work that is unfinished after that question is not finished by anybody.

-- Opens the intake rows of unfinished work again, so that the drainer starts it. Resolves the attention items of the lost runs, which
-- nobody can act on any more. Returns the rows that it opened; what has been finished or restarted meanwhile stays as it is.
create or replace function restart_unfinished(intake_ids uuid[], by text, given_reason text, correlation text) returns setof uuid
  language plpgsql
as
$$
declare
  lost record;
begin
  -- A separate statement, so that of two restarts at once the second finds nothing left.
  perform i.id from intake i where i.id = any (intake_ids) order by i.id for no key update;

  for lost in
    select distinct on (u.intake_id) u.intake_id, u.process, u.subject_id, u.runs, i.kind, i.business_id
    from unfinished u
    join intake i on i.id = u.intake_id
    where u.intake_id = any (intake_ids)
    order by u.intake_id
  loop
    update intake i
    set done_at = null, claims = 0, claim_id = null, leased_until = null, restarted_at = now()
    where i.id = lost.intake_id;

    if lost.process = 'purchase' then
      update purchase u set status = 'pending' where u.id = lost.subject_id and u.status = 'attention';
    end if;

    update attention a
    set status = 'resolved', resolved_at = now(), resolution = 'restart', resolved_by = restart_unfinished.by,
        resolution_reason = given_reason
    where a.status = 'open'
      and (a.intake_id = lost.intake_id
        or a.business_key = any (lost.runs) and a.step <> 'take-in'
        or a.subject_id = lost.business_id and a.process = lost.kind and a.step = 'start');

    insert into audit_event (by, action, subject, subject_id, reason, outcome, correlation_id)
    values (restart_unfinished.by, 'restart', coalesce(lost.runs[1], lost.kind || '/' || lost.business_id), lost.subject_id, given_reason,
            'done', correlation);
    return next lost.intake_id;
  end loop;
end
$$;

-- Opens attention items that offer to restart unfinished work, each in place of the items of its lost run. Returns the rows that it opened
-- items for; what has been finished or restarted meanwhile, or has such an item, stays as it is.
create or replace function report_unfinished(intake_ids uuid[], hows text[]) returns setof uuid
  language plpgsql
as
$$
declare
  lost record;
begin
  for lost in
    select distinct on (u.intake_id) u.intake_id, u.process, u.subject_id, u.runs, i.body, r.how
    from unnest(intake_ids, hows) r (intake_id, how)
    join unfinished u on u.intake_id = r.intake_id
    join intake i on i.id = r.intake_id
    order by u.intake_id
  loop
    if lost.process = 'purchase' then
      update purchase u set status = 'attention' where u.id = lost.subject_id and u.status = 'pending';
    end if;

    insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions, amount_minor,
                           currency, intake_id)
    values (lost.process, lost.runs[1], lost.subject_id, 'run', 'run-lost', 'it is unfinished, but its run ' || lost.how,
            lost.process || '/run-lost', 'continues the process from what is recorded', '{restart}', (lost.body ->> 'amountMinor')::bigint,
            (lost.body ->> 'currency')::char(3), lost.intake_id)
    on conflict (business_key, step) where status = 'open' do nothing;
    continue when not found;

    with closed as (
      update attention a
        set status = 'resolved', resolved_at = now(), resolution = 'run-ended', resolved_by = 'temporal',
            resolution_reason = 'its run ' || lost.how
        where a.status = 'open'
          and a.business_key = any (lost.runs)
          and a.step not in ('take-in', 'run')
        returning a.business_key, a.subject_id, a.step)
    insert into audit_event (by, action, subject, subject_id, reason, outcome, detail, correlation_id)
    select 'temporal', 'close', c.business_key, c.subject_id, 'its run ' || lost.how, 'done', 'step ' || c.step, 'invariants'
    from closed c;
    return next lost.intake_id;
  end loop;
end
$$;

-- Closes such items, because their work is over, or a run carries it. Returns their number.
create or replace function close_reports(item_ids uuid[]) returns int
  language plpgsql
as
$$
declare
  closed int;
begin
  update purchase u
  set status = 'pending'
  where u.status = 'attention'
    and u.id in (select a.subject_id from attention a where a.id = any (item_ids) and a.process = 'purchase' and a.status = 'open');

  update attention a
  set status = 'resolved', resolved_at = now(), resolution = 'succeeded', resolved_by = 'invariants',
      resolution_reason = 'it is over, or a run carries it'
  where a.id = any (item_ids)
    and a.status = 'open';
  get diagnostics closed = row_count;
  return closed;
end
$$;
