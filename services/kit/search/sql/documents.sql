        SELECT false AS inside, collection, key, dated_on, names, vector FROM search_document
        WHERE municipality_id = $1 AND vector @@ (SELECT query FROM asked)
