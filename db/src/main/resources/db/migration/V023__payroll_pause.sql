-- An operator's pause is kept in the run, whatever its status, and a payout is taken for the provider one at a time.
alter table payroll_run add column paused_by text;
update payroll_run set paused_by = 'operator' where pause_reason = 'operator';

comment on column payroll_run.paused_by is
  'the operator whose pause holds, in any status: nothing is paid until it is resumed; null if there is none';

alter table payout add column asks int not null default 0;

update payout p
set asks = a.asks
from (select t.payout_id, count(*) as asks from payout_attempt t group by t.payout_id) a
where a.payout_id = p.id;

comment on column payout.asks is
  'how many times it was taken for the provider. A host takes it only if no other has since the host last read it';

drop function if exists claim_payouts(uuid[]);
drop function if exists payouts_to_pay(uuid, uuid, uuid);
drop function if exists pay_payroll(uuid, boolean);
drop function if exists record_payouts(uuid[], int[], text[], text[], text[]);
