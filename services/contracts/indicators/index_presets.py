"""Ready recipes of indices and what they need to be adopted (Vorlagen)."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from services.contracts.indicators.catalogue import Source
from services.contracts.indicators.index_methods import Direction
from services.contracts.indicators.indices import Aggregation, PeriodText, Weight
from services.contracts.shared.base import Answer, Key, Request, Texts, example


class NewIndexFromPreset(Request):
    """What a preset needs to become an index of this municipality."""

    model_config = example(
        key="mss-2019",
        name=None,
        level="planungsraum",
        topic="soziale-lage",
        source={"publisher": "Senatsverwaltung für Stadtentwicklung", "licence": "dl-de/by-2-0"},
        components=["s1", "s3", "s4"],
        directions=[],
        weights=[],
        changes=[],
        population="bevoelkerung",
        aggregation=None,
        first_period=None,
        last_period=None,
    )

    key: Annotated[Key, Field(max_length=60)]
    name: Annotated[Texts | None, Field(description="Null: that of the preset.")] = None
    level: Key
    topic: Key | None = None
    source: Source
    components: list[Key] = Field(min_length=1, max_length=40)
    directions: list[Direction] = Field(
        default=[],
        max_length=40,
        description="One for each component; empty: as the preset says, or all raise the index.",
    )
    weights: list[Weight] = Field(
        default=[],
        max_length=40,
        description="One for each component; empty: as the preset says, or all weigh the same.",
    )
    changes: list[Key] = Field(
        default=[],
        max_length=40,
        description="Indicators of the changes, one for each component; empty: computed.",
    )
    population: Annotated[
        Key | None, Field(description="Indicator by which small areas are left out.")
    ] = None
    aggregation: Aggregation | None = None
    first_period: PeriodText | None = None
    last_period: PeriodText | None = None


class PresetComponent(Answer):
    """An indicator that a preset expects (Baustein einer Vorlage)."""

    model_config = example(
        name={"de": "Einkommen: Schuldnerquote", "en": "rate of debtors"},
        direction="raises",
        weight="6.0",
    )

    name: Texts
    direction: Direction
    weight: Decimal


class IndexPreset(Answer):
    """A ready recipe (Vorlage); what is missing in it are the indicators of the municipality."""

    model_config = example(
        key="mss-berlin",
        name={"de": "Monitoring Soziale Stadtentwicklung Berlin"},
        description={"de": "..."},
        recipe={"standardisation": "z_population", "combination": "sum"},
        verified=True,
        note={"de": "Die Ausgaben 2017 und 2019 stimmen für alle Planungsräume."},
        components=[],
    )

    key: str
    name: Texts
    description: Texts
    recipe: dict[str, Any]
    verified: bool | None = Field(
        description=(
            "Whether it gives every area the class of the official editions; false: not shown, or "
            "known to differ, and `note` says in what; null: it is nobody's official index."
        )
    )
    note: Texts | None = Field(description="What was verified, and what is an assumption.")
    components: list[PresetComponent] = Field(
        description="Which indicators it expects, in this order; empty: those that you choose."
    )
