-- Working tables of one release, gone with its transaction.
CREATE TEMPORARY TABLE moving (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, value numeric, status text, delivery text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE affected (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, value numeric, status text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE protected (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, value numeric, status text, rule text
) ON COMMIT DROP
