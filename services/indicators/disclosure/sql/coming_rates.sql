-- What is about to be shown of rates. $1 indicators
SELECT indicator, area, period_end, period, breakdown, value FROM protected
WHERE indicator = ANY ($1) AND value IS NOT NULL
