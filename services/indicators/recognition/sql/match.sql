-- Arrays instead of joins: a million look-ups in small arrays cost less than those in hash tables.
-- A place that means several areas, one after the other, is negative there and looked up by period.
-- Figures are written in the order of their places. By number in the file: $1 indicators, $2 areas,
-- $3 periods, $4 lengths of periods, $5 breakdowns. $6, $7, $8: how many areas, periods and
-- breakdowns there are
INSERT INTO found
SELECT ((indicator::bigint * $6::bigint + area) * $7::bigint + period) * $8::bigint + breakdown,
       known.*
FROM (
    SELECT ($1::integer[])[a.measure + 1] AS indicator,
           CASE WHEN ($2::integer[])[a.place + 1] >= 0 THEN ($2::integer[])[a.place + 1]
                ELSE (SELECT m.area FROM meant_area AS m JOIN a_period AS e
                        ON e.period_end >= m.since AND e.period_end < m.until
                      WHERE m.place = a.place AND e.number = a.period) END AS area,
           ($3::integer[])[a.period + 1] AS period,
           ($5::integer[])[a.breakdown + 1] AS breakdown,
           ($4::integer[])[a.period + 1] AS length,
           a.line, a.value, a.status, a.gone, a.provisional
    FROM arriving AS a
) AS known
WHERE indicator IS NOT NULL AND area IS NOT NULL
ORDER BY 1
