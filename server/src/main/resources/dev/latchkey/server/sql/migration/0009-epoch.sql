-- One row: since when this store has gone on without a break. A restored backup begins another epoch: nothing that was given
-- out before counts. Status lists from ended_from and before ended_to tell of sessions of the epoch before, which have ended.
-- is_copy says that this is a backup in which nobody has begun an epoch yet.
create table epoch (
    id ${bigint} not null primary key,
    number ${bigint} not null,
    began_at ${bigint} not null,
    first_status_index ${bigint} not null,
    ended_from ${bigint} not null,
    ended_to ${bigint} not null,
    is_copy ${boolean} not null
)${table};

insert into epoch (id, number, began_at, first_status_index, ended_from, ended_to, is_copy)
values (1, 0, 0, 0, 0, 0, false);
