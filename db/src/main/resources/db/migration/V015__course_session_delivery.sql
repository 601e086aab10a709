-- When a course session was given, and those to come of an allocation by their time.
alter table course_session add column delivered_at timestamptz;
alter table course_session add constraint course_session_delivered
  check ((status = 'completed') = (delivered_at is not null));

drop index course_session_of_allocation;
create index course_session_of_allocation on course_session (allocation_id, starts_at);
