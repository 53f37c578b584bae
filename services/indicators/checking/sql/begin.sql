-- Working tables of one check, gone with its transaction.
-- `arriving` is what the parser writes: small numbers that point into the lists of the file.
CREATE TEMPORARY TABLE arriving (
    line integer, place integer, measure integer, period integer, breakdown integer,
    value numeric, status text, gone boolean, provisional boolean
) ON COMMIT DROP;
-- What the places of the file mean, and in which periods.
CREATE TEMPORARY TABLE meant_area (
    place integer, since date, until date, area integer, PRIMARY KEY (place, since)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE an_indicator (
    indicator integer PRIMARY KEY, key text UNIQUE, additive boolean, slack numeric, coarse boolean,
    z_score float8, modified_z_score float8, least_change float8, ratio float8, cases float8,
    never_negative boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE an_area (area integer PRIMARY KEY, key text UNIQUE) ON COMMIT DROP;
CREATE TEMPORARY TABLE a_period (
    period integer PRIMARY KEY, number integer UNIQUE, text text UNIQUE, period_start date,
    period_end date, length integer
) ON COMMIT DROP;
CREATE TEMPORARY TABLE a_breakdown (
    breakdown integer PRIMARY KEY, number integer UNIQUE, text text UNIQUE
) ON COMMIT DROP;
-- The figures in the order of the keys of `staged`. `place` is all four numbers in one.
CREATE TEMPORARY TABLE found (
    place bigint, indicator integer, area integer, period integer, breakdown integer,
    length integer, line integer, value numeric, status text, gone boolean, provisional boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE scope (
    indicator integer, period integer, figures bigint, valued bigint, provisional bigint,
    hidden bigint, negative bigint, line integer, PRIMARY KEY (indicator, period)
) ON COMMIT DROP;
-- What everybody sees now in the scope; without a place where the file leaves it out.
CREATE TEMPORARY TABLE shown (
    place bigint, indicator text, area text, period_end date, period text, breakdown text,
    value numeric, status text
) ON COMMIT DROP;
-- Those of them that the file leaves out.
CREATE TEMPORARY TABLE left_out (LIKE shown) ON COMMIT DROP;
-- Summands of sums of which the file holds only a part: what it leaves out as it is shown, without a
-- line, and what it holds of the same areas.
CREATE TEMPORARY TABLE beside (
    indicator integer, period integer, area text, breakdown text, value numeric, status text,
    line integer
) ON COMMIT DROP;
CREATE TEMPORARY TABLE kin (
    period integer, parent text, level text, child text, siblings bigint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE kind_of (part text, whole text, dimension text) ON COMMIT DROP;
-- Which areas are parts of which in the periods of the file, and how many there are of a level.
CREATE TEMPORARY TABLE tree (
    area integer, period integer, parent integer, level text, siblings bigint,
    PRIMARY KEY (area, period)
) ON COMMIT DROP;
-- Which breakdowns are parts of which, along a dimension.
CREATE TEMPORARY TABLE category (
    part integer, whole integer, dimension text, PRIMARY KEY (part, dimension)
) ON COMMIT DROP;
-- Each sum that could be computed, beside its total; with keys where the file may not have them.
CREATE TEMPORARY TABLE summed (
    kind text, subject text, indicator integer, area integer, period integer, breakdown integer,
    line integer, total numeric, sum numeric, parts bigint, tolerance numeric,
    area_key text, breakdown_key text
) ON COMMIT DROP;
-- Series in which a figure may be implausible.
CREATE TEMPORARY TABLE suspect (
    series integer PRIMARY KEY, indicator integer, area integer, breakdown integer, length integer
) ON COMMIT DROP;
CREATE TEMPORARY TABLE suspicious (
    series integer, line integer, period integer, period_end date, value float8
) ON COMMIT DROP;
-- Figures as everybody sees them of the series of the file, in periods that the file leaves out.
CREATE TEMPORARY TABLE past (
    indicator integer, area integer, breakdown integer, length integer, period_end date,
    value float8
) ON COMMIT DROP
