select id, body, previous_hash as "previousHash", hash from decisions where id > $after order by id limit $limit
