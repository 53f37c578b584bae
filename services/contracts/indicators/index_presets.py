"""Ready recipes of indices and what they need to be adopted (Vorlagen)."""

from typing import Annotated, Any

from pydantic import Field

from services.contracts.indicators.catalogue import Source
from services.contracts.indicators.indices import Aggregation, PeriodText
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


class IndexPreset(Answer):
    """A ready recipe (Vorlage); what is missing in it are the indicators of the municipality."""

    model_config = example(
        key="mss-berlin",
        name={"de": "Monitoring Soziale Stadtentwicklung Berlin"},
        description={"de": "..."},
        recipe={"standardisation": "z_population", "combination": "sum"},
    )

    key: str
    name: Texts
    description: Texts
    recipe: dict[str, Any]
