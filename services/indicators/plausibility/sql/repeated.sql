-- Figures for a place that has one already, with the line of the first. $1 how many of each kind
WITH nth AS (
    SELECT f.line, one.line AS first_line,
           (f.value, f.status, f.gone) IS DISTINCT FROM (one.value, one.status, one.gone) AS differs
    FROM found AS f JOIN found AS one ON one.place = f.place AND NOT one.again
    WHERE f.again
), counted AS (
    SELECT line, first_line, differs, row_number() OVER (PARTITION BY differs ORDER BY line) AS rank,
           count(*) FILTER (WHERE differs) OVER () AS all_that_differ,
           count(*) FILTER (WHERE NOT differs) OVER () AS all_that_do_not
    FROM nth
)
SELECT line, first_line, differs, all_that_differ, all_that_do_not
FROM counted WHERE rank <= $1 ORDER BY differs DESC, line
