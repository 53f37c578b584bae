/* All documents as they stand. $1 municipality */
SELECT collection, key, json_build_object(
    'shown', shown, 'address', address, 'title', title, 'body', body, 'dated_on', dated_on,
    'names', names)::text AS document
FROM (
    SELECT true AS shown, d.* FROM search_document d WHERE municipality_id = $1
    UNION ALL
    SELECT false, d.* FROM search_inside d WHERE municipality_id = $1
) AS d
