/* A question as PostgreSQL asks it. A word is itself, the beginning of a longer one, or one of
   its forms in German, English or Italian; words that say nothing are left out where others are.
   $2 words, $3 what else counts as each of them, $4 what must be there or not to the letter,
   $5 the reader's configuration for full text */
    SELECT string_agg('(' || form::text || ' | ' || beginning || ')', ' & ')
               FILTER (WHERE NOT idle OR all_idle) AS words,
           string_agg('(' || form::text || ')', ' | ') AS rank,
           array_agg(DISTINCT stem) FILTER (WHERE stem IS NOT NULL) AS stems
    FROM (
        SELECT word, beginning, idle, bool_and(idle) OVER () AS all_idle,
               plainto_tsquery('pg_catalog.german', word)
               || plainto_tsquery('pg_catalog.english', word)
               || plainto_tsquery('pg_catalog.italian', word)
               || quote_literal('=' || word)::tsquery AS form,
               (SELECT l FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.german', word))) l)
                   AS stem
        FROM (SELECT word, beginning,
                     numnode(plainto_tsquery('pg_catalog.german', word)) = 0
                     OR numnode(plainto_tsquery($5::text::regconfig, word)) = 0 AS idle
              FROM unnest($2::text[], $3::text[]) AS given (word, beginning)) AS given
    ) AS term
