-- The figures asked for, as they stood with a release. Followed by as_json.sql or as_csv.sql.
-- $1 municipality, $2 visibilities, $3 indicators, $4 areas, $5 level, $6 area above,
-- $7 first day, $8 last day, $9 breakdowns, $10 release, $11 most figures
WITH RECURSIVE stand AS (
    SELECT coalesce(max(release), 0) AS release, coalesce(max(changes), 0) AS changes
    FROM edition WHERE municipality_id = $1
), chosen_indicator AS (
    SELECT key, brief FROM shown_indicator
    WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND key = ANY ($3::text[])
), below AS (
    SELECT area FROM shown_area WHERE municipality_id = $1 AND parent = $6
    UNION
    SELECT a.area FROM below AS b JOIN shown_area AS a
      ON a.municipality_id = $1 AND a.parent = b.area
), chosen_area AS (
    SELECT area FROM shown_area
    WHERE municipality_id = $1 AND visibility = ANY ($2::text[])
      AND ($4::text[] IS NULL OR area = ANY ($4))
      AND ($5::text IS NULL OR level = $5)
      AND ($6::text IS NULL OR area IN (SELECT area FROM below))
), figure AS (
    SELECT indicator, area, period_end, period, breakdown, value, status
    FROM published
    WHERE municipality_id = $1
      AND indicator = ANY (ARRAY (SELECT key FROM chosen_indicator))
      AND area = ANY (ARRAY (SELECT area FROM chosen_area))
      AND period_end <= coalesce($8::date, 'infinity')
      AND period_start >= coalesce($7::date, '-infinity')
      AND ($9::text[] IS NULL OR breakdown = ANY ($9))
      AND release_from <= coalesce($10, (SELECT release FROM stand))
      AND (release_to IS NULL OR release_to > coalesce($10, (SELECT release FROM stand)))
    ORDER BY indicator COLLATE "C", area COLLATE "C", period_end, period COLLATE "C",
             breakdown COLLATE "C"
    LIMIT $11 + 1
)
