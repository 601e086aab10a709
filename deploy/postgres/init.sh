#!/bin/bash
# PostgreSQL's image runs this script once, when its volume is empty. It creates Mainstay's roles with their passwords, and
# Temporal's role and databases.
set -euo pipefail

run() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" "$@"
}

run --file "${ROLES:-/mainstay/roles.sql}"
run <<'SQL'
\getenv migration MAINSTAY_MIGRATION_PASSWORD
\getenv app MAINSTAY_APP_PASSWORD
\getenv reader MAINSTAY_READER_PASSWORD
\getenv temporal TEMPORAL_DATABASE_PASSWORD
alter role mainstay_migration password :'migration';
alter role mainstay_app password :'app';
alter role mainstay_reader password :'reader';
create role temporal login password :'temporal';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
