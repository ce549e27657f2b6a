-- By what an auction was cleared, so that anybody can clear it again; none where it was matched continuously.
alter table rounds add column block_hash text;
alter table rounds add column terms jsonb;

-- The book of an auction as it was cleared, in the order of arrival.
create table round_orders (
  round bigint not null references rounds,
  place integer not null,
  order_hash text not null references orders,
  -- The participant that traded the meter.
  owner bigint not null,
  -- Wh per slot that it could still trade, 96 times four bytes.
  energy bytea not null check (octet_length(energy) = 384),
  primary key (round, place)
);
