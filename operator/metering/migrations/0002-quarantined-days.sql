-- Meter days of which the last that came is in quarantine.
create table quarantined_days (
  meter numeric(20) not null,
  day integer not null,
  batch text not null references meter_batches,
  primary key (meter, day)
);
create index quarantined_days_batch on quarantined_days (batch);
