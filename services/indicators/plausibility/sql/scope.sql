INSERT INTO scope
SELECT indicator, period, count(*) FILTER (WHERE NOT gone AND status <> 'confidential'),
       count(value) FILTER (WHERE NOT gone), count(*) FILTER (WHERE provisional),
       count(*) FILTER (WHERE status = 'confidential'), count(*) FILTER (WHERE value < 0), min(line)
FROM found GROUP BY indicator, period
