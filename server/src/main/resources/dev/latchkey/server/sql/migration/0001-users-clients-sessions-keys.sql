-- Times are milliseconds since 1970. Lists, claims and metadata are JSON.

create table users (
    id text not null primary key,
    username text not null,
    username_key text not null,
    claims text not null,
    roles text not null,
    password_hash text,
    credential_version ${bigint} not null,
    disabled ${boolean} not null,
    origin text not null,
    created_at ${bigint} not null
)${table};

create unique index users_by_username_key on users (username_key);

create table configured_credentials (
    user_id text not null primary key,
    fingerprint text not null
)${table};

-- account or address, and how often a login failed there in a row
create table login_failures (
    subject text not null primary key,
    failures ${bigint} not null,
    last_failure_at ${bigint} not null
)${table};

create index login_failures_by_last_failure on login_failures (last_failure_at);

create table clients (
    id text not null primary key,
    secret_hash text,
    metadata text not null,
    disabled ${boolean} not null,
    origin text not null,
    created_at ${bigint} not null
)${table};

-- sweep_at is when to look whether the session has ended: its expiry at login or at the last look. It is moved by the look
-- and not by a refresh, so that a refresh changes no index.
create table sessions (
    id text not null primary key,
    user_id text not null,
    client_id text not null,
    scope text not null,
    audience text not null,
    credential_version ${bigint} not null,
    auth_time ${bigint} not null,
    created_at ${bigint} not null,
    last_used_at ${bigint} not null,
    expires_at ${bigint} not null,
    generation ${bigint} not null,
    rotated_at ${bigint} not null,
    revoked_at ${bigint},
    sweep_at ${bigint} not null
)${table};

create index sessions_by_user on sessions (user_id, created_at);

create index sessions_by_sweep on sessions (sweep_at);

-- access tokens revoked one by one, until they would have expired
create table revoked_tokens (
    jti text not null primary key,
    expires_at ${bigint} not null
)${table};

create index revoked_tokens_by_expiry on revoked_tokens (expires_at);

create table issuer_keys (
    key_id text not null primary key,
    purpose text not null,
    algorithm text not null,
    encrypted_jwk text not null,
    created_at ${bigint} not null,
    signs_from ${bigint} not null
)${table};

-- one row: when the server was last known to serve
create table last_seen (
    id ${bigint} not null primary key,
    seen_at ${bigint} not null
)${table};

create table outages (
    ended_at ${bigint} not null,
    started_at ${bigint} not null,
    primary key (ended_at, started_at)
)${table};
