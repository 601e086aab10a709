-- Creates the roles. A superuser runs this once in the new database, as ./mainstay and docker-compose do.
-- One role owns the schema and migrates it, one is for the applications and owns nothing, one may read everything.
-- The caller sets the passwords; this file contains no secrets.
do
$$
begin
  if not exists (select from pg_roles where rolname = 'mainstay_migration') then
    create role mainstay_migration login;
  end if;
  if not exists (select from pg_roles where rolname = 'mainstay_app') then
    create role mainstay_app login;
  end if;
  if not exists (select from pg_roles where rolname = 'mainstay_reader') then
    create role mainstay_reader login;
  end if;
  execute format('grant create, connect, temporary on database %I to mainstay_migration', current_database());
  execute format('grant connect on database %I to mainstay_app, mainstay_reader', current_database());
end
$$;
grant usage, create on schema public to mainstay_migration;
grant usage on schema public to mainstay_app, mainstay_reader;
grant pg_read_all_data to mainstay_reader;
