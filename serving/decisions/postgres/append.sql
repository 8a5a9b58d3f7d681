insert into sluice_decisions (id, body, previous_hash, hash) values ($1, $2, $3, $4)
