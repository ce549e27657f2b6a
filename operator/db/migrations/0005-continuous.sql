-- Rounds also carry what was matched continuously: no seed draws who meets whom there.
alter table rounds add column matching text not null default 'auction' check (matching in ('auction', 'continuous'));
alter table rounds alter column seed drop not null;
