-- what units of work of several instances take turns by
create table locks (
    name text not null primary key,
    taken ${bigint} not null
)${table};

insert into locks (name, taken) values ('keys', 0), ('registrations', 0);

-- what one instance does for all of them, and when it is due again: who moves that on does it
create table chores (
    name text not null primary key,
    due_at ${bigint} not null
)${table};

-- a refresh changes no index, so with room on its page it leaves no garbage in any
${postgres}alter table sessions set (fillfactor = 80);

${postgres}create function audit_events_refuse() returns trigger language plpgsql as $$ begin raise exception 'audit events cannot be changed, and are removed by age only'; end $$;

${postgres}create function audit_events_keep_young() returns trigger language plpgsql as $$ begin if old.happened_at >= (select coalesce(max(removed_before), 0) from audit_removals) then raise exception 'audit events are removed by age only'; end if; return old; end $$;

${postgres}create function audit_removals_rise() returns trigger language plpgsql as $$ begin if new.id <> old.id or new.removed_before <= old.removed_before then raise exception 'what was removed cannot be taken back'; end if; return new; end $$;

${postgres}create trigger audit_events_stay before update on audit_events for each row execute function audit_events_refuse();

${postgres}create trigger audit_events_are_not_removed before delete on audit_events for each row execute function audit_events_keep_young();

${postgres}create trigger audit_removals_only_rise before update on audit_removals for each row execute function audit_removals_rise();

${postgres}create trigger audit_removals_stay before insert or delete on audit_removals for each row execute function audit_events_refuse();
