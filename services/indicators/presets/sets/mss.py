"""The indicators of the monitoring of social urban development (MSS), editions until 2021."""

from services.contracts.indicators.presets import PresetIndex
from services.indicators.presets.sets import population as of
from services.indicators.presets.sets.words import (
    AGENCY,
    WORSE,
    Set,
    count,
    quotient,
    texts,
    topic,
)

TOPIC = topic("soziale-lage", "Soziale Lage", "Social situation", 7)
_T = TOPIC.key

_UNEMPLOYED = count(
    "mss-arbeitslose",
    "Arbeitslose (SGB II und SGB III)",
    "Unemployed persons (SGB II and SGB III)",
    _T,
    AGENCY,
    polarity=WORSE,
)
_LONG_TERM = count(
    "mss-langzeitarbeitslose",
    "Langzeitarbeitslose (über ein Jahr)",
    "Long-term unemployed persons (over a year)",
    _T,
    AGENCY,
    polarity=WORSE,
)
_RECIPIENTS = count(
    "mss-transferbezug",
    "Nicht arbeitslose Empfängerinnen und Empfänger (SGB II und SGB XII)",
    "Recipients who are not unemployed (SGB II and SGB XII)",
    _T,
    AGENCY,
    polarity=WORSE,
)
_CHILDREN = count(
    "mss-kinder",
    "Nicht erwerbsfähige Leistungsberechtigte unter 15 (SGB II)",
    "Children under 15 entitled to SGB II benefits",
    _T,
    AGENCY,
    polarity=WORSE,
)
MSS = Set(
    "mss",
    texts("Monitoring Soziale Stadtentwicklung", "Monitoring of social urban development"),
    texts(
        "Die Statusindikatoren S1 bis S4 des Berliner Monitorings mit Zählern und Nennern. Die "
        "Langzeitarbeitslosigkeit (S2) gehört nur bis 2017 zum Index.",
        "The status indicators S1 to S4 of Berlin's monitoring with numerators and denominators. "
        "Long-term unemployment (S2) belongs to the index until 2017 only.",
    ),
    (of.TOPIC, TOPIC),
    (
        of.ALL,
        of.UNDER_15,
        of.FROM_15_TO_64,
        _UNEMPLOYED,
        _LONG_TERM,
        _RECIPIENTS,
        _CHILDREN,
        quotient(
            "mss-s1",
            "S1: Arbeitslosenanteil an den 15- bis unter 65-Jährigen",
            "S1: unemployed persons per 100 from 15 to 64",
            _T,
            (_UNEMPLOYED.key, of.FROM_15_TO_64.key),
            AGENCY,
            decimals=2,
            polarity=WORSE,
        ),
        quotient(
            "mss-s2",
            "S2: Langzeitarbeitslosenanteil an den 15- bis unter 65-Jährigen",
            "S2: long-term unemployed persons per 100 from 15 to 64",
            _T,
            (_LONG_TERM.key, of.FROM_15_TO_64.key),
            AGENCY,
            decimals=2,
            polarity=WORSE,
        ),
        quotient(
            "mss-s3",
            "S3: nicht arbeitslose Transferbeziehende je 100 der Bevölkerung",
            "S3: recipients who are not unemployed per 100 of the population",
            _T,
            (_RECIPIENTS.key, of.ALL.key),
            AGENCY,
            decimals=2,
            polarity=WORSE,
        ),
        quotient(
            "mss-s4",
            "S4: Transferbezug der unter 15-Jährigen",
            "S4: children under 15 entitled to SGB II benefits per 100",
            _T,
            (_CHILDREN.key, of.UNDER_15.key),
            AGENCY,
            decimals=2,
            polarity=WORSE,
        ),
    ),
    (
        PresetIndex(
            key="mss",
            recipe="mss-berlin",
            topic=_T,
            components=["mss-s1", "mss-s3", "mss-s4"],
            population=of.ALL.key,
        ),
    ),
)
