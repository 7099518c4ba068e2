-- instances that start with the same configuration take turns
insert into locks (name, taken) values ('configuration', 0);
