alter table allocation add column admin_service_id text;

comment on column allocation.admin_service_id is 'its id at the admin service, by which it is asked for; null where the admin service did not give it';
