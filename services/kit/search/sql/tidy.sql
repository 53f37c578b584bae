/* Take out words that no document has any more. $1 municipality */
DELETE FROM search_word
WHERE municipality_id = $1 AND '=' || word NOT IN (
    SELECT lexeme FROM search_document, unnest(vector) WHERE municipality_id = $1);
DELETE FROM search_inside_word
WHERE municipality_id = $1 AND '=' || word NOT IN (
    SELECT lexeme FROM search_inside, unnest(vector) WHERE municipality_id = $1)
