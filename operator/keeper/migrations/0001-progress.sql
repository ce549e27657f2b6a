-- Up to which block events were read.
create table keeper_progress (block bigint not null);
