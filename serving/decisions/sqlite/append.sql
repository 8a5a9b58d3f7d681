insert into decisions (id, body, previous_hash, hash) values ($id, $body, $previousHash, $hash)
