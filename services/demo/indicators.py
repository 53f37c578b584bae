"""The first indicators of both municipalities (Indikatorenkatalog)."""

from decimal import Decimal

from services.contracts.indicators.catalogue import NewIndicator, Periodicity, Polarity, Source
from services.contracts.indicators.protection import ProtectionRule
from services.demo.texts import texts

_LICENCE = "dl-de/by-2-0"
_OFFICES = "Statistische Ämter des Bundes und der Länder"
PERSONS = texts("Personen", "persons", "persone")
_THREE = ProtectionRule(minimum=3, reason="§ 16 BStatG: Ein oder zwei Menschen wären zu erkennen.")


def regional(table: str) -> Source:
    """A table of the regional database of the statistical offices."""
    return Source(publisher=_OFFICES, table=table, licence=_LICENCE)


INDICATORS = [
    NewIndicator(
        key="bevoelkerung",
        name=texts("Bevölkerung", "Population", "Popolazione"),
        description=texts(
            "Bevölkerungsstand nach der Fortschreibung.", "Population by the rolled-forward count."
        ),
        unit=PERSONS,
        kind="count",
        topic="bevoelkerung",
        source=regional("12411-01-01-4"),
        source_codes=["12411:BEVSTD:Anzahl"],
        legal_basis="Bevölkerungsstatistikgesetz",
        protection=_THREE,
    ),
    NewIndicator(
        key="sgb2-personen",
        name=texts(
            "Personen in Bedarfsgemeinschaften nach dem SGB II",
            "Persons in SGB II benefit communities",
        ),
        short_name=texts("SGB II", "SGB II"),
        unit=PERSONS,
        kind="count",
        polarity=Polarity.lower_is_better,
        topic="mindestsicherung",
        source=regional("22811-02-02-4"),
        legal_basis="§ 53 SGB II",
        protection=_THREE,
    ),
    NewIndicator(
        key="sgb2-kinder",
        name=texts(
            "Nicht erwerbsfähige Leistungsberechtigte unter 15 Jahren (SGB II)",
            "Children under 15 entitled to SGB II benefits",
        ),
        short_name=texts("Kinder im SGB II", "Children in SGB II"),
        unit=PERSONS,
        kind="count",
        polarity=Polarity.lower_is_better,
        topic="mindestsicherung",
        source=regional("22811-02-02-4"),
        legal_basis="§ 53 SGB II",
        protection=_THREE,
    ),
    NewIndicator(
        key="sgb2-personen-je-100",
        name=texts(
            "Personen in Bedarfsgemeinschaften nach dem SGB II je 100 der Bevölkerung",
            "Persons in SGB II benefit communities per 100 of the population",
        ),
        short_name=texts("SGB II je 100", "SGB II per 100"),
        description=texts(
            "Eigene Berechnung aus 22811-02-02-4 und 12411-04-02-4; nicht die amtliche "
            "SGB-II-Quote, deren Nenner bei der Altersgrenze endet.",
            "Own calculation from 22811-02-02-4 and 12411-04-02-4; not the official "
            "SGB II rate, whose denominator ends at the age limit.",
        ),
        unit=texts("Prozent", "per cent", "per cento"),
        kind="rate",
        numerator="sgb2-personen",
        denominator="bevoelkerung",
        factor=Decimal(100),
        decimals=2,
        polarity=Polarity.lower_is_better,
        topic="mindestsicherung",
        source=regional("22811-02-02-4, 12411-04-02-4"),
        legal_basis="§ 53 SGB II",
        protection=_THREE,
    ),
    NewIndicator(
        key="grundsicherung",
        name=texts(
            "Grundsicherung im Alter und bei Erwerbsminderung",
            "Basic income support in old age and with reduced earning capacity",
        ),
        unit=PERSONS,
        kind="count",
        polarity=Polarity.lower_is_better,
        topic="mindestsicherung",
        source=regional("22151-01-02-4"),
        legal_basis="SGB XII, Viertes Kapitel",
        protection=_THREE,
    ),
    NewIndicator(
        key="kita-plaetze",
        name=texts("Plätze in Tageseinrichtungen für Kinder", "Places in day care for children"),
        unit=texts("Plätze", "places", "posti"),
        kind="count",
        polarity=Polarity.higher_is_better,
        topic="kinder-jugend",
        source=regional("22541-01-01-4"),
        legal_basis="§ 98 SGB VIII",
        periodicity=Periodicity.irregular,
        protection=ProtectionRule(kind="none", reason="Gezählt sind Plätze, nicht Menschen."),
    ),
    NewIndicator(
        key="lebensformen",
        name=texts("Lebensformen", "Living arrangements", "Forme di vita"),
        description=texts(
            "Hochgerechnet aus dem Mikrozensus, in Tausend; „/“ ist nicht sicher genug.",
            "Extrapolated from the microcensus, in thousands; “/” is not reliable enough.",
        ),
        unit=texts("Tausend", "thousands", "migliaia"),
        kind="count",
        cases_per_unit=1000,
        topic="haushalte-familien",
        source=regional("12211-Z-11"),
        source_codes=["12211:LBFMZ01:1000"],
        legal_basis="Mikrozensusgesetz",
        protection=_THREE,
    ),
]
