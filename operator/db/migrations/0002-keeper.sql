-- What the chain waits for somebody to do: written as events ask for it, and kept with what became of it.
create table tasks (
  id bigint primary key generated always as identity,
  kind text not null,
  -- A meter and a day, a receivable, or a bid.
  subject text not null,
  -- Unix second on the chain before which there is nothing to do.
  due_at bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'done')),
  -- What it came to, or why it failed last.
  note text,
  attempts integer not null default 0,
  -- After a failure.
  retry_at timestamptz not null default now(),
  errand bigint,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index tasks_once on tasks (kind, subject) where state <> 'done';
create index tasks_waiting on tasks (due_at) where state <> 'done';

-- Transactions of the keeper, written down signed before they are sent; one at a time.
create table errands (
  id bigint primary key generated always as identity,
  kind text not null,
  nonce integer not null,
  transaction text not null,
  hash text not null unique,
  state text not null default 'sent' check (state in ('sent', 'sealed', 'reverted', 'lost')),
  signed_at timestamptz not null default now()
);
create unique index errands_one on errands (state) where state = 'sent';

-- Up to which block events were read.
create table keeper_progress (block bigint not null);
