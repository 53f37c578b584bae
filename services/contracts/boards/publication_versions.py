"""Versions of publications: what was published when, and what it rests on (Auflagen)."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    LongTexts,
    Request,
    Stored,
    Visibility,
    each_once,
    example,
)


class NewPublicationVersion(Request):
    """A version of a publication (Auflage, Fassung)."""

    model_config = example(
        edition="2., korrigierte Auflage",
        published_on="2019-06-01",
        changes={"de": "Die Tabelle der Bedarfsgemeinschaften wurde berichtigt."},
        files=["f-7hq4vn2kzd"],
        link=None,
        adopted_by="planungsbeirat",
        indicators=["sgb2-quote"],
        releases=[3],
        visibility="public",
    )

    edition: Annotated[Line | None, Field(description="As it is printed.")] = None
    published_on: date
    changes: Annotated[
        LongTexts | None,
        Field(description="What is different from the version before; the first needs none."),
    ] = None
    files: Annotated[
        list[Key],
        Field(max_length=50, description="Files that were attached to the publication before."),
        AfterValidator(each_once),
    ] = []
    link: Annotated[Link | None, Field(description="Where it can be read as well.")] = None
    adopted_by: Annotated[Key | None, Field(description="The body that adopted it.")] = None
    indicators: Annotated[
        list[Key],
        Field(max_length=200, description="The indicators that it shows or rests on."),
        AfterValidator(each_once),
    ] = []
    releases: Annotated[
        list[Annotated[int, Field(ge=1, le=10**9)]],
        Field(max_length=20, description="Numbers of the releases whose figures it shows."),
        AfterValidator(each_once),
    ] = []
    visibility: Visibility = Visibility.public


class PublicationVersion(Stored, NewPublicationVersion):
    """A version as it is stored; its files as far as the reader may see them."""

    model_config = {
        **Stored.model_config,
        **NewPublicationVersion.model_config,
        "extra": "ignore",
    }

    key: Annotated[Key, Field(examples=["v-7hq4vn2kzd"])]
    publication: Annotated[Key, Field(examples=["lebenslagenbericht-2018"])]
    number: int = Field(description="Counts from 1 in each publication; part of the address.")
    withdrawn_at: datetime | None = Field(description="Since when it is withdrawn.")
    reason: str | None = Field(description="Why it was withdrawn.")
