-- The journal of what is sent to the chain: a row is written with the signed transaction before it is sent.
create table transactions (
  id bigint primary key generated always as identity,
  -- Which sender's it is, by its name for what it does.
  purpose text not null,
  -- What it carries: the number of a round, the kind of a task.
  subject text not null,
  sender text not null,
  nonce integer not null,
  raw text not null,
  hash text not null unique,
  state text not null default 'signed' check (state in ('signed', 'sent', 'sealed', 'reverted', 'lost')),
  reason text,
  gas_used bigint,
  block bigint,
  signed_at timestamptz not null default now(),
  sent_at timestamptz,
  ended_at timestamptz
);
create unique index transactions_nonce on transactions (sender, nonce) where state <> 'lost';
create index transactions_waiting on transactions (sender, nonce) where state in ('signed', 'sent');
