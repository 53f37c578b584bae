        UNION ALL
        SELECT true, collection, key, dated_on, names, vector FROM search_inside
        WHERE municipality_id = $1 AND vector @@ (SELECT query FROM asked)
          AND collection = ANY($11::text[])
          AND ($12::text[] IS NULL OR collection || '/' || key = ANY($12))
