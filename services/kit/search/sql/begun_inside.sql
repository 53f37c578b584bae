/* Documents inside that have a name with this in it, whoever may see them. $1 municipality,
   $2 as it was begun, $3 collections */
SELECT collection, key FROM search_inside
WHERE municipality_id = $1 AND collection = ANY($3::text[])
  AND position($2::text IN array_to_string(names, chr(10))) > 0
