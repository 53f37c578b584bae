"""Short ways to write an indicator of a preset."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.contracts.indicators.catalogue import NewIndicator, Polarity, Source
from services.contracts.indicators.presets import PresetIndex
from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.topics import NewTopic
from services.contracts.shared.base import Texts

LICENCE = "dl-de/by-2-0"
THREE = ProtectionRule(minimum=3, reason="§ 16 BStatG: Ein oder zwei Menschen wären zu erkennen.")
FAMILIES = ProtectionRule(minimum=3, reason="§ 64 SGB X: Ein oder zwei Fälle werden verborgen.")
PERSONS: Texts = {"de": "Personen", "en": "persons", "it": "persone"}
PER_CENT: Texts = {"de": "Prozent", "en": "per cent", "it": "per cento"}
PER_1000: Texts = {"de": "je 1.000 Personen", "en": "per 1,000 persons"}
Parts = tuple[str | None, str | None]
"""Numerator and denominator; none where a formula says what is computed."""
WORSE = Polarity.lower_is_better
BETTER = Polarity.higher_is_better


@dataclass(frozen=True)
class Set:
    """A preset: topics, indicators in the order in which they can be created, and indices."""

    key: str
    name: Texts
    description: Texts
    topics: tuple[NewTopic, ...]
    indicators: tuple[NewIndicator, ...]
    indices: tuple[PresetIndex, ...] = ()


def texts(de: str, en: str) -> Texts:
    """A text in both languages."""
    return {"de": de, "en": en}


def regional(table: str | None) -> Source:
    """A table of the regional database of the statistical offices."""
    publisher = "Statistische Ämter des Bundes und der Länder"
    return Source(publisher=publisher, table=table, licence=LICENCE)


AGENCY = Source(publisher="Statistik der Bundesagentur für Arbeit")
MUNICIPALITY = Source(publisher="Kommunale Statistikstelle")
YOUTH_OFFICE = Source(publisher="Jugendamt")


def topic(key: str, de: str, en: str, position: int) -> NewTopic:
    """A topic of a preset."""
    return NewTopic(key=key, name=texts(de, en), position=position)


def count(key: str, de: str, en: str, topic: str, source: Source, **more: Any) -> NewIndicator:
    """A count, of persons unless said otherwise."""
    given = {"unit": PERSONS, "protection": THREE, **more}
    return NewIndicator(
        key=key, name=texts(de, en), kind="count", topic=topic, source=source, **given
    )


def quotient(
    key: str,
    de: str,
    en: str,
    topic: str,
    parts: tuple[str | None, str | None],
    source: Source,
    **more: Any,
) -> NewIndicator:
    """A rate that is computed at release, in per cent with one decimal unless said otherwise."""
    numerator, denominator = parts
    given = {
        "unit": PER_CENT,
        "kind": "rate",
        "factor": Decimal(100),
        "decimals": 1,
        "computed": True,
        "protection": THREE,
        **more,
    }
    return NewIndicator(
        key=key,
        name=texts(de, en),
        numerator=numerator,
        denominator=denominator,
        topic=topic,
        source=source,
        **given,
    )
