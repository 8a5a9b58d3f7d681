-- What is hashed is `body`; the columns that queries need are computed from it, so that they cannot say anything else.
create table if not exists decisions (
  id integer primary key,
  body text not null,
  previous_hash text not null,
  hash text not null,
  officer text generated always as (json_extract(body, '$.officer')) virtual,
  applicant_id integer generated always as (json_extract(body, '$.applicantId')) virtual,
  override integer generated always as (json_extract(body, '$.override')) virtual,
  decision text generated always as (json_extract(body, '$.decision')) virtual
);
create index if not exists decisions_by_officer on decisions (officer, override, decision, applicant_id);
create index if not exists decisions_by_applicant on decisions (applicant_id, id);
create unique index if not exists decisions_by_request on decisions (officer, json_extract(body, '$.request.key'))
where json_extract(body, '$.request.key') is not null;

-- The last row, so that one cut off the end is missed.
create table if not exists decision_head (one integer primary key check (one = 1), id integer not null, hash text not null);
insert into decision_head (one, id, hash)
select 1, 0, '0000000000000000000000000000000000000000000000000000000000000000'
where not exists (select 1 from decision_head);

create trigger if not exists decisions_are_never_changed before update on decisions
begin select raise(abort, 'decisions are never changed'); end;

create trigger if not exists decisions_are_never_removed before delete on decisions
begin select raise(abort, 'decisions are never removed'); end;

create trigger if not exists decisions_follow_the_last before insert on decisions
when (select count(*) from decision_head where id = new.id - 1 and hash = new.previous_hash) = 0
begin select raise(abort, 'a decision follows the last one'); end;

create trigger if not exists decisions_move_the_head after insert on decisions
begin update decision_head set id = new.id, hash = new.hash; end;

create trigger if not exists decision_head_is_one before insert on decision_head
when (select count(*) from decision_head) > 0
begin select raise(abort, 'there is one head'); end;

create trigger if not exists decision_head_is_never_removed before delete on decision_head
begin select raise(abort, 'the head is never removed'); end;

create trigger if not exists decision_head_moves_on before update on decision_head
when new.id <> old.id + 1 or (select count(*) from decisions where id = new.id and hash = new.hash) = 0
begin select raise(abort, 'the head moves to the decision that was logged'); end;
