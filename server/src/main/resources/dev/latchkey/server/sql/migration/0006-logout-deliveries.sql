-- a logout that a client has still to be told of; due_at moves on with every try, so who moves it makes the try
create table logout_deliveries (
    id text not null primary key,
    client_id text not null,
    user_id text not null,
    session_id text not null,
    created_at ${bigint} not null,
    due_at ${bigint} not null,
    tries ${bigint} not null
)${table};

create index logout_deliveries_by_due on logout_deliveries (due_at);
