"""A basic set of indicators for integrated social reporting (Basisindikatoren)."""

from decimal import Decimal

from services.indicators.presets.sets import population as of
from services.indicators.presets.sets.minimum_income import MINIMUM_INCOME
from services.indicators.presets.sets.words import (
    AGENCY,
    BETTER,
    FAMILIES,
    MUNICIPALITY,
    PER_1000,
    WORSE,
    YOUTH_OFFICE,
    Set,
    count,
    quotient,
    regional,
    texts,
    topic,
)

HOUSEHOLDS = topic("haushalte-familien", "Haushalte und Familien", "Households and families", 1)
CHILDREN = topic("kinder-jugend", "Kinder und Jugend", "Children and youth", 2)
WORK = topic("arbeit", "Arbeit und Beschäftigung", "Work and employment", 3)
EDUCATION = topic("bildung", "Bildung", "Education", 5)
HOUSING = topic("wohnen", "Wohnen", "Housing", 6)
_P, _PUPILS = of.TOPIC.key, texts("Schülerinnen und Schüler", "pupils")
_HOUSEHOLD_UNIT = texts("Haushalte", "households")
_THOUSAND = {"unit": PER_1000, "factor": Decimal(1000)}
_HUNDRED = {"kind": "ratio", "unit": texts("je 100 Personen", "per 100 persons")}

_COUNTS = (
    count(
        "auslaender", "Ausländerinnen und Ausländer", "Foreigners", _P, regional("12411-01-01-4")
    ),
    count("zuzuege", "Zuzüge", "Arrivals", _P, MUNICIPALITY),
    count("fortzuege", "Fortzüge", "Departures", _P, MUNICIPALITY),
    count(
        "wohndauer-ueber-5",
        "Personen mit mehr als fünf Jahren Wohndauer",
        "Persons living at the address for over five years",
        _P,
        MUNICIPALITY,
    ),
    count("arbeitslose", "Arbeitslose", "Unemployed persons", WORK.key, AGENCY, polarity=WORSE),
    count(
        "privathaushalte",
        "Privathaushalte",
        "Private households",
        HOUSEHOLDS.key,
        MUNICIPALITY,
        unit=_HOUSEHOLD_UNIT,
    ),
    count(
        "wohngeld-haushalte",
        "Haushalte mit Wohngeld",
        "Households with housing benefit",
        HOUSING.key,
        MUNICIPALITY,
        unit=_HOUSEHOLD_UNIT,
        legal_basis="Wohngeldgesetz",
    ),
    count(
        "schulentlassene",
        "Schulentlassene",
        "School leavers",
        EDUCATION.key,
        regional("21111-02-06-4"),
        unit=_PUPILS,
    ),
    count(
        "schulentlassene-ohne-abschluss",
        "Schulentlassene ohne Hauptschulabschluss",
        "School leavers without a certificate",
        EDUCATION.key,
        regional("21111-02-06-4"),
        unit=_PUPILS,
        polarity=WORSE,
    ),
    count(
        "uebergaenge",
        "Übergänge aus der Grundschule",
        "Pupils leaving primary school",
        EDUCATION.key,
        MUNICIPALITY,
        unit=_PUPILS,
    ),
    count(
        "uebergaenge-gymnasium",
        "Übergänge auf das Gymnasium",
        "Pupils moving to the Gymnasium",
        EDUCATION.key,
        MUNICIPALITY,
        unit=_PUPILS,
    ),
    count(
        "kita-kinder-unter-3",
        "Betreute Kinder unter 3",
        "Children under 3 in day care",
        CHILDREN.key,
        regional("22541-01-01-4"),
        legal_basis="§ 98 SGB VIII",
    ),
    count(
        "kita-kinder-3-bis-5",
        "Betreute Kinder von 3 bis unter 6",
        "Children from 3 to 5 in day care",
        CHILDREN.key,
        regional("22541-01-01-4"),
        legal_basis="§ 98 SGB VIII",
    ),
    count(
        "hze-hilfen",
        "Hilfen zur Erziehung",
        "Socio-educational support",
        CHILDREN.key,
        YOUTH_OFFICE,
        unit=texts("Hilfen", "cases"),
        legal_basis="§§ 27-35 SGB VIII",
        protection=FAMILIES,
    ),
)
_QUOTIENTS = (
    count(
        "wanderungssaldo",
        "Wanderungssaldo",
        "Net migration",
        _P,
        MUNICIPALITY,
        formula="{zuzuege} - {fortzuege}",
    ),
    quotient(
        "wanderungsvolumen",
        "Wanderungsvolumen je 1.000",
        "Volume of migration per 1,000",
        _P,
        (None, None),
        MUNICIPALITY,
        kind="ratio",
        formula="per({zuzuege} + {fortzuege}, {bevoelkerung}, 1000)",
        **_THOUSAND,
    ),
    quotient(
        "jugendquotient",
        "Jugendquotient: unter 20 je 100 von 20 bis 64",
        "Youth ratio: under 20 per 100 from 20 to 64",
        _P,
        (of.UNDER_20.key, of.FROM_20_TO_64.key),
        MUNICIPALITY,
        **_HUNDRED,
    ),
    quotient(
        "altenquotient",
        "Altenquotient: ab 65 je 100 von 20 bis 64",
        "Old-age ratio: 65 and over per 100 from 20 to 64",
        _P,
        (of.FROM_65.key, of.FROM_20_TO_64.key),
        MUNICIPALITY,
        **_HUNDRED,
    ),
    quotient(
        "auslaenderanteil",
        "Anteil der Ausländerinnen und Ausländer",
        "Share of foreigners",
        _P,
        ("auslaender", of.ALL.key),
        regional("12411-01-01-4"),
    ),
    quotient(
        "wohndaueranteil",
        "Anteil mit mehr als fünf Jahren Wohndauer",
        "Share living at the address for over five years",
        _P,
        ("wohndauer-ueber-5", of.ALL.key),
        MUNICIPALITY,
    ),
    quotient(
        "arbeitslosenanteil",
        "Anteil der Arbeitslosen an der Bevölkerung von 15 bis unter 65",
        "Unemployed persons per 100 from 15 to 64",
        WORK.key,
        ("arbeitslose", of.FROM_15_TO_64.key),
        AGENCY,
        polarity=WORSE,
    ),
    quotient(
        "wohngeldquote",
        "Haushalte mit Wohngeld je 1.000",
        "Households with housing benefit per 1,000",
        HOUSING.key,
        ("wohngeld-haushalte", "privathaushalte"),
        MUNICIPALITY,
        **{**_THOUSAND, "unit": texts("je 1.000 Haushalte", "per 1,000 households")},
    ),
    quotient(
        "ohne-abschluss-quote",
        "Anteil der Schulentlassenen ohne Hauptschulabschluss",
        "Share of school leavers without a certificate",
        EDUCATION.key,
        ("schulentlassene-ohne-abschluss", "schulentlassene"),
        regional("21111-02-06-4"),
        polarity=WORSE,
    ),
    quotient(
        "uebergangsquote-gymnasium",
        "Übergangsquote auf das Gymnasium",
        "Rate of transition to the Gymnasium",
        EDUCATION.key,
        ("uebergaenge-gymnasium", "uebergaenge"),
        MUNICIPALITY,
    ),
    quotient(
        "betreuungsquote-unter-3",
        "Betreuungsquote der Kinder unter 3",
        "Day care rate of children under 3",
        CHILDREN.key,
        ("kita-kinder-unter-3", of.UNDER_3.key),
        regional("22541-01-01-4"),
        polarity=BETTER,
    ),
    quotient(
        "betreuungsquote-3-bis-5",
        "Betreuungsquote der Kinder von 3 bis unter 6",
        "Day care rate of children from 3 to 5",
        CHILDREN.key,
        ("kita-kinder-3-bis-5", of.FROM_3_TO_5.key),
        regional("22541-01-01-4"),
        polarity=BETTER,
    ),
    quotient(
        "hze-quote",
        "Hilfen zur Erziehung je 1.000 unter 21",
        "Socio-educational support per 1,000 under 21",
        CHILDREN.key,
        ("hze-hilfen", of.UNDER_21.key),
        YOUTH_OFFICE,
        kind="ratio",
        protection=FAMILIES,
        **_THOUSAND,
    ),
)

BASIC = Set(
    "basic-indicators",
    texts(
        "Basisindikatoren für eine integrierte Sozialberichterstattung",
        "Basic indicators for integrated social reporting",
    ),
    texts(
        "Bevölkerung, Haushalte, Kinder und Jugend, Arbeit, Bildung, Wohnen und Mindestsicherung "
        "nach den gebräuchlichen Definitionen; die verbindliche Liste eines Landes kann abweichen.",
        "Population, households, children and youth, work, education, housing and minimum income "
        "by the definitions in use; the binding list of a federal state may differ.",
    ),
    (*MINIMUM_INCOME.topics, HOUSEHOLDS, CHILDREN, WORK, EDUCATION, HOUSING),
    (
        *MINIMUM_INCOME.indicators,
        of.UNDER_3,
        of.FROM_3_TO_5,
        of.UNDER_20,
        of.UNDER_21,
        of.FROM_20_TO_64,
        of.FROM_65,
        of.FROM_15_TO_64,
        *_COUNTS,
        *_QUOTIENTS,
    ),
)
