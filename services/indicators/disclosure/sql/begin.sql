-- Figures that are hidden together with others, those computed from them, and what is taken back.
CREATE TEMPORARY TABLE hidden (
    indicator text, area text, period_end date, period text, breakdown text, rule text,
    PRIMARY KEY (indicator, area, period, breakdown)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE told (
    indicator text, area text, period_end date, period text, breakdown text, release_from int,
    release_to int
) ON COMMIT DROP
