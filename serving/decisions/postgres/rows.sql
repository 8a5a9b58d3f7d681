select id, body, previous_hash as "previousHash", hash from sluice_decisions where id > $1 order by id limit $2
