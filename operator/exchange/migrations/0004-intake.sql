-- Whether orders are taken; no row while they are.
create table intake_pauses (
  only_row boolean primary key default true check (only_row),
  reason_en text not null,
  reason_zh text not null,
  paused_by text not null,
  paused_at timestamptz not null default now()
);
