"""Ready sets of indicators to adopt with one call (Vorlagen)."""

from collections.abc import Sequence

from pydantic import Field

from services.contracts.indicators.catalogue import NewIndicator
from services.contracts.indicators.topics import NewTopic
from services.contracts.shared.base import Answer, LongTexts, Texts, example


class PresetIndex(Answer):
    """An index of a preset: a ready recipe over the preset's indicators."""

    model_config = example(
        key="mss",
        recipe="mss-berlin",
        topic="soziale-lage",
        components=["mss-s1", "mss-s3", "mss-s4"],
        population="bevoelkerung",
    )

    key: str
    recipe: str = Field(description="Key of the ready recipe.")
    topic: str
    components: list[str]
    population: str


class PresetInBrief(Answer):
    """A preset without its definitions."""

    model_config = example(
        key="minimum-income",
        name={"de": "Mindestsicherung nach SGB II und SGB XII"},
        description={"de": "Zähler, Nenner und Quoten der Mindestsicherung."},
    )

    key: str
    name: Texts
    description: LongTexts


class Preset(PresetInBrief):
    """A preset (Vorlage): topics and indicators with sources, formulas and protection."""

    model_config = example(
        key="minimum-income",
        name={"de": "Mindestsicherung nach SGB II und SGB XII"},
        description={"de": "Zähler, Nenner und Quoten der Mindestsicherung."},
        topics=[],
        indicators=[],
        indices=[],
    )

    topics: Sequence[NewTopic]
    indicators: Sequence[NewIndicator] = Field(
        description="In the order in which they can be created: parts before quotients."
    )
    indices: Sequence[PresetIndex]


class Adopted(Answer):
    """Something that the preset and the municipality define differently."""

    model_config = example(resource="indicators", key="sgb2-quote", fields=["decimals"])

    resource: str
    key: str
    fields: list[str] = Field(description="Fields that differ; what is there was left as it is.")


class Adoption(Answer):
    """What the adoption of a preset did: what was missing was created, nothing else."""

    model_config = example(
        preset="minimum-income",
        created=["topics/mindestsicherung", "indicators/mindestsicherungsquote"],
        unchanged=["indicators/bevoelkerung"],
        different=[{"resource": "indicators", "key": "sgb2-quote", "fields": ["decimals"]}],
        codes_left_out=["12411:BEVSTD:Anzahl"],
        indices_left_out=[],
    )

    preset: str
    created: list[str]
    unchanged: list[str]
    different: list[Adopted]
    codes_left_out: list[str] = Field(
        description="Source codes that other indicators have already; each belongs to one."
    )
    indices_left_out: list[str] = Field(
        description="Indices that were not created, because the level of areas was not said."
    )
