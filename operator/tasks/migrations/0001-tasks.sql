-- What the chain waits for somebody to do: kept with what became of it.
create table tasks (
  id bigint primary key generated always as identity,
  -- Whose it is: one worker does what is on a list.
  list text not null,
  kind text not null,
  -- A meter and a day, a settlement, a debt, a receivable, or a bid.
  subject text not null,
  -- Unix second on the chain before which there is nothing to do.
  due_at bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'done')),
  -- What it came to, or why it failed last.
  note text,
  attempts integer not null default 0,
  -- After a failure.
  retry_at timestamptz not null default now(),
  transaction bigint references transactions,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index tasks_once on tasks (list, kind, subject) where state <> 'done';
create index tasks_waiting on tasks (list, due_at) where state <> 'done';
