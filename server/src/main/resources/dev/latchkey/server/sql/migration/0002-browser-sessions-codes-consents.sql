-- the browser session that a session was begun from, and the claims that were asked for one by one
alter table sessions add column browser_session text;
alter table sessions add column claims text not null default '';

create index sessions_by_browser_session on sessions (browser_session) where browser_session is not null;

-- browser is the SHA-256 of the browser's cookie
create table browser_sessions (
    id text not null primary key,
    browser text not null,
    user_id text not null,
    credential_version ${bigint} not null,
    auth_time ${bigint} not null,
    chosen_at ${bigint} not null,
    last_used_at ${bigint} not null,
    expires_at ${bigint} not null,
    user_agent text not null,
    address text not null,
    ended_at ${bigint}
)${table};

create index browser_sessions_by_browser on browser_sessions (browser);

create index browser_sessions_by_user on browser_sessions (user_id);

create index browser_sessions_by_expiry on browser_sessions (expires_at);

-- hash is the SHA-256 of the code
create table authorization_codes (
    hash text not null primary key,
    client_id text not null,
    redirect_uri text not null,
    code_challenge text,
    nonce text,
    browser_session text not null,
    user_id text not null,
    credential_version ${bigint} not null,
    auth_time ${bigint} not null,
    session_id text not null,
    scope text not null,
    audience text not null,
    claims text not null,
    expires_at ${bigint} not null,
    failed_tries ${bigint} not null,
    redeemed_at ${bigint}
)${table};

create index authorization_codes_by_expiry on authorization_codes (expires_at);

create table consents (
    user_id text not null,
    client_id text not null,
    scope text not null,
    granted_at ${bigint} not null,
    primary key (user_id, client_id)
)${table};
