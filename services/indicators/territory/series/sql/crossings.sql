-- Every crossing, by the kind of shares asked for; of a crosswalk that does not list it by its
-- first kind. $1 municipality, $2 visibilities, $3 kind or null
SELECT DISTINCT ON (day, from_area, to_area) day, from_area, to_area, share, back
FROM shown_crossing
WHERE municipality_id = $1 AND visibility = ANY ($2::text[])
ORDER BY day, from_area, to_area, kind = $3::text DESC NULLS LAST, rank
