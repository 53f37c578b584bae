/* The same among what not everybody may see: each document inside that has such a word, whoever
   may see it. $1 municipality, $2 words, $3 collections, $4 how many words for each, null for all */
SELECT asked.word, like_it.word AS meant, like_it.likeness, d.collection, d.key
FROM unnest($2::text[]) AS asked (word)
CROSS JOIN LATERAL (
    SELECT w.word, public.similarity(w.word, asked.word)::float8 AS likeness
    FROM search_inside_word w
    WHERE w.municipality_id = $1 AND public.similarity(w.word, asked.word)
          >= CASE WHEN length(asked.word) <= 6 THEN 0.3 ELSE 0.5 END
    ORDER BY likeness DESC, abs(length(w.word) - length(asked.word)), w.word
    LIMIT $4
) AS like_it
JOIN search_inside d ON d.municipality_id = $1 AND d.collection = ANY($3::text[])
    AND d.vector @@ quote_literal('=' || like_it.word)::tsquery
ORDER BY asked.word, like_it.word, d.collection, d.key
