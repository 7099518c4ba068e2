-- What happened, in the order in which it was kept. Rows are added and, when they are old, removed; they are never changed.

create table audit_events (
    id ${serial},
    happened_at ${bigint} not null,
    type text not null,
    sub text,
    client_id text,
    sid text,
    address text,
    details text not null
)${serial-table};

create index audit_events_by_time on audit_events (happened_at);

-- one row: up to when events may have been removed; it can only rise
create table audit_removals (
    id ${bigint} not null primary key,
    removed_before ${bigint} not null
)${table};

insert into audit_removals (id, removed_before) values (1, 0);

${sqlite}create trigger audit_events_stay before update on audit_events
begin select raise(abort, 'audit events cannot be changed'); end;

${sqlite}create trigger audit_events_are_not_replaced before insert on audit_events
when exists (select 1 from audit_events where id = new.id)
begin select raise(abort, 'audit events cannot be replaced'); end;

${sqlite}create trigger audit_events_are_not_removed before delete on audit_events
when old.happened_at >= (select coalesce(max(removed_before), 0) from audit_removals)
begin select raise(abort, 'audit events are removed by age only'); end;

${sqlite}create trigger audit_removals_only_rise before update on audit_removals
when new.id <> old.id or new.removed_before <= old.removed_before
begin select raise(abort, 'what was removed cannot be taken back'); end;

${sqlite}create trigger audit_removals_stay before delete on audit_removals
begin select raise(abort, 'what was removed cannot be taken back'); end;

${sqlite}create trigger audit_removals_are_one before insert on audit_removals
when exists (select 1 from audit_removals)
begin select raise(abort, 'what was removed cannot be taken back'); end;
