-- tokens that let somebody register clients; hash is the SHA-256
create table initial_access_tokens (
    hash text not null primary key,
    uses_left ${bigint} not null,
    expires_at ${bigint} not null
)${table};

create index initial_access_tokens_by_expiry on initial_access_tokens (expires_at);

-- the clients that registered themselves; token_hash is the SHA-256 of the registration access token, used_at is when they
-- first got a token
create table registrations (
    client_id text not null primary key,
    token_hash text not null,
    registered_at ${bigint} not null,
    used_at ${bigint}
)${table};

create index registrations_unused on registrations (registered_at) where used_at is null;

create index consents_by_client on consents (client_id);
