create table orders (
  -- EIP-712 digest: the same order twice is one order.
  hash text primary key,
  -- Order of arrival.
  sequence bigint not null generated always as identity unique,
  side text not null check (side in ('sell', 'buy')),
  trader text not null,
  -- Whose margin covers it.
  participant bigint not null,
  meter numeric(20) not null,
  zone bigint not null,
  day integer not null,
  payment_days integer not null,
  -- Whether it may match before the auction.
  continuous boolean not null,
  green_certificates boolean not null,
  expiry numeric(20) not null,
  bands jsonb not null,
  -- What the bands say slot by slot, 96 times four bytes: books are added up from it.
  energy bytea not null check (octet_length(energy) = 384),
  price bytea not null check (octet_length(price) = 384),
  total_energy_wh numeric(78) not null,
  total_amount_fen numeric(78) not null,
  max_fen numeric(78) not null,
  nonce bigint not null,
  -- None if it was signed on chain.
  signature text,
  -- What it can still draw of its participant's margin at most.
  locked_fen numeric(78) not null,
  terms_fen numeric(78) not null,
  state text not null default 'open' check (state in ('open', 'filled', 'cancelled', 'expired', 'dropped')),
  -- Wh per slot, 96 times four bytes; none if nothing was filled.
  filled bytea check (octet_length(filled) = 384),
  used_fen numeric(78) not null default 0,
  -- Why the book was cleared without it.
  dropped jsonb,
  received_at timestamptz not null default now()
);
-- Read of all orders of a book at once: kept in the row.
alter table orders alter column energy set storage plain, alter column price set storage plain,
  alter column filled set storage plain;
-- A nonce belongs to the first order that is filled with it.
create unique index orders_nonce on orders (trader, day, side, nonce) where state = 'open' or filled is not null;
-- What a trader asks for of its own.
create index orders_trader on orders (trader, day, sequence);
create index orders_participant on orders (participant) where state = 'open';
create index orders_meter on orders (meter, day) where side = 'sell';
create index orders_book on orders (zone, day) where state = 'open';

create table proposals (
  -- EIP-712 digest of the trade.
  hash text primary key,
  -- Order of arrival.
  sequence bigint not null generated always as identity unique,
  seller text not null,
  buyer text not null,
  day integer not null,
  expiry numeric(20) not null,
  trade jsonb not null,
  seller_signature text,
  buyer_signature text,
  received_at timestamptz not null default now(),
  check (seller_signature is not null or buyer_signature is not null)
);
create index proposals_seller on proposals (seller, sequence);
create index proposals_buyer on proposals (buyer, sequence);

-- A round clears one book: one zone, one day, one payment term, one price a slot.
create table rounds (
  number bigint primary key,
  zone bigint not null,
  day integer not null,
  payment_days integer not null,
  -- No seed draws who meets whom where it is matched continuously.
  seed text,
  matching text not null default 'auction' check (matching in ('auction', 'continuous')),
  price bytea not null check (octet_length(price) = 384),
  state text not null default 'cleared' check (state in ('cleared', 'submitted', 'clearedAgain')),
  cleared_at timestamptz not null default now()
);
create index rounds_zone on rounds (zone, day);

-- Days whose book was closed and cleared.
create table closings (
  zone bigint not null,
  day integer not null,
  closed_at timestamptz not null default now(),
  primary key (zone, day)
);

-- What a round lets a buy order buy from a sell order.
create table legs (
  id bigint primary key generated always as identity,
  round bigint not null references rounds,
  -- Place in the round: sales of one meter are delivered in this order.
  place integer not null,
  sell_order text not null references orders,
  buy_order text not null references orders,
  seller_meter numeric(20) not null,
  energy bytea not null check (octet_length(energy) = 384),
  state text not null default 'pending' check (state in ('pending', 'submitted', 'opened', 'skipped')),
  transaction bigint references transactions,
  attempts integer not null default 0,
  trade bigint,
  reason text,
  unique (round, place)
);
create index legs_pending on legs (round, place) where state in ('pending', 'submitted');
-- Rounds that left something out, and what was opened of them, are asked for at every step.
create index legs_round on legs (round, state);
create index legs_sell on legs (sell_order);
create index legs_buy on legs (buy_order);

-- The chain remembers the prices of earlier rounds, even of a database that is gone: rounds are counted on from here.
create table round_numbers (
  only_row boolean primary key default true check (only_row),
  first bigint not null
);
