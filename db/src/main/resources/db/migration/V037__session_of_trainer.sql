-- Finds a trainer's sessions in their order; the exclusion constraint's own index takes ten times as long to be asked.
create index course_session_of_trainer on course_session (trainer_id, starts_at) where status = 'scheduled';
