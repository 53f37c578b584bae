-- The indicators and years of figures that are protected anew.
SELECT DISTINCT indicator, extract(year FROM period_end)::int AS year FROM protected
UNION
SELECT DISTINCT indicator, extract(year FROM period_end)::int FROM settled
