-- The results of one index on their way into `index_result`, and the areas they are about.
CREATE TEMPORARY TABLE IF NOT EXISTS index_made (
    area text, level text, period_end date, period text, period_start date,
    value numeric, class_code text, dynamics numeric, dynamics_class text, group_code text,
    excluded text, reason text, parts jsonb,
    PRIMARY KEY (area, period_end, period)
) ON COMMIT DROP
