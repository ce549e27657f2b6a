-- The sheets behind credential hashes, by participant: with them names are found, and checked against the chain.
create table names (
  participant bigint primary key,
  hash text not null,
  sheet text not null,
  handed_in_by text not null,
  handed_in_at timestamptz not null default now()
);
