-- What a run proposes to pay, who last changed what that is, and who agreed to it: never the same person.
alter table earning add column recorded_by text not null default 'mainstay';
alter table vendor add column changed_by text not null default 'mainstay';
alter table vendor add column changed_at timestamptz not null default now();

comment on column earning.recorded_by is 'the owner of the API key that told of the delivery, or mainstay';
comment on column vendor.changed_by is 'the owner of the API key that last changed it';

create index vendor_of_cadence on vendor (cadence, id);

alter table payroll_run add column begun_at timestamptz;
alter table payroll_run add column approval_required boolean not null default false;

comment on column payroll_run.begun_at is 'when its first step recorded whether it has to be approved';

create table payroll_proposal
(
  run_id          uuid        not null references payroll_run,
  ordinal         int         not null check (ordinal > 0),
  hash            text        not null,
  pays            int         not null,
  carries         int         not null,
  last_changed_by text        not null,
  last_changed_at timestamptz not null,
  proposed_at     timestamptz not null default now(),
  primary key (run_id, ordinal),
  constraint payroll_proposal_as_approved unique (run_id, ordinal, hash, last_changed_by)
);

comment on column payroll_proposal.hash is 'over all that would be paid and carried, as the preview tells it';
comment on column payroll_proposal.last_changed_by is 'who was the last to change what would be paid: an earning, a vendor, a minimum, or that there is a run';

create table payroll_approval
(
  id              uuid primary key     default new_id(),
  run_id          uuid        not null,
  ordinal         int         not null,
  hash            text        not null,
  last_changed_by text        not null,
  approved_by     text        not null,
  approved_at     timestamptz not null default now(),
  unique (run_id, ordinal),
  foreign key (run_id, ordinal, hash, last_changed_by) references payroll_proposal (run_id, ordinal, hash, last_changed_by),
  constraint payroll_approved_by_somebody_else check (approved_by <> last_changed_by)
);

revoke update, delete on payroll_proposal, payroll_approval from mainstay_app;

-- Which status may follow which; and nothing is frozen for good that had to be approved and was not, whoever says so.
create function payroll_run_moves() returns trigger
  language plpgsql
as
$$
declare
  approved text;
begin
  if old.status <> new.status and not (case old.status
           when 'freezing' then new.status in ('awaiting-approval', 'frozen')
           when 'awaiting-approval' then new.status in ('freezing', 'cancelled')
           when 'frozen' then new.status in ('paying', 'paused')
           when 'paying' then new.status in ('paused', 'completed')
           when 'paused' then new.status = 'paying'
           else false end) then
    raise exception 'payroll run % cannot become % from %', old.id, new.status, old.status using errcode = 'check_violation';
  end if;
  if old.approval_required and not new.approval_required then
    raise exception 'payroll run % has to be approved', old.id using errcode = 'check_violation';
  end if;
  if new.approval_required and new.status not in ('awaiting-approval', 'paused', 'cancelled') then
    select a.hash
    into approved
    from payroll_proposal p
    left join payroll_approval a on a.run_id = p.run_id and a.ordinal = p.ordinal
    where p.run_id = new.id
    order by p.ordinal desc
    limit 1;
    if approved is null or new.hash <> approved then
      raise exception 'payroll run % is not approved as %', old.id, new.hash using errcode = 'check_violation';
    end if;
  end if;
  return new;
end
$$;

create trigger payroll_run_moves before update on payroll_run
  for each row execute function payroll_run_moves();

-- That a delivery earns is told with who told of it.
drop function if exists record_earning(uuid, text, uuid, bigint, text, timestamptz, numeric);
drop function if exists complete_session(uuid, timestamptz, numeric, timestamptz, text);
drop function if exists complete_booking(uuid, timestamptz, numeric, timestamptz, text);
