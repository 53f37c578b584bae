"""Publications: what bodies and planners made public (Veröffentlichungen)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from services.contracts.shared.base import (
    Answer,
    Key,
    Language,
    Line,
    Link,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)


class PublicationKind(StrEnum):
    """What kind of publication it is (Bericht, Strategie, Newsletter, Niederschrift, Programm)."""

    report = "report"
    strategy = "strategy"
    newsletter = "newsletter"
    minutes = "minutes"
    programme = "programme"
    other = "other"


class NewPublication(Request):
    """A publication (Veröffentlichung): a report, a strategy, an issue of a newsletter."""

    model_config = example(
        key="newsletter-abi-2017-1",
        title={"de": "Newsletter ABI I 2017"},
        kind="newsletter",
        issue="I 2017",
        published_on=None,
        year=2017,
        bodies=["programmbeirat-abi"],
        publisher="stadt-jena",
        commissioned_by=None,
        languages=["de"],
        summary=None,
        link=None,
        topics=["Armutsprävention", "Bildungsförderung", "Integration"],
        visibility="public",
    )

    key: Key
    title: Texts
    kind: PublicationKind
    issue: Annotated[Line | None, Field(description="As printed, such as I 2017.")] = None
    published_on: Annotated[date | None, Field(description="Null when the day is not known.")] = (
        None
    )
    year: Annotated[
        int | None, Field(ge=1800, le=2200, description="The year it is about or of its issue.")
    ] = None
    bodies: Annotated[
        list[Key],
        Field(max_length=50, description="The bodies it comes from, each once."),
        AfterValidator(each_once),
    ] = []
    publisher: Annotated[Key | None, Field(description="The organisation that published it.")] = (
        None
    )
    commissioned_by: Annotated[
        Key | None, Field(description="The body that commissioned it (Auftrag).")
    ] = None
    languages: Annotated[
        list[Language],
        Field(min_length=1, description="The languages it is written in."),
        AfterValidator(each_once),
    ] = ["de"]
    summary: LongTexts | None = None
    link: Annotated[Link | None, Field(description="Where to read it.")] = None
    topics: Annotated[list[Line], Field(max_length=50), AfterValidator(each_once)] = []
    visibility: Visibility = Visibility.public


class CurrentVersion(Answer):
    """The version of a publication that holds now, in short."""

    model_config = example(number=2, edition="2., korrigierte Auflage", published_on="2019-06-01")

    number: int
    edition: str | None
    published_on: date


class Publication(Stored, NewPublication):
    """A publication as it is stored, naming bodies as far as the reader may see them."""

    model_config = {**Stored.model_config, **NewPublication.model_config, "extra": "ignore"}

    current: CurrentVersion | None = Field(
        description="The newest version that you may see; null while there is none."
    )
    withdrawn_at: datetime | None = Field(description="Since when it is withdrawn.")
    reason: str | None = Field(description="Why it was withdrawn.")
