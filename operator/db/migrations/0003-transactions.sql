-- One journal for everything that is sent to the chain, whoever sends it.
alter table submissions rename to transactions;
alter index submissions_pkey rename to transactions_pkey;
alter index submissions_hash_key rename to transactions_hash_key;
alter index submissions_nonce rename to transactions_nonce;
alter index submissions_waiting rename to transactions_waiting;
alter table transactions rename column transaction to raw;
alter table transactions add column purpose text not null default 'round' check (purpose in ('round', 'task'));
alter table transactions alter column purpose drop default;
-- The number of a round, or the kind of a task.
alter table transactions add column subject text;
update transactions set subject = round;
alter table transactions alter column subject set not null;
alter table transactions drop column round;
alter table legs rename column submission to transaction;

-- What the keeper had sent is looked at again: the chain says whether it is done.
update tasks set state = 'waiting' where state = 'sent';
alter table tasks drop column errand;
alter table tasks add column transaction bigint references transactions;
drop table errands;
