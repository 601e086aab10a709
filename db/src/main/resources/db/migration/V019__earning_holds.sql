-- Earnings that are not due: the money was not received, or the service was test data.
alter table earning add column held text check (held in ('test-data', 'unpaid'));

comment on column earning.held is 'why the earning is not due yet; null when it is. A reversal has the hold of its delivery';

update earning e
set held = case when b.test_data or c.test_data then 'test-data' when b.paid_at is null then 'unpaid' end
from booking b
join customer c on c.id = b.customer_id
where e.source_kind = 'booking'
  and b.id = e.source_id
  and e.payout_id is null;

update earning e
set held = 'test-data'
from course_session s
join allocation a on a.id = s.allocation_id
join customer c on c.id = a.student_id
where e.source_kind = 'session'
  and s.id = e.source_id
  and c.test_data
  and e.payout_id is null;

-- A reversal has the date of its delivery.
comment on column earning.earned_at is 'when the service was delivered: this time decides the payroll period';

update earning r
set earned_at = d.earned_at
from earning d
where r.kind = 'reversal'
  and d.kind = 'delivery'
  and (d.source_kind, d.source_id) = (r.source_kind, r.source_id)
  and r.payout_id is null;

drop function if exists reverse_earnings(uuid[], timestamptz);

grant update (held) on earning to mainstay_app;
