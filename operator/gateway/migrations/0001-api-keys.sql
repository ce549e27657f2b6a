create table api_keys (
  id bigint primary key generated always as identity,
  name text not null unique,
  -- SHA-256 of the key: 256 random bits need no salt and no slow hash.
  hash text not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
