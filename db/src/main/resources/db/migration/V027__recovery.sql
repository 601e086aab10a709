-- Processes whose run was lost: which intake row starts one again, and indexes that find them among millions.
alter table intake add column restarted_at timestamptz;

comment on column intake.restarted_at is 'when the row was last opened again, because the run that carried it was lost; null if it never was';

alter table attention add column intake_id uuid;

comment on column attention.intake_id is 'the intake row that the action restart opens again; null for items without this action';

create index attention_restartable on attention (intake_id) where status = 'open' and intake_id is not null;

create index intake_split_off on intake (business_id) where kind = 'purchase-alone';
create index refund_request_open on refund_request (id) where status not in ('accepted', 'cancelled');
create index payout_unsettled on payout (id) where status in ('failed', 'unknown');
create index task_open on task (id) where status in ('pending', 'running');

-- Its result changes.
drop function if exists claim_intake(uuid, interval, text[], int[]);

-- The invariants of unfinished work replace it.
drop view if exists invariant_violation;
drop view if exists invariant_violation_payment_check;
