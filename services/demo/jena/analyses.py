"""What Jena's planners make of the figures: an index, a rule, an atlas (Auswertungen).

Examples of the demo, computed from the published figures; none of them is official.
"""

from decimal import Decimal

from services.contracts.indicators.catalogue import NewIndicator, Polarity, Source
from services.contracts.indicators.catalogue_versions import CatalogueVersionTexts
from services.contracts.indicators.indices import ClassLimit, Component, NewIndex
from services.contracts.indicators.needs import NewNeedsRule, Severity
from services.contracts.indicators.needs_conditions import Comparison, Threshold
from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.reports import Chapter, NewReport
from services.contracts.shared.base import Visibility
from services.demo.texts import texts

_LEVEL, _TOPIC = "statistischer-bezirk", "haushalte-familien"
_CITY = Source(
    publisher="Stadt Jena", table="Privathaushalte nach statistischen Bezirken, eigene Berechnung"
)
_PER_CENT = texts("Prozent", "per cent", "per cento")
_THREE = ProtectionRule(minimum=3, reason="§ 16 BStatG: Ein oder zwei Menschen wären zu erkennen.")
SHARE, GROWTH, INDEX = "einpersonenhaushalte-anteil", "privathaushalte-zuwachs", "haushalte-wandel"

INDICATORS = [
    NewIndicator(
        key=SHARE,
        name=texts("Anteil der Einpersonenhaushalte", "Share of one-person households"),
        short_name=texts("Einpersonenhaushalte", "One-person households"),
        description=texts(
            "Einpersonenhaushalte je 100 Privathaushalte, eigene Berechnung.",
            "One-person households per 100 private households, own calculation.",
        ),
        unit=_PER_CENT,
        kind="rate",
        numerator="einpersonenhaushalte",
        denominator="privathaushalte",
        factor=Decimal(100),
        computed=True,
        decimals=1,
        topic=_TOPIC,
        source=_CITY,
        protection=_THREE,
    ),
    NewIndicator(
        key=GROWTH,
        name=texts("Zuwachs der Privathaushalte", "Growth of private households"),
        description=texts(
            "Gegenüber dem Vorjahr, eigene Berechnung.",
            "Against the year before, own calculation.",
        ),
        unit=_PER_CENT,
        kind="ratio",
        formula="growth({privathaushalte}, 1)",
        decimals=1,
        topic=_TOPIC,
        source=_CITY,
        protection=_THREE,
    ),
]

INDICES = [
    NewIndex(
        key=INDEX,
        name=texts("Haushalte im Wandel", "Changing households"),
        description=texts(
            "Beispiel der Demo: Anteil der Einpersonenhaushalte und Zuwachs der Haushalte, zu "
            "gleichen Teilen. Kein amtlicher Index und kein Maß einer sozialen Lage.",
            "An example of the demo: share of one-person households and growth of households, in "
            "equal parts. No official index and no measure of a social situation.",
        ),
        topic=_TOPIC,
        source=_CITY,
        polarity=Polarity.neutral,
        level=_LEVEL,
        components=[Component(indicator=SHARE), Component(indicator=GROWTH)],
        classes=[
            ClassLimit(
                code="1", label=texts("wenig", "little"), up_to=Decimal(-1), including=False
            ),
            ClassLimit(code="2", label=texts("mittel", "medium"), up_to=Decimal(1)),
            ClassLimit(code="3", label=texts("viel", "much")),
        ],
        first_period="2016-12-31",
    )
]

RULES = [
    NewNeedsRule(
        key="viele-einpersonenhaushalte",
        title=texts("Viele Einpersonenhaushalte", "Many one-person households"),
        description=texts(
            "Beispiel der Demo: Der Anteil liegt um ein Zehntel oder mehr über dem der Stadt.",
            "An example of the demo: the share is a tenth or more above that of the city.",
        ),
        topic=_TOPIC,
        severity=Severity.low,
        level=_LEVEL,
        conditions=[
            Threshold(
                kind="threshold",
                indicator=SHARE,
                comparison=Comparison.at_least,
                value=Decimal("1.1"),
                relative_to="area",
                reference_area="jena",
            )
        ],
        responsible="integrierte-sozialplanung",
        visibility=Visibility.public,
    )
]

REPORTS = [
    NewReport(
        key="atlas-haushalte",
        title=texts("Atlas der Haushalte in Jena", "Atlas of the households of Jena"),
        foreword=texts(
            "Ein Beispiel der Demo aus veröffentlichten Einzelwerten für acht statistische "
            "Bezirke; die Karten zeigen Kacheln.",
            "An example of the demo, made of single published figures of eight statistical "
            "districts; the maps show tiles.",
        ),
        kind="atlas",
        release=1,
        level=_LEVEL,
        chapters=[
            Chapter(
                title=texts("Haushalte", "Households"),
                indicators=["privathaushalte", GROWTH, "einpersonenhaushalte", SHARE],
            ),
            Chapter(
                title=texts("Haushalte im Wandel", "Changing households"),
                text=texts(
                    "Der Index ist aus dem Anteil der Einpersonenhaushalte und dem Zuwachs der "
                    "Haushalte berechnet.",
                    "The index is computed from the share of one-person households and the growth "
                    "of households.",
                ),
                indicators=[f"{INDEX}-status"],
            ),
        ],
    )
]

CATALOGUE = CatalogueVersionTexts(
    title=texts("Indikatorenkatalog der Demo", "Catalogue of indicators of the demo"),
    note="Ohne Beschluss: Kein Gremium hat ihn gebilligt.",
)
