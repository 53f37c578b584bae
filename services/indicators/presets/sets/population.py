"""Counts of the population by which others are divided; the ages are those of the law.

The age limit (Altersgrenze, § 7a SGB II, § 41 SGB XII) rises year by year from 65 to 67: these
denominators are counts of their own, so that a series keeps the limit of each year.
"""

from services.indicators.presets.sets.words import MUNICIPALITY, count, regional, topic

TOPIC = topic("bevoelkerung", "Bevölkerung", "Population", 0)
_T = TOPIC.key

ALL = count(
    "bevoelkerung",
    "Bevölkerung",
    "Population",
    _T,
    regional("12411-01-01-4"),
    source_codes=["12411:BEVSTD:Anzahl"],
    legal_basis="Bevölkerungsstatistikgesetz",
)


UNDER_3 = count("bevoelkerung-unter-3", "Kinder unter 3", "Children under 3", _T, MUNICIPALITY)
FROM_3_TO_5 = count(
    "bevoelkerung-3-bis-5", "Kinder von 3 bis unter 6", "Children from 3 to 5", _T, MUNICIPALITY
)
UNDER_15 = count("bevoelkerung-unter-15", "Kinder unter 15", "Children under 15", _T, MUNICIPALITY)
UNDER_20 = count(
    "bevoelkerung-unter-20", "Bevölkerung unter 20", "Population under 20", _T, MUNICIPALITY
)
UNDER_21 = count(
    "bevoelkerung-unter-21", "Bevölkerung unter 21", "Population under 21", _T, MUNICIPALITY
)
FROM_20_TO_64 = count(
    "bevoelkerung-20-bis-64",
    "Bevölkerung von 20 bis unter 65",
    "Population from 20 to 64",
    _T,
    MUNICIPALITY,
)
FROM_65 = count(
    "bevoelkerung-ab-65", "Bevölkerung ab 65", "Population of 65 and over", _T, MUNICIPALITY
)
FROM_15_TO_64 = count(
    "bevoelkerung-15-bis-64",
    "Bevölkerung von 15 bis unter 65",
    "Population from 15 to 64",
    _T,
    MUNICIPALITY,
)
UNDER_LIMIT = count(
    "bevoelkerung-unter-altersgrenze",
    "Bevölkerung unter der Altersgrenze",
    "Population under the age limit",
    _T,
    MUNICIPALITY,
    legal_basis="§ 7a SGB II",
)
FROM_15_TO_LIMIT = count(
    "bevoelkerung-15-bis-altersgrenze",
    "Bevölkerung von 15 bis unter die Altersgrenze",
    "Population from 15 to under the age limit",
    _T,
    MUNICIPALITY,
    legal_basis="§ 7a SGB II",
)
FROM_LIMIT = count(
    "bevoelkerung-ab-altersgrenze",
    "Bevölkerung ab der Altersgrenze",
    "Population of the age limit and over",
    _T,
    MUNICIPALITY,
    legal_basis="§ 41 SGB XII",
)
