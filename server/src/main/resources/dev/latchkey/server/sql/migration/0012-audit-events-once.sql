-- Given to an event by who keeps it, where that one may have to try again without knowing whether it is there.
alter table audit_events add column event_key text;

create unique index audit_events_by_key on audit_events (event_key) where event_key is not null;

-- triggers of rows do not meet a truncate
${postgres}create trigger audit_events_are_not_truncated before truncate on audit_events for each statement execute function audit_events_refuse();

${postgres}create trigger audit_removals_are_not_truncated before truncate on audit_removals for each statement execute function audit_events_refuse();
