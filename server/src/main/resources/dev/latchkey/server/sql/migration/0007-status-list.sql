-- where the status lists tell of a session; none for one that was begun before there were lists, or while they were off
alter table sessions add column status_index ${bigint};

-- what a list has to tell is found here, and nowhere else: few of all sessions end before their time
create index sessions_by_revocation on sessions (revoked_at, status_index) where revoked_at is not null;

-- the live sessions of a client, for when it is removed, and those of a user there
create index sessions_by_client on sessions (client_id, user_id) where revoked_at is null;

-- one row: how many indexes have been given out, in blocks; it can only rise
create table status_indexes (
    id ${bigint} not null primary key,
    reserved ${bigint} not null
)${table};

insert into status_indexes (id, reserved) values (1, 0);

-- the indexes that sessions had before one of their access tokens was revoked by itself
create table retired_status_indexes (
    status_index ${bigint} not null primary key,
    retired_at ${bigint} not null
)${table};

create index retired_status_indexes_by_time on retired_status_indexes (retired_at);
