-- hash is the SHA-256 of the secret part of the request_uri; begun_at is when a user was first shown a page
create table pushed_requests (
    hash text not null primary key,
    client_id text not null,
    parameters text not null,
    expires_at ${bigint} not null,
    begun_at ${bigint}
)${table};

create index pushed_requests_by_client on pushed_requests (client_id, begun_at);

create index pushed_requests_by_expiry on pushed_requests (expires_at);
