-- Answers whether a trainer is free: the exclusion constraint's own index, a GiST one, reads whole pages of keys for it.
create index course_session_of_trainer on course_session (trainer_id, starts_at) where status = 'scheduled';
