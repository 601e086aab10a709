-- Who waits for a trainer is found by the course, the longest wait first; and a trainer's free place that nobody has heard of yet, so that
-- another one of the same trainer needs no row of its own.
create index purchase_waiting_for_trainer on purchase (course_id, waiting_for_trainer_since, id)
  where waiting_for_trainer_since is not null;
create index intake_trainer_free_waiting on intake ((body ->> 'trainerId'), id) where kind = 'trainer-free' and done_at is null;

-- Those who wait already are told as those to come will be.
insert into event (type, subject_id, correlation_id)
select 'trainer.unavailable', u.id, r.correlation_id
from purchase u
join purchase_request r on r.purchase_id = u.id
where u.waiting_for_trainer_since is not null
order by u.id;
