"""Minimum income benefits by SGB II and SGB XII (Mindestsicherung)."""

from services.indicators.presets.sets import population as of
from services.indicators.presets.sets.words import (
    AGENCY,
    WORSE,
    Set,
    count,
    quotient,
    regional,
    texts,
    topic,
)

TOPIC = topic("mindestsicherung", "Mindestsicherung", "Minimum income benefits", 4)
_T = TOPIC.key
_SGB2 = {"polarity": WORSE, "legal_basis": "§ 53 SGB II"}
_RATE = {**_SGB2, "denominator_lag": 12}
"""The Agency divides by the population of the last year end where that of the year is not known."""
_SGB12 = {"polarity": WORSE, "legal_basis": "SGB XII, Viertes Kapitel"}

ENTITLED = count(
    "sgb2-leistungsberechtigte",
    "Leistungsberechtigte nach dem SGB II",
    "Persons entitled to SGB II benefits",
    _T,
    AGENCY,
    description=texts(
        "Regelleistungsberechtigte und sonstige Leistungsberechtigte.",
        "Entitled to standard benefits, and otherwise entitled.",
    ),
    **_SGB2,
)
EMPLOYABLE = count(
    "sgb2-erwerbsfaehige",
    "Erwerbsfähige Leistungsberechtigte (SGB II)",
    "Employable persons entitled to SGB II benefits",
    _T,
    regional("22811-02-02-4"),
    **_SGB2,
)
CHILDREN = count(
    "sgb2-kinder",
    "Nicht erwerbsfähige Leistungsberechtigte unter 15 Jahren (SGB II)",
    "Children under 15 entitled to SGB II benefits",
    _T,
    regional("22811-02-02-4"),
    description=texts(
        "Kinder ohne eigenen Leistungsanspruch zählen seit der Revision 2016 nicht mit.",
        "Children without a claim of their own are not counted since the revision of 2016.",
    ),
    **_SGB2,
)
PERSONS_UNDER_15 = count(
    "sgb2-personen-unter-15",
    "Personen unter 15 Jahren in Bedarfsgemeinschaften (SGB II)",
    "Persons under 15 in SGB II benefit communities",
    _T,
    AGENCY,
    description=texts(
        "Mit Kindern ohne eigenen Leistungsanspruch.",
        "With children who have no claim of their own.",
    ),
    **_SGB2,
)
COMMUNITIES = count(
    "sgb2-bg-mit-kindern",
    "Bedarfsgemeinschaften mit Kindern (SGB II)",
    "SGB II benefit communities with children",
    _T,
    AGENCY,
    unit=texts("Bedarfsgemeinschaften", "benefit communities"),
    **_SGB2,
)
SINGLE = count(
    "sgb2-bg-alleinerziehend",
    "Bedarfsgemeinschaften von Alleinerziehenden (SGB II)",
    "SGB II benefit communities of single parents",
    _T,
    AGENCY,
    unit=texts("Bedarfsgemeinschaften", "benefit communities"),
    **_SGB2,
)
RECIPIENTS = count(
    "mindestsicherung-empfaenger",
    "Empfängerinnen und Empfänger von Mindestsicherung",
    "Recipients of minimum income benefits",
    _T,
    regional("22811-01-01-4"),
    description=texts(
        "SGB II, SGB XII (3. und 4. Kapitel) und Asylbewerberleistungsgesetz.",
        "SGB II, SGB XII (chapters 3 and 4) and the Asylum Seekers Benefits Act.",
    ),
    polarity=WORSE,
)
OLD_AGE = count(
    "grundsicherung-alter",
    "Grundsicherung im Alter: ab der Altersgrenze",
    "Basic income support in old age",
    _T,
    regional("22151-01-02-4"),
    **_SGB12,
)
BASIC_INCOME = count(
    "grundsicherung",
    "Grundsicherung im Alter und bei Erwerbsminderung",
    "Basic income support in old age and with reduced earning capacity",
    _T,
    regional("22151-01-02-4"),
    **_SGB12,
)
RATES = (
    quotient(
        "sgb2-quote",
        "SGB-II-Quote",
        "SGB II rate",
        _T,
        (ENTITLED.key, of.UNDER_LIMIT.key),
        AGENCY,
        **_RATE,
    ),
    quotient(
        "elb-quote",
        "Quote der erwerbsfähigen Leistungsberechtigten (SGB II)",
        "Rate of employable persons entitled to SGB II benefits",
        _T,
        (EMPLOYABLE.key, of.FROM_15_TO_LIMIT.key),
        AGENCY,
        **_RATE,
    ),
    quotient(
        "kinderarmut",
        "Kinder im SGB II: nicht erwerbsfähige Leistungsberechtigte unter 15",
        "Child poverty: entitled children under 15",
        _T,
        (CHILDREN.key, of.UNDER_15.key),
        AGENCY,
        **_RATE,
    ),
    quotient(
        "kinderarmut-personen",
        "Kinder im SGB II: Personen unter 15 in Bedarfsgemeinschaften",
        "Child poverty: persons under 15 in benefit communities",
        _T,
        (PERSONS_UNDER_15.key, of.UNDER_15.key),
        AGENCY,
        **_RATE,
    ),
    quotient(
        "alleinerziehende-anteil",
        "Anteil der Alleinerziehenden an den Bedarfsgemeinschaften mit Kindern",
        "Share of single parents among benefit communities with children",
        _T,
        (SINGLE.key, COMMUNITIES.key),
        AGENCY,
        **_RATE,
    ),
    quotient(
        "mindestsicherungsquote",
        "Mindestsicherungsquote",
        "Minimum income benefit rate",
        _T,
        (RECIPIENTS.key, of.ALL.key),
        regional("22811-01-01-4"),
        polarity=WORSE,
    ),
    quotient(
        "altersarmut",
        "Grundsicherungsquote im Alter",
        "Rate of basic income support in old age",
        _T,
        (OLD_AGE.key, of.FROM_LIMIT.key),
        regional("22151-01-02-4"),
        **_SGB12,
    ),
)

MINIMUM_INCOME = Set(
    "minimum-income",
    texts("Mindestsicherung nach SGB II und SGB XII", "Minimum income by SGB II and SGB XII"),
    texts(
        "Zähler, Nenner und Quoten der Mindestsicherung; Kinderarmut in beiden gebräuchlichen "
        "Fassungen, die sich um die Kinder ohne eigenen Leistungsanspruch unterscheiden.",
        "Numerators, denominators and rates of minimum income benefits; child poverty in both "
        "versions in use, which differ by the children without a claim of their own.",
    ),
    (of.TOPIC, TOPIC),
    (
        of.ALL,
        of.UNDER_15,
        of.UNDER_LIMIT,
        of.FROM_15_TO_LIMIT,
        of.FROM_LIMIT,
        ENTITLED,
        EMPLOYABLE,
        CHILDREN,
        PERSONS_UNDER_15,
        COMMUNITIES,
        SINGLE,
        RECIPIENTS,
        BASIC_INCOME,
        OLD_AGE,
        *RATES,
    ),
)
