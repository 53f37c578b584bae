/* Words that no document has any more which everybody may see. $1 municipality, $2 words */
DELETE FROM search_word w
WHERE w.municipality_id = $1 AND w.word = ANY($2::text[])
  AND NOT EXISTS (SELECT FROM search_document d
                  WHERE d.municipality_id = $1 AND d.vector @@ quote_literal('=' || w.word)::tsquery)
