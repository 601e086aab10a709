-- Run once by whoever creates the database (./mainstay and docker-compose do), as a superuser and connected to it.
-- Three roles: one owns the schema and migrates it, one is the application's and owns nothing, one may read all.
-- Passwords are set by whoever runs this; nothing here is secret.
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
