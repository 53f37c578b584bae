-- Figures for a place that has one already, with the line of the first. $1 how many of each kind
WITH nth AS (
    SELECT line, row_number() OVER w AS nth, first_value(line) OVER w AS first_line,
           (value, status, gone) IS DISTINCT FROM (
               first_value(value) OVER w, first_value(status) OVER w, first_value(gone) OVER w
           ) AS differs
    FROM found WINDOW w AS (PARTITION BY place ORDER BY line, ctid)
), counted AS (
    SELECT line, first_line, differs, row_number() OVER (PARTITION BY differs ORDER BY line) AS rank,
           count(*) FILTER (WHERE differs) OVER () AS all_that_differ,
           count(*) FILTER (WHERE NOT differs) OVER () AS all_that_do_not
    FROM nth WHERE nth > 1
)
SELECT line, first_line, differs, all_that_differ, all_that_do_not
FROM counted WHERE rank <= $1 ORDER BY differs DESC, line
