-- The one chain that this database belongs to.
create table service (
  only_row boolean primary key default true check (only_row),
  genesis_hash text not null,
  escrow text not null
);
