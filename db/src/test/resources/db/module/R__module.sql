create or replace view invariant_violation_module (rule, subject_id, detail) as
select 'module-row', m.id, 'nobody may write one'
from module_table m;
