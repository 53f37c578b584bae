-- Working tables of one release, gone with its transaction. Their keys are for the planner: of a
-- town that has just grown it knows nothing, and would otherwise read them once for each figure.
-- `moving`: raw figures about to settle; `gone` takes one back. `settled`: what really changed.
CREATE TEMPORARY TABLE moving (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, value numeric, status text, delivery text,
    gone boolean DEFAULT false, provisional boolean DEFAULT false, basis jsonb,
    PRIMARY KEY (indicator, area, period_end, period, breakdown)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE settled (
    indicator text, area text, period_end date, period text, breakdown text,
    PRIMARY KEY (indicator, area, period_end, period, breakdown)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE affected (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, value numeric, status text, provisional boolean, basis jsonb
) ON COMMIT DROP;
CREATE TEMPORARY TABLE protected (
    indicator text, area text, period_end date, period text, breakdown text,
    period_start date, value numeric, status text, rule text, provisional boolean, basis jsonb,
    PRIMARY KEY (indicator, area, period_end, period, breakdown)
) ON COMMIT DROP
