-- What is hashed is `body`; the columns that queries need are computed from it, so that they cannot say anything else.
create table if not exists sluice_decisions (
  id bigint primary key,
  body text not null,
  previous_hash text not null,
  hash text not null,
  officer text generated always as (body::json ->> 'officer') stored,
  applicant_id bigint generated always as ((body::json ->> 'applicantId')::bigint) stored,
  override boolean generated always as ((body::json ->> 'override')::boolean) stored,
  decision text generated always as (body::json ->> 'decision') stored
);
create index if not exists sluice_decisions_by_officer on sluice_decisions (officer, override, decision, applicant_id);
create index if not exists sluice_decisions_by_applicant on sluice_decisions (applicant_id, id);
create unique index if not exists sluice_decisions_by_request on sluice_decisions (officer, (body::json #>> '{request,key}'))
where body::json #>> '{request,key}' is not null;

-- The last row, so that one cut off the end is missed.
create table if not exists sluice_decision_head (
  one integer primary key check (one = 1), id bigint not null, hash text not null, time text
);
insert into sluice_decision_head (one, id, hash, time)
select 1, 0, '0000000000000000000000000000000000000000000000000000000000000000', null
where not exists (select 1 from sluice_decision_head);

create or replace function sluice_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'decisions are never changed or removed';
end $$;

create or replace function sluice_follow_the_last() returns trigger language plpgsql as $$
begin
  perform 1 from sluice_decision_head where id = new.id - 1 and hash = new.previous_hash for update;
  if not found then
    raise exception 'a decision follows the last one';
  end if;
  return new;
end $$;

create or replace function sluice_move_the_head() returns trigger language plpgsql as $$
begin
  update sluice_decision_head set id = new.id, hash = new.hash, time = new.body::json ->> 'time';
  return null;
end $$;

create or replace function sluice_head_moves_on() returns trigger language plpgsql as $$
begin
  if new.id <> old.id + 1 or not exists (select 1 from sluice_decisions where id = new.id and hash = new.hash) then
    raise exception 'the head moves to the decision that was logged';
  end if;
  return new;
end $$;

create or replace trigger sluice_decisions_are_never_changed before update or delete on sluice_decisions
for each row execute function sluice_refuse_change();
create or replace trigger sluice_decisions_are_never_truncated before truncate on sluice_decisions
for each statement execute function sluice_refuse_change();
create or replace trigger sluice_decisions_follow_the_last before insert on sluice_decisions
for each row execute function sluice_follow_the_last();
create or replace trigger sluice_decisions_move_the_head after insert on sluice_decisions
for each row execute function sluice_move_the_head();
create or replace trigger sluice_decision_head_is_never_removed before delete on sluice_decision_head
for each row execute function sluice_refuse_change();
create or replace trigger sluice_decision_head_is_never_truncated before truncate on sluice_decision_head
for each statement execute function sluice_refuse_change();
create or replace trigger sluice_decision_head_moves_on before update on sluice_decision_head
for each row execute function sluice_head_moves_on();
