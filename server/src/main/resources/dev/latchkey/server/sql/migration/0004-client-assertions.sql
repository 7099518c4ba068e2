-- the secret of a client whose assertions it authenticates, encrypted under the master key
alter table clients add column sealed_secret text;

-- client assertions that were used, until they would have expired; jti_hash is a SHA-256 in hexadecimal
create table used_assertions (
    client_id text not null,
    jti_hash text not null,
    expires_at ${bigint} not null,
    primary key (client_id, jti_hash)
)${table};

create index used_assertions_by_expiry on used_assertions (expires_at);
