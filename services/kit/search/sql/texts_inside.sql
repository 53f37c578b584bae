            UNION ALL
            SELECT address, title, body FROM search_inside d
            WHERE d.municipality_id = $1 AND d.collection = p.collection AND d.key = p.key
              AND p.inside
