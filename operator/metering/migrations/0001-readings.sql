-- What the metering system handed in: a batch is taken whole or not at all, and the same bytes are one batch.
create table meter_batches (
  -- SHA-256 of the bytes.
  hash text primary key,
  -- Order of arrival, of what came several times the last.
  sequence bigint not null generated always as identity,
  -- The name of a file, or of the API key that sent it.
  origin text not null,
  state text not null check (state in ('taken', 'quarantined')),
  meter_days integer not null,
  -- Why it is in quarantine.
  reasons jsonb not null default '[]',
  -- What was assumed about how the bytes are written, a sentence by language.
  assumed jsonb,
  received_at timestamptz not null default now()
);
create index meter_batches_state on meter_batches (state, sequence);

-- The latest reading of a meter's day: what the chain should have.
create table meter_readings (
  meter numeric(20) not null,
  day integer not null,
  -- 0 = measured, 1 = estimated.
  quality integer not null check (quality in (0, 1)),
  -- Wh per slot, 96 times four bytes.
  curve bytea not null check (octet_length(curve) = 384),
  batch text not null references meter_batches,
  primary key (meter, day)
);
