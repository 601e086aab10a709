-- A module that is added: its migrations run after Mainstay's, on a new database and on one that is there.
create table module_table
(
  id uuid primary key default new_id()
);
