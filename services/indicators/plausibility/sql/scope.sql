INSERT INTO scope
SELECT indicator, period, count(*) FILTER (WHERE NOT gone), count(value) FILTER (WHERE NOT gone),
       count(*) FILTER (WHERE provisional), min(line)
FROM found GROUP BY indicator, period
