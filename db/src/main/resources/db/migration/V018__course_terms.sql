-- The terms of the course as they were when it was bought. A later change of the course does not change the purchase.
alter table purchase
  add column sessions        smallint,
  add column session_minutes smallint;

update purchase u
set sessions        = c.sessions,
    session_minutes = c.session_minutes
from course c
where c.id = u.course_id;

update purchase u
set sessions        = a.sessions,
    session_minutes = a.session_minutes
from allocation a
where a.purchase_id = u.id;

alter table purchase
  alter column sessions set not null,
  alter column session_minutes set not null;

comment on column purchase.sessions is 'sessions of the course when the purchase was created; session_minutes likewise';
comment on column allocation.sessions is 'sessions of the purchase; session_minutes likewise';

drop function if exists draft_allocation(purchase, course, timestamptz);
