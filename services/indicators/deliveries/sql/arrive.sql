-- The figures of a delivery on their way into `staged`: COPY is refused under row-level security.
CREATE TEMPORARY TABLE arriving (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, line integer, value numeric, status text
) ON COMMIT DROP;
-- What the delivery is about; the key spares the planner a bad guess.
CREATE TEMPORARY TABLE scope (
    indicator text, period_end date, period text, PRIMARY KEY (indicator, period_end, period)
) ON COMMIT DROP
